frappe.listview_settings["Mentor"] = {
	hide_name_column: true,
	hide_name_filter: true,
	add_fields: ["organization"],
	onload(listview) {
		nastavnik_app.paper.add_prepare_consents(listview);
	},
};
