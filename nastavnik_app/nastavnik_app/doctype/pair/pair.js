frappe.ui.form.on("Pair", {
	refresh(frm) {
		if (frm.is_new() || frm.doc.workflow_state !== "Assigned") return;
		if (frappe.model.can_create("Individual Plan")) offer_plan(frm);
		if (frappe.model.can_create("Pair Meeting")) {
			frm.add_custom_button(__("New Meeting"), () => frappe.new_doc("Pair Meeting", { pair: frm.doc.name }));
		}
		offer_calendar(frm);
		if (frappe.model.can_create("Mentoring Order")) {
			frm.add_custom_button(__("Replace Mentor"), () => replace_mentor(frm));
		}
	},
});

function offer_plan(frm) {
	frappe.db.count("Individual Plan", { filters: { pair: frm.doc.name } }).then((plans) => {
		if (plans) return;
		frm.add_custom_button(__("Draw Up the Plan"), () =>
			nastavnik_app.desk.choose_plan_template(frm.doc.name, (template) =>
				frappe
					.call("nastavnik_app.api.draw_up_plan", { pair: frm.doc.name, template })
					.then(({ message }) => frappe.set_route("Form", "Individual Plan", message))
			)
		);
	});
}

function offer_calendar(frm) {
	frappe.db.count("Pair Meeting", { filters: { pair: frm.doc.name, status: "Planned" } }).then((planned) => {
		if (!planned) return;
		frm.add_custom_button(__("Calendar File"), () => nastavnik_app.desk.download_calendar(frm));
	});
}

function replace_mentor(frm) {
	frappe.prompt(
		[
			{
				fieldname: "mentor",
				fieldtype: "Link",
				options: "Mentor",
				label: __("New Mentor"),
				get_query: () => ({ filters: { organization: frm.doc.organization, workflow_state: ["!=", "Archived"] } }),
				reqd: 1,
			},
			{ fieldname: "reason", fieldtype: "Small Text", label: __("Reason") },
		],
		(values) =>
			frappe
				.call("nastavnik_app.api.replace_mentor", { pair: frm.doc.name, ...values })
				.then(({ message }) => frappe.set_route("Form", "Mentoring Order", message)),
		__("Replace Mentor"),
		__("Make an Order")
	);
}
