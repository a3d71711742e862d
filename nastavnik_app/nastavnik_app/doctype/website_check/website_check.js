frappe.ui.form.on("Website Check", {
	refresh(frm) {
		if (frm.is_new() || !frm.perm[0].write) return;
		frm.add_custom_button(__("List Schools and Documents"), () =>
			frappe.call("nastavnik_app.api_authority.list_website_documents", { check: frm.doc.name }).then(({ message }) => {
				frappe.show_alert(__("Rows added: {0}.", [message]));
				frm.reload_doc();
			})
		);
	},
});
