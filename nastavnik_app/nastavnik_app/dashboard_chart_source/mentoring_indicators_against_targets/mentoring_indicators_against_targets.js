frappe.provide("frappe.dashboards.chart_sources");

frappe.dashboards.chart_sources["Mentoring Indicators Against Targets"] = {
	method: "nastavnik_app.desk.indicator_figures.values_and_targets",
	filters: [],
};
