frappe.query_reports["Pairs With Other Schools"] = {
	formatter(value, row, column, data, default_formatter) {
		// a name that is a hash says nothing
		const shown = column.fieldname === "pair" ? "↗" : value;
		return default_formatter(value, row, column, data).replace(`>${value}<`, `>${shown}<`);
	},
	filters: [],
};
