frappe.query_reports["Pair Register"] = {
	formatter: nastavnik_app.desk.arrow_in("pair"),
	filters: [
		{
			fieldname: "organization",
			label: __("Organization"),
			fieldtype: "Link",
			options: "Educational Organization",
		},
		{ fieldname: "program", label: __("Program"), fieldtype: "Link", options: "Mentoring Program" },
		{ fieldname: "form", label: __("Form of Mentoring"), fieldtype: "Link", options: "Mentoring Form" },
		{
			fieldname: "state",
			label: __("Status"),
			fieldtype: "Select",
			options: ["", "Draft", "Assigned by One School", "Assigned", "Completed", "Terminated"],
		},
	],
};
