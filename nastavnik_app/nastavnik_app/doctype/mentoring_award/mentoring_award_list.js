frappe.listview_settings["Mentoring Award"] = {
	onload(listview) {
		nastavnik_app.orders.add_action(listview);
		nastavnik_app.paper.add_print_together(listview);
	},
};
