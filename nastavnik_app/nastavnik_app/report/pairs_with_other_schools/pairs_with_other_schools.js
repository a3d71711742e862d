frappe.query_reports["Pairs With Other Schools"] = {
	formatter: nastavnik_app.desk.arrow_in("pair"),
	filters: [],
};
