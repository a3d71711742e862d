frappe.ui.form.on("Website Check", {
	refresh(frm) {
		if (frm.is_new() || !frm.perm[0].write) return;
		frm.add_custom_button(__("List Schools and Documents"), () => list_documents(frm));
	},
});

async function list_documents(frm) {
	const asked = { check: frm.doc.name };
	const added = await nastavnik_app.desk.call_saved(frm, "api_authority.list_website_documents", asked);
	frappe.show_alert(__("Rows added: {0}.", [added]));
}
