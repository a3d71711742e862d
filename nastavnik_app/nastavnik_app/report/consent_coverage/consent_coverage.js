frappe.query_reports["Consent Coverage"] = {
	filters: [
		{
			fieldname: "organization",
			label: __("Organization"),
			fieldtype: "Link",
			options: "Educational Organization",
		},
		{
			fieldname: "kind",
			label: __("Consent To"),
			fieldtype: "Select",
			options: ["Personal Data Processing", "Special Categories", "Dissemination", "Additional Work"],
			default: "Personal Data Processing",
		},
		{
			fieldname: "group",
			label: __("Target Group"),
			fieldtype: "Link",
			options: "Mentoring Target Group",
		},
		{ fieldname: "only_missing", label: __("Only Missing"), fieldtype: "Check", default: 1 },
	],
};
