frappe.provide("frappe.dashboards.chart_sources");

frappe.dashboards.chart_sources["Mentoring Indicators of All Schools"] = {
	method: "nastavnik_app.desk.authority_figures.indicators_of_all",
	filters: [],
};
