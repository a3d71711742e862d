const ROWS_OF_THE_APP = ["attendance", "activities"];

frappe.ui.form.on("Pair Meeting", {
	setup(frm) {
		for (const field of ["kind", "next_kind"]) {
			frm.set_query(field, () => ({ filters: { about: "Meeting", disabled: 0 } }));
		}
	},
	refresh(frm) {
		// who is expected and what the plan has open is listed by the server
		for (const table of ROWS_OF_THE_APP) {
			frm.set_df_property(table, "cannot_add_rows", true);
			frm.set_df_property(table, "cannot_delete_rows", true);
			frm.toggle_display(table, !frm.is_new());
		}
		if (frm.is_new()) return suggest_kind(frm);
		if (frm.doc.status === "Planned") {
			frm.add_custom_button(__("Calendar File"), () => nastavnik_app.desk.download_calendar(frm));
		}
		if (frm.doc.status !== "Cancelled" && frm.perm[0]?.write) {
			frm.add_custom_button(__("Take From the Plan"), () =>
				nastavnik_app.desk.call_saved(frm, "api.take_activities", { meeting: frm.doc.name })
			);
		}
	},
	pair: suggest_kind,
});

function suggest_kind(frm) {
	if (!frm.doc.pair || frm.doc.kind) return;
	frappe
		.call("nastavnik_app.api.next_meeting_kind", { pair: frm.doc.pair })
		.then(({ message }) => message && frm.set_value("kind", message));
}
