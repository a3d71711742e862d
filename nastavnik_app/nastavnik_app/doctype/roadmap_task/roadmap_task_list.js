frappe.listview_settings["Roadmap Task"] = {
	hide_name_column: true,
	hide_name_filter: true,
	add_fields: ["status", "due_date"],
	has_indicator_for_draft: true,
	get_indicator(doc) {
		const open = ["Planned", "In Progress"].includes(doc.status);
		if (open && doc.due_date && doc.due_date < frappe.datetime.get_today()) {
			return [__("Overdue"), "red", `due_date,<,${frappe.datetime.get_today()}`];
		}
		const colours = { Planned: "gray", "In Progress": "orange", Done: "green", Cancelled: "darkgrey" };
		return [__(doc.status), colours[doc.status], `status,=,${doc.status}`];
	},
	async onload(listview) {
		if (!frappe.model.can_write("Roadmap Task") || !(await nastavnik_app.desk.is_authority())) return;
		listview.page.add_action_item(__("Hand Down to Schools"), () =>
			nastavnik_app.desk.hand_down(listview.get_checked_items(true), () => {
				listview.clear_checked_items();
				listview.refresh();
			})
		);
	},
	before_render() {
		if (cur_list?.view_name === "Gantt") prepare_gantt(cur_list);
	},
};

// The framework's bars name the record's hash, stay blank without a start, have one colour, English months and days.
function prepare_gantt(view) {
	const colours = { red: "e24c4c", gray: "a6b1b9", orange: "e79913", green: "48bb74", darkgrey: "68757e" };
	for (const task of view.tasks) {
		const doc = view.get_item(task.id);
		task.name = doc.title;
		task.start ||= task.end;
		task.custom_class = `color-${colours[frappe.listview_settings["Roadmap Task"].get_indicator(doc)[1]]}`;
	}
	const scale = view.view_user_settings.gantt_view_mode || "Month";
	view.load_lib.then(() =>
		setTimeout(() => {
			if (frappe.boot.lang === "ru") view.gantt.options.language = "ru";
			view.$paging_area.find(`.btn-view-mode[data-value="${scale}"]`).click();
		})
	);
}
