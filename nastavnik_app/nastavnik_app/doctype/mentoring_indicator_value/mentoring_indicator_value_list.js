frappe.listview_settings["Mentoring Indicator Value"] = {
	hide_name_column: true,
	hide_name_filter: true,
	add_fields: ["has_value", "standing"],
	formatters: {
		value: (value, df, doc) => (doc.has_value ? frappe.format(value, df) : "—"),
	},
	get_indicator(doc) {
		const colors = { Reached: "green", "Within Tolerance": "orange", Missed: "red" };
		if (!doc.standing) return;
		return [__(doc.standing), colors[doc.standing], `standing,=,${doc.standing}`];
	},
};
