frappe.listview_settings["Mentoring Report Mailing"] = {
	hide_name_column: true,
	hide_name_filter: true,
	add_fields: ["status"],
	get_indicator(doc) {
		const colours = {
			Queued: "gray",
			Sent: "green",
			"Nothing to Tell": "blue",
			Failed: "orange",
			"Given Up": "red",
		};
		return [__(doc.status), colours[doc.status], `status,=,${doc.status}`];
	},
};
