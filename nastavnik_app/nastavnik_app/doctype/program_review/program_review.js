frappe.ui.form.on("Program Review", {
	setup(frm) {
		frm.set_query("card", () => ({ filters: { disabled: 0 } }));
	},
	refresh(frm) {
		if (frm.is_new() || !frm.perm[0]?.write) return;
		frm.add_custom_button(__("Assemble SWOT"), async () => {
			const asked = { review: frm.doc.name };
			const looked_at = await nastavnik_app.desk.call_saved(frm, "api.assemble_swot", asked);
			frappe.show_alert(__("Answers looked at: {0}.", [looked_at]));
		});
	},
});
