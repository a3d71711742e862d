frappe.ui.form.on("Consent", {
	refresh(frm) {
		if (frm.is_new()) take_organization(frm);
	},
	party: take_organization,
});

// the server does the same; Desk asks for what is mandatory before
function take_organization(frm) {
	const { party_type, party } = frm.doc;
	if (!party) return;
	frappe.db
		.get_value(party_type, party, "organization")
		.then(({ message }) => frm.set_value("organization", message.organization));
}
