frappe.ui.form.on("Mentoring Questionnaire", {
	refresh(frm) {
		if (frm.is_new() || frm.doc.status === "Draft") return;
		frm.set_intro(__("The questions of a published version do not change. Make a new version."));
		if (!frappe.model.can_create("Mentoring Questionnaire")) return;
		frm.add_custom_button(__("New Version"), () =>
			frappe
				.call("nastavnik_app.api.new_questionnaire_version", { questionnaire: frm.doc.name })
				.then(({ message }) => frappe.set_route("Form", "Mentoring Questionnaire", message))
		);
	},
});
