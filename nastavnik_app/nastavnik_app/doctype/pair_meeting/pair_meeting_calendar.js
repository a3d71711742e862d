frappe.views.calendar["Pair Meeting"] = {
	field_map: { start: "meeting_date", end: "meeting_date", id: "name", title: "title", allDay: 1 },
	fields: ["name", "title", "meeting_date", "status"],
	get_css_class: (meeting) => ({ Planned: "warning", Held: "success", Cancelled: "default" })[meeting.status],
};
