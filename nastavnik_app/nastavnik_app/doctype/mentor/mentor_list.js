frappe.listview_settings["Mentor"] = {
	add_fields: ["organization"],
	onload(listview) {
		nastavnik_app.paper.add_prepare_consents(listview);
	},
};
