frappe.listview_settings["Mentoring Local Act"] = {
	hide_name_column: true,
	hide_name_filter: true,
};
