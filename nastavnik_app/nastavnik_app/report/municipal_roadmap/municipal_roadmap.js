frappe.query_reports["Municipal Roadmap"] = {
	formatter(value, row, column, data, default_formatter) {
		// a name that is a hash says nothing
		const shown = column.fieldname === "task" ? "↗" : value;
		return default_formatter(value, row, column, data).replace(`>${value}<`, `>${shown}<`);
	},
	filters: [
		{
			fieldname: "view",
			label: __("View"),
			fieldtype: "Select",
			options: [
				{ value: "By Row", label: __("By Row") },
				{ value: "By School", label: __("By School") },
			],
			default: "By Row",
		},
		{
			fieldname: "authority",
			label: __("Authority"),
			fieldtype: "Link",
			options: "Educational Organization",
		},
		{ fieldname: "on_date", label: __("As Of"), fieldtype: "Date", default: frappe.datetime.get_today() },
	],
};
