frappe.query_reports["Competency Growth"] = {
	onload: (report) => nastavnik_app.desk.choose_program(report),
	filters: [
		{
			fieldname: "program",
			label: __("Program"),
			fieldtype: "Link",
			options: "Mentoring Program",
			reqd: 1,
		},
		{ fieldname: "pair", label: __("Pair"), fieldtype: "Link", options: "Pair" },
		{
			fieldname: "party_type",
			label: __("Assessed As"),
			fieldtype: "Select",
			options: ["", "Mentor", "Mentee"],
		},
		{ fieldname: "person", label: __("Name"), fieldtype: "Data" },
	],
};
