frappe.query_reports["Order Register"] = {
	formatter: nastavnik_app.desk.arrow_in("order"),
	filters: [
		{
			fieldname: "organization",
			label: __("Organization"),
			fieldtype: "Link",
			options: "Educational Organization",
		},
		{ fieldname: "program", label: __("Program"), fieldtype: "Link", options: "Mentoring Program" },
		{ fieldname: "type", label: __("Order Type"), fieldtype: "Link", options: "Mentoring Order Type" },
		{
			fieldname: "state",
			label: __("Status"),
			fieldtype: "Select",
			options: ["", "Draft", "On Approval", "Signed", "Cancelled"],
		},
	],
};
