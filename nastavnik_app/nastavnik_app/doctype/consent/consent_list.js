frappe.listview_settings["Consent"] = {
	hide_name_column: true,
	hide_name_filter: true,
	onload(listview) {
		nastavnik_app.paper.add_print_together(listview);
		if (!frappe.model.can_submit("Consent")) return;
		listview.page.add_action_item(__("Record as Collected"), () => record_as_collected(listview));
	},
};

function record_as_collected(listview) {
	frappe.prompt(
		{
			fieldname: "signed_on",
			fieldtype: "Date",
			label: __("Signed On"),
			default: frappe.datetime.get_today(),
			reqd: 1,
		},
		({ signed_on }) =>
			frappe
				.call("nastavnik_app.api.record_consents", {
					names: listview.get_checked_items(true),
					signed_on,
				})
				.then(({ message }) => {
					listview.clear_checked_items();
					listview.refresh();
					show_recorded(message);
				}),
		__("Record as Collected"),
		__("Record")
	);
}

function show_recorded({ recorded, refused }) {
	const refusals = refused.map(
		(row) => `<li>${frappe.utils.escape_html(row.title)}: ${frappe.utils.escape_html(row.reason)}</li>`
	);
	frappe.msgprint({
		title: __("Record as Collected"),
		message: `${__("Recorded: {0}. Not recorded: {1}.", [recorded.length, refused.length])}
			<ul>${refusals.join("")}</ul>`,
		indicator: refused.length ? "orange" : "green",
	});
}
