frappe.ui.form.on("Roadmap Task", {
	refresh(frm) {
		const open = ["Planned", "In Progress"].includes(frm.doc.status);
		if (frm.is_new()) return;
		if (open && frm.perm[0]?.write) offer_schools(frm);
		if (frm.doc.municipal_task) frm.set_intro(__("The authority has handed this task down."));
		if (!frm.doc.measure) return;
		if (frm.doc.measured_on) {
			frappe
				.call("nastavnik_app.api.standing_of_task", { task: frm.doc.name })
				.then(({ message }) => message && frm.set_intro(message));
		}
		if (open && frm.perm[0]?.write) {
			frm.add_custom_button(__("Measure Now"), () =>
				nastavnik_app.desk.call_saved(frm, "api.measure_task", { task: frm.doc.name })
			);
		}
	},
});

async function offer_schools(frm) {
	if (!(await nastavnik_app.desk.is_authority(frm.doc.organization))) return;
	frm.add_custom_button(__("Hand Down to Schools"), async () => {
		if (frm.is_dirty()) await frm.save();
		nastavnik_app.desk.hand_down([frm.doc.name], () => frm.reload_doc());
	});
	const rows = frm.doc.executors.filter((row) => ["Waits for a Program", "Planned"].includes(row.status));
	if (rows.length) frm.add_custom_button(__("Take Back"), () => take_back(frm, rows));
}

async function take_back(frm, rows) {
	if (frm.is_dirty()) await frm.save();
	const options = rows.map((row) => ({
		value: row.organization,
		label: frappe.utils.get_link_title("Educational Organization", row.organization) || row.organization,
	}));
	nastavnik_app.desk.choose_schools(__("Take Back"), __("Take Back"), options, (schools) =>
		frappe
			.call("nastavnik_app.api_authority.take_back", { task: frm.doc.name, schools })
			.then(() => frm.reload_doc())
	);
}
