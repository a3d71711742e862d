frappe.query_reports["Entry and Exit by Cohort"] = {
	filters: [
		{
			fieldname: "cohort",
			label: __("Cohort"),
			fieldtype: "Link",
			options: "Mentoring Cohort",
			reqd: 1,
		},
		{ fieldname: "program", label: __("Program"), fieldtype: "Link", options: "Mentoring Program" },
		{ fieldname: "on_date", label: __("As Of"), fieldtype: "Date", default: frappe.datetime.get_today() },
	],
};
