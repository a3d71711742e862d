frappe.listview_settings["Website Check"] = {
	hide_name_column: true,
	hide_name_filter: true,
};
