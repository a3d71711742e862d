frappe.query_reports["Plan Progress"] = {
	formatter: nastavnik_app.desk.arrow_in("plan"),
	filters: [
		{
			fieldname: "organization",
			label: __("Organization"),
			fieldtype: "Link",
			options: "Educational Organization",
		},
		{ fieldname: "program", label: __("Program"), fieldtype: "Link", options: "Mentoring Program" },
		{ fieldname: "only_behind", label: __("Only Behind"), fieldtype: "Check" },
	],
};
