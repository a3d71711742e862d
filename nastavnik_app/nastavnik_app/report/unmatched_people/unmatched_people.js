frappe.query_reports["Unmatched People"] = {
	filters: [
		{
			fieldname: "organization",
			label: __("Organization"),
			fieldtype: "Link",
			options: "Educational Organization",
		},
		{ fieldname: "program", label: __("Program"), fieldtype: "Link", options: "Mentoring Program" },
		{
			fieldname: "part",
			label: __("Takes Part As"),
			fieldtype: "Select",
			options: ["", "Mentee", "Mentor"],
		},
	],
};
