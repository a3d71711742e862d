frappe.query_reports["Pairs Without Meetings"] = {
	formatter(value, row, column, data, default_formatter) {
		// a name that is a hash says nothing
		const shown = column.fieldname === "pair" ? "↗" : value;
		return default_formatter(value, row, column, data).replace(`>${value}<`, `>${shown}<`);
	},
	filters: [
		{
			fieldname: "organization",
			label: __("Organization"),
			fieldtype: "Link",
			options: "Educational Organization",
		},
		{ fieldname: "program", label: __("Program"), fieldtype: "Link", options: "Mentoring Program" },
		{ fieldname: "on_date", label: __("As Of"), fieldtype: "Date", default: frappe.datetime.get_today() },
		{
			fieldname: "days",
			label: __("Days Without a Meeting"),
			fieldtype: "Int",
			description: __("Empty: as in the settings"),
		},
	],
};
