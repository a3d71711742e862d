frappe.query_reports["Indicators Against Targets"] = {
	filters: [
		{
			fieldname: "organization",
			label: __("Organization"),
			fieldtype: "Link",
			options: "Educational Organization",
		},
		{ fieldname: "program", label: __("Program"), fieldtype: "Link", options: "Mentoring Program" },
		{
			fieldname: "indicator_set",
			label: __("Set"),
			fieldtype: "Select",
			options: "\nFederal\nMunicipal\nSchool\nOwn",
		},
		{ fieldname: "on_date", label: __("Frozen On the Day"), fieldtype: "Date" },
	],
};
