frappe.query_reports["School Comparison"] = {
	filters: [
		{
			fieldname: "authority",
			label: __("Authority"),
			fieldtype: "Link",
			options: "Educational Organization",
		},
		{
			fieldname: "period_start",
			label: __("From"),
			fieldtype: "Date",
		},
		{
			fieldname: "period_end",
			label: __("Until"),
			fieldtype: "Date",
		},
		{
			fieldname: "school",
			label: __("School"),
			fieldtype: "Link",
			options: "Educational Organization",
		},
		{
			fieldname: "indicator",
			label: __("Indicator"),
			fieldtype: "Link",
			options: "Mentoring Indicator",
		},
	],
};
