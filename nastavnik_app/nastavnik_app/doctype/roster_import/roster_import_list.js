frappe.listview_settings["Roster Import"] = {
	hide_name_column: true,
	hide_name_filter: true,
	get_indicator(doc) {
		const colours = {
			Draft: "gray",
			Checked: "orange",
			Queued: "gray",
			Running: "orange",
			Imported: "green",
			Failed: "red",
		};
		return [__(doc.status), colours[doc.status], `status,=,${doc.status}`];
	},
};
