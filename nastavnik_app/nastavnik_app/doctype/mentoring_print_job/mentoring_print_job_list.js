frappe.listview_settings["Mentoring Print Job"] = {
	get_indicator(doc) {
		const colours = { Queued: "gray", Running: "orange", Finished: "green", Failed: "red" };
		return [__(doc.status), colours[doc.status], `status,=,${doc.status}`];
	},
};
