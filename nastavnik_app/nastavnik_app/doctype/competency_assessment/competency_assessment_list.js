frappe.listview_settings["Competency Assessment"] = { hide_name_column: true, hide_name_filter: true };
