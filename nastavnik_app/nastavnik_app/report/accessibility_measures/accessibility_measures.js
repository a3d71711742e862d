frappe.query_reports["Accessibility Measures"] = {
	filters: [
		{
			fieldname: "organization",
			label: __("Organization"),
			fieldtype: "Link",
			options: "Educational Organization",
		},
		{
			fieldname: "ground",
			label: __("Grounds"),
			fieldtype: "Select",
			options: [
				"",
				"Limited Health Abilities or Disability",
				"Difficult Life Situation",
				"Orphan or Without Parental Care",
				"Underachieving",
				"Gifted",
				"Low-Income Family",
				"Rural",
			],
		},
		{ fieldname: "only_open", label: __("Without a Result Alone"), fieldtype: "Check" },
	],
};
