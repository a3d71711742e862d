frappe.query_reports["Potential Mentors"] = {
	filters: [
		{
			fieldname: "organization",
			label: __("Organization"),
			fieldtype: "Link",
			options: "Educational Organization",
		},
		{ fieldname: "program", label: __("Program"), fieldtype: "Link", options: "Mentoring Program" },
	],
};
