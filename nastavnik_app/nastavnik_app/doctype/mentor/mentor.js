frappe.ui.form.on("Mentor", {
	setup(frm) {
		frm.set_query("mentee", "wishes", () => ({ filters: { organization: frm.doc.organization } }));
		// a consent names its person by two fields, which Desk does not fill by itself
		frm.make_methods = {
			Consent: () => frappe.new_doc("Consent", { party_type: frm.doctype, party: frm.doc.name }),
		};
	},
	refresh(frm) {
		if (frm.is_new() || !frappe.model.can_create("Consent")) return;
		frm.add_custom_button(__("Prepare Consents"), () =>
			nastavnik_app.paper.prepare_consents(frm.doc.organization, frm.doctype, [frm.doc.name])
		);
	},
});
