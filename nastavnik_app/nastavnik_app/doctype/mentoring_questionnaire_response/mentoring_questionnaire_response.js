frappe.ui.form.on("Mentoring Questionnaire Response", {
	setup(frm) {
		frm.set_query("questionnaire", () => ({ filters: { status: "Published" } }));
	},
	refresh(frm) {
		frm.set_df_property("answers", "read_only", 1);
		if (frm.is_new() || frm.doc.status !== "Invited" || !frm.perm[0]?.write) return;
		frm.add_custom_button(__("Enter the Answers"), () => nastavnik_app.questionnaires.answer(frm)).addClass(
			"btn-primary"
		);
		frm.add_custom_button(__("New Link"), () => nastavnik_app.questionnaires.renew([frm.doc.name]));
	},
});
