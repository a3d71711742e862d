frappe.listview_settings["Mentee Support Profile"] = {
	hide_name_column: true,
	hide_name_filter: true,
};
