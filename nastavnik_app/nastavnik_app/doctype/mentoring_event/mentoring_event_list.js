frappe.listview_settings["Mentoring Event"] = {
	hide_name_column: true,
	hide_name_filter: true,
};
