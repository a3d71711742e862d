frappe.listview_settings["Roadmap Import"] = {
	hide_name_column: true,
	hide_name_filter: true,
	add_fields: ["status"],
	get_indicator(doc) {
		const colours = { New: "gray", "Rows Read": "orange", "Tasks Created": "green" };
		return [__(doc.status), colours[doc.status], `status,=,${doc.status}`];
	},
};
