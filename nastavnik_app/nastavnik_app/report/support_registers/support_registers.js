frappe.query_reports["Support Registers"] = {
	filters: [
		{
			fieldname: "organization",
			label: __("Organization"),
			fieldtype: "Link",
			options: "Educational Organization",
		},
		{
			fieldname: "kept_by",
			label: __("Kept By"),
			fieldtype: "Select",
			options: ["", "School", "Commission on Minors", "Police"],
		},
		{ fieldname: "only_present", label: __("Not Removed Yet"), fieldtype: "Check" },
	],
};
