frappe.provide("frappe.dashboards.chart_sources");

frappe.dashboards.chart_sources["Mentoring Pairs by Form"] = {
	method: "nastavnik_app.desk.figures.pairs_by_form",
	filters: [],
};
