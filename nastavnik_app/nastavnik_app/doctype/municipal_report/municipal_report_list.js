frappe.listview_settings["Municipal Report"] = {
	hide_name_column: true,
	hide_name_filter: true,
	onload(listview) {
		nastavnik_app.paper.add_print_together(listview);
	},
};
