frappe.ui.form.on("Roadmap Task", {
	refresh(frm) {
		const open = ["Planned", "In Progress"].includes(frm.doc.status);
		if (frm.is_new() || !frm.doc.measure) return;
		if (frm.doc.measured_on) {
			frappe
				.call("nastavnik_app.api.standing_of_task", { task: frm.doc.name })
				.then(({ message }) => message && frm.set_intro(message));
		}
		if (open && frm.perm[0]?.write) frm.add_custom_button(__("Measure Now"), () => measure(frm));
	},
});

async function measure(frm) {
	if (frm.is_dirty()) await frm.save();
	await frappe.call("nastavnik_app.api.measure_task", { task: frm.doc.name });
	frm.reload_doc();
}
