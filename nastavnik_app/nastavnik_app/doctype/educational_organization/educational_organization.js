frappe.ui.form.on("Educational Organization", {
	refresh(frm) {
		if (frm.is_new() || !frappe.model.can_create("Consent")) return;
		frm.add_custom_button(__("Collect Consents"), () =>
			nastavnik_app.paper.collect_consents(frm.doc.name)
		);
	},
});
