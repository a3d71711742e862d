frappe.ui.form.on("Mentoring Indicator Value", {
	setup(frm) {
		frm.set_query("indicator", () => ({
			filters: { value_from: "Entered by Hand", disabled: 0 },
		}));
	},

	refresh(frm) {
		const { frozen, way } = frm.doc;
		const is_open = frm.is_new() || (!frozen && way === "Entered by Hand");
		for (const field of ["on_date", "numerator", "denominator", "value", "note", "evidence"]) {
			frm.toggle_enable(field, is_open);
		}
		frm.toggle_reqd("note", is_open);
		if (!is_open) frm.disable_save();
		if (frozen) frm.set_intro(__("The value of this day is frozen and stands."), "blue");
		else if (!is_open) frm.set_intro(__("Counted from the records, anew every day."), "blue");
		if (!frm.is_new() && way === "From Records") {
			frm.add_custom_button(__("Who Was Counted"), () =>
				frappe.set_route("query-report", "Who Was Counted", {
					indicator: frm.doc.indicator,
					program: frm.doc.program,
					on_date: frm.doc.on_date,
				})
			);
		}
	},
});
