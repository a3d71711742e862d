frappe.query_reports["Pairs With Other Schools"] = { filters: [] };
