frappe.query_reports["Requests and Resources"] = {
	filters: [
		{
			fieldname: "organization",
			label: __("Organization"),
			fieldtype: "Link",
			options: "Educational Organization",
		},
	],
};
