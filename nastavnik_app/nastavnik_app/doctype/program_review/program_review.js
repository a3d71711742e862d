frappe.ui.form.on("Program Review", {
	setup(frm) {
		frm.set_query("card", () => ({ filters: { disabled: 0 } }));
	},
	refresh(frm) {
		if (frm.is_new() || !frm.perm[0]?.write) return;
		frm.add_custom_button(__("Assemble SWOT"), async () => {
			if (frm.is_dirty()) await frm.save();
			const { message } = await frappe.call("nastavnik_app.api.assemble_swot", { review: frm.doc.name });
			frappe.show_alert(__("Answers looked at: {0}.", [message]));
			frm.reload_doc();
		});
	},
});
