frappe.query_reports["Municipal Roadmap"] = {
	formatter: nastavnik_app.desk.arrow_in("task"),
	filters: [
		{
			fieldname: "view",
			label: __("View"),
			fieldtype: "Select",
			options: [
				{ value: "By Row", label: __("By Row") },
				{ value: "By School", label: __("By School") },
			],
			default: "By Row",
		},
		{
			fieldname: "authority",
			label: __("Authority"),
			fieldtype: "Link",
			options: "Educational Organization",
		},
		{ fieldname: "on_date", label: __("As Of"), fieldtype: "Date", default: frappe.datetime.get_today() },
	],
};
