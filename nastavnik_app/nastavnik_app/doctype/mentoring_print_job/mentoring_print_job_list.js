frappe.listview_settings["Mentoring Print Job"] = {
	hide_name_column: true,
	hide_name_filter: true,
	get_indicator(doc) {
		const colours = { Queued: "gray", Running: "orange", Finished: "green", Failed: "red" };
		return [__(doc.status), colours[doc.status], `status,=,${doc.status}`];
	},
};
