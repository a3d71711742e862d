frappe.listview_settings["Mentoring Award"] = {
	hide_name_column: true,
	hide_name_filter: true,
	onload(listview) {
		nastavnik_app.orders.add_action(listview);
		nastavnik_app.paper.add_print_together(listview);
	},
};
