frappe.query_reports["Pair Register"] = {
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
		{ fieldname: "form", label: __("Form of Mentoring"), fieldtype: "Link", options: "Mentoring Form" },
		{
			fieldname: "state",
			label: __("Status"),
			fieldtype: "Select",
			options: ["", "Draft", "Assigned by One School", "Assigned", "Completed", "Terminated"],
		},
	],
};
