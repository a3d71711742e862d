frappe.ui.form.on("Mentoring Report Mailing", {
	refresh(frm) {
		if (frm.is_new() || frm.doc.status === "Queued") return;
		frm.add_custom_button(__("Send Again"), () =>
			frappe
				.call("nastavnik_app.api.send_reports_again", { mailing: frm.doc.name })
				.then(() => frm.reload_doc())
		);
	},
});
