frappe.query_reports["Mentor Bank"] = {
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
