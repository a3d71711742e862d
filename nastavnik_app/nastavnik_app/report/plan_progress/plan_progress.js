frappe.query_reports["Plan Progress"] = {
	formatter(value, row, column, data, default_formatter) {
		// a name that is a hash says nothing
		const shown = column.fieldname === "plan" ? "↗" : value;
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
		{ fieldname: "only_behind", label: __("Only Behind"), fieldtype: "Check" },
	],
};
