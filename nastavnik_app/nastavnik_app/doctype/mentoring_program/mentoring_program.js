frappe.ui.form.on("Mentoring Program", {
	refresh(frm) {
		if (frm.is_new() || frm.doc.workflow_state === "Closed") return;
		if (frappe.model.can_create("Roadmap Import")) {
			frm.add_custom_button(__("Load the Roadmap"), () =>
				// saved at once: a document is attached to a record that is there
				frappe.db
					.insert({ doctype: "Roadmap Import", program: frm.doc.name })
					.then((made) => frappe.set_route("Form", "Roadmap Import", made.name))
			);
		}
		if (frappe.model.can_create("Consent")) {
			frm.add_custom_button(__("Collect Consents"), () =>
				nastavnik_app.paper.collect_consents(frm.doc.organization)
			);
		}
		if (frappe.model.can_create("Mentoring Order")) {
			frm.add_custom_button(__("Make an Order"), () =>
				nastavnik_app.orders.make("Mentoring Program", [frm.doc.name])
			);
		}
	},
});
