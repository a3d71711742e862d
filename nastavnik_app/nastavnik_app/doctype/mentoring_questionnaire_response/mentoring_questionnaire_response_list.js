frappe.listview_settings["Mentoring Questionnaire Response"] = {
	hide_name_column: true,
	hide_name_filter: true,
	add_fields: ["status"],
	get_indicator(doc) {
		const colours = { Invited: "orange", Answered: "green" };
		return [__(doc.status), colours[doc.status], `status,=,${doc.status}`];
	},
	onload(listview) {
		nastavnik_app.paper.add_print_together(listview);
		listview.page.add_inner_button(__("Invite to Answer"), () => nastavnik_app.questionnaires.invite());
		listview.page.add_action_item(__("New Link"), () =>
			nastavnik_app.questionnaires.renew(listview.get_checked_items(true))
		);
	},
};
