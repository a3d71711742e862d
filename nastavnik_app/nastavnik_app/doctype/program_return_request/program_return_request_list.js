frappe.listview_settings["Program Return Request"] = {
	hide_name_column: true,
	hide_name_filter: true,
};
