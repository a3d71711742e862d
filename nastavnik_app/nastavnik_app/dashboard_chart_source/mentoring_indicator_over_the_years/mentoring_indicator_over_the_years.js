frappe.provide("frappe.dashboards.chart_sources");

frappe.dashboards.chart_sources["Mentoring Indicator Over the Years"] = {
	method: "nastavnik_app.desk.indicator_figures.indicator_over_the_years",
	filters: [],
};
