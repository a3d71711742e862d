frappe.ui.form.on("Competency Assessment", {
	setup(frm) {
		frm.set_query("competency", "scores", () => ({ filters: { disabled: 0 } }));
	},
	refresh(frm) {
		if (!frm.is_new()) return;
		frm.add_custom_button(__("Start From the Last One"), () => take_competencies(frm));
	},
	party_type(frm) {
		frm.set_value("party", null);
	},
	party(frm) {
		const scored = (frm.doc.scores || []).some((row) => row.competency);
		if (frm.is_new() && frm.doc.party && !scored) take_competencies(frm);
	},
});

async function take_competencies(frm) {
	const { party_type, party } = frm.doc;
	if (!party) return frappe.msgprint(__("Choose the person first."));
	const { message } = await frappe.call("nastavnik_app.api.competencies_to_assess", { party_type, party });
	const listed = (frm.doc.scores || []).filter((row) => row.competency);
	frm.doc.scores = listed;
	const missing = message.filter((one) => !listed.some((row) => row.competency === one.name));
	for (const one of missing) {
		frappe.utils.add_link_title("Mentoring Competency", one.name, one.title);
		frm.add_child("scores", { competency: one.name });
	}
	frm.refresh_field("scores");
}
