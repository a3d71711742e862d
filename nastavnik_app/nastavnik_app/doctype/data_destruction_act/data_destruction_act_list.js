frappe.listview_settings["Data Destruction Act"] = {
	hide_name_column: true,
	hide_name_filter: true,
};
