frappe.provide("frappe.dashboards.chart_sources");

frappe.dashboards.chart_sources["Mentoring Roadmap by Stage"] = {
	method: "nastavnik_app.desk.figures.roadmap_by_stage",
	filters: [],
};
