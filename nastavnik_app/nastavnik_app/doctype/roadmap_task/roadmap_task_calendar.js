frappe.views.calendar["Roadmap Task"] = {
	field_map: { start: "start_date", end: "due_date", id: "name", title: "title", allDay: 1 },
	fields: ["name", "title", "start_date", "due_date", "status"],
	gantt: true,
	order_by: "due_date",
	get_css_class: (task) => frappe.listview_settings["Roadmap Task"].get_indicator(task)[1],
};
