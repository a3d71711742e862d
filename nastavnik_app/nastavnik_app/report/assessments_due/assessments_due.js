frappe.query_reports["Assessments Due"] = {
	filters: [
		{ fieldname: "program", label: __("Program"), fieldtype: "Link", options: "Mentoring Program" },
		{
			fieldname: "party_type",
			label: __("Assessed As"),
			fieldtype: "Select",
			options: ["", "Mentor", "Mentee"],
		},
		{ fieldname: "on_date", label: __("As Of"), fieldtype: "Date", default: frappe.datetime.get_today() },
	],
};
