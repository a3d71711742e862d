frappe.listview_settings["Pair Meeting"] = {
	hide_name_column: true,
	hide_name_filter: true,
	add_fields: ["status"],
	has_indicator_for_draft: true,
	get_indicator(doc) {
		const colours = { Planned: "orange", Held: "green", Cancelled: "gray" };
		return [__(doc.status), colours[doc.status], `status,=,${doc.status}`];
	},
};
