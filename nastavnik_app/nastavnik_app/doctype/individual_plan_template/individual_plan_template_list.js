frappe.listview_settings["Individual Plan Template"] = { hide_name_column: true, hide_name_filter: true };
