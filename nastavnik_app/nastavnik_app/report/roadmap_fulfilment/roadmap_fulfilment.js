frappe.query_reports["Roadmap Fulfilment"] = {
	formatter: nastavnik_app.desk.arrow_in("name"),
	filters: [
		{
			fieldname: "organization",
			label: __("Organization"),
			fieldtype: "Link",
			options: "Educational Organization",
		},
		{ fieldname: "program", label: __("Program"), fieldtype: "Link", options: "Mentoring Program" },
		{ fieldname: "on_date", label: __("As Of"), fieldtype: "Date", default: frappe.datetime.get_today() },
	],
};
