frappe.listview_settings["Mentoring Questionnaire"] = {
	hide_name_column: true,
	hide_name_filter: true,
	add_fields: ["status"],
	get_indicator(doc) {
		const colours = { Draft: "orange", Published: "green", Retired: "grey" };
		return [__(doc.status), colours[doc.status], `status,=,${doc.status}`];
	},
};
