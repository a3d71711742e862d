frappe.query_reports["Questionnaire Analysis"] = {
	filters: [
		{
			fieldname: "questionnaire",
			label: __("Questionnaire"),
			fieldtype: "Link",
			options: "Mentoring Questionnaire",
			reqd: 1,
		},
		{ fieldname: "program", label: __("Program"), fieldtype: "Link", options: "Mentoring Program" },
	],
};
