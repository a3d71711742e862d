frappe.views.calendar["Mentoring Event"] = {
	field_map: { start: "held_on", end: "held_on", id: "name", title: "title", allDay: 1 },
};
