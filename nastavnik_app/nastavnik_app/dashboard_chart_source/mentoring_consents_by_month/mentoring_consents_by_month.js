frappe.provide("frappe.dashboards.chart_sources");

frappe.dashboards.chart_sources["Mentoring Consents by Month"] = {
	method: "nastavnik_app.desk.figures.consents_by_month",
	filters: [],
};
