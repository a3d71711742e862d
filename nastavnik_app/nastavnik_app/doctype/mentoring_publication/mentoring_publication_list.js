frappe.listview_settings["Mentoring Publication"] = {
	hide_name_column: true,
	hide_name_filter: true,
	get_indicator(doc) {
		const colours = { Planned: "orange", Published: "green", "Taken Down": "darkgrey" };
		return [__(doc.status), colours[doc.status], `status,=,${doc.status}`];
	},
};
