frappe.listview_settings["Mentoring Program"] = {
	hide_name_column: true,
	hide_name_filter: true,
};
