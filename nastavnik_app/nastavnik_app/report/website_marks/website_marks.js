frappe.query_reports["Website Marks"] = {
	filters: [
		{
			fieldname: "check",
			label: __("Website Check"),
			fieldtype: "Link",
			options: "Website Check",
		},
	],
};
