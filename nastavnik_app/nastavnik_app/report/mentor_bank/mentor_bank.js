frappe.query_reports["Mentor Bank"] = {
	onload: (report) => nastavnik_app.desk.choose_program(report),
	filters: [
		{
			fieldname: "program",
			label: __("Program"),
			fieldtype: "Link",
			options: "Mentoring Program",
			reqd: 1,
		},
	],
};
