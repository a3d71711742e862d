// The server announces each step of the job, and Desk reloads the form.
frappe.ui.form.on("Mentoring Print Job", {
	refresh(frm) {
		frm.disable_save();
		const { status, printed, total, file } = frm.doc;
		if (["Queued", "Running"].includes(status)) {
			const percent = total ? (100 * printed) / total : 0;
			frm.dashboard.show_progress(__(status), percent, __("Printed {0} of {1}", [printed, total]));
		}
		if (file) {
			frm.add_custom_button(__("Download"), () => window.open(file)).addClass("btn-primary");
		}
	},
});
