frappe.query_reports["Mentee Bank"] = {
	filters: [
		{
			fieldname: "program",
			label: __("Program"),
			fieldtype: "Link",
			options: "Mentoring Program",
			reqd: 1,
		},
	],
};
