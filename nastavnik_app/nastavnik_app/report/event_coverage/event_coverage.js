frappe.query_reports["Event Coverage"] = {
	filters: [
		{
			fieldname: "organization",
			label: __("Organization"),
			fieldtype: "Link",
			options: "Educational Organization",
		},
		{ fieldname: "program", label: __("Program"), fieldtype: "Link", options: "Mentoring Program" },
		{
			fieldname: "kind",
			label: __("Kind"),
			fieldtype: "Link",
			options: "Mentoring Kind",
			get_query: () => ({ filters: { about: "Event" } }),
		},
		{
			fieldname: "target_group",
			label: __("Target Group"),
			fieldtype: "Link",
			options: "Mentoring Target Group",
		},
		{ fieldname: "from_date", label: __("From"), fieldtype: "Date" },
		{ fieldname: "to_date", label: __("Until"), fieldtype: "Date" },
	],
};
