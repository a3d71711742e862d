frappe.query_reports["Data to Destroy"] = {
	filters: [
		{
			fieldname: "organization",
			label: __("Organization"),
			fieldtype: "Link",
			options: "Educational Organization",
		},
	],
	get_datatable_options: (options) => Object.assign(options, { checkboxColumn: true }),
	onload(report) {
		report.page.add_inner_button(__("Draw Up the Act"), async () => {
			const chosen = frappe.query_report.datatable.rowmanager.getCheckedRows();
			const people = chosen
				.map((index) => frappe.query_report.data[index])
				.filter((row) => ["Mentor", "Mentee"].includes(row.document_type))
				.map((row) => [row.document_type, row.document]);
			if (!people.length) return frappe.msgprint(__("Choose the people first."));
			const { message } = await frappe.call("nastavnik_app.api_privacy.draw_up_destruction_act", {
				people,
			});
			frappe.set_route("Form", "Data Destruction Act", message);
		});
	},
};
