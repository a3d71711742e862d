frappe.provide("frappe.dashboards.chart_sources");

frappe.dashboards.chart_sources["Mentoring Returns by State"] = {
	method: "nastavnik_app.desk.authority_figures.returns_by_state",
	filters: [],
};
