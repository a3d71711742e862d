frappe.views.calendar["Roadmap Task"] = {
	field_map: { start: "start_date", end: "due_date", id: "name", title: "title", allDay: 1 },
	gantt: { start: "start_date", end: "due_date", id: "name", title: "title" },
	order_by: "due_date",
};
