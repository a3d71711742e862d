frappe.listview_settings["Roadmap Task"] = {
	hide_name_column: true,
	hide_name_filter: true,
	add_fields: ["status", "due_date"],
	has_indicator_for_draft: true,
	get_indicator(doc) {
		const open = ["Planned", "In Progress"].includes(doc.status);
		if (open && doc.due_date && doc.due_date < frappe.datetime.get_today()) {
			return [__("Overdue"), "red", `due_date,<,${frappe.datetime.get_today()}`];
		}
		const colours = { Planned: "gray", "In Progress": "orange", Done: "green", Cancelled: "darkgrey" };
		return [__(doc.status), colours[doc.status], `status,=,${doc.status}`];
	},
};
