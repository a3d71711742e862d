frappe.listview_settings["Mentoring Order"] = {
	onload(listview) {
		nastavnik_app.paper.add_print_together(listview);
	},
};
