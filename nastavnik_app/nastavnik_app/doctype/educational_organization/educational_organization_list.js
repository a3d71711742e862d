frappe.listview_settings["Educational Organization"] = {
	hide_name_column: true,
	hide_name_filter: true,
};
