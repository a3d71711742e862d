frappe.query_reports["Pairs Without Meetings"] = {
	formatter: nastavnik_app.desk.arrow_in("pair"),
	filters: [
		{
			fieldname: "organization",
			label: __("Organization"),
			fieldtype: "Link",
			options: "Educational Organization",
		},
		{ fieldname: "program", label: __("Program"), fieldtype: "Link", options: "Mentoring Program" },
		{ fieldname: "on_date", label: __("As Of"), fieldtype: "Date", default: frappe.datetime.get_today() },
		{
			fieldname: "days",
			label: __("Days Without a Meeting"),
			fieldtype: "Int",
			description: __("Empty: as in the settings"),
		},
	],
};
