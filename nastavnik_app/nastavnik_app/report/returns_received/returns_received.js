frappe.query_reports["Returns Received"] = {
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
	],
};
