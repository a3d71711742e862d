frappe.ui.form.on("Individual Plan", {
	setup(frm) {
		frm.set_query("template", () => ({ filters: { disabled: 0 } }));
	},
	refresh(frm) {
		frm.set_df_property("template", "read_only", 1); // the button brings what the template holds
		const is_draft = frm.is_new() || frm.doc.workflow_state === "Draft";
		if (!is_draft || !frm.perm[0]?.write) return;
		frm.add_custom_button(__("Fill From Template"), () => fill_from_template(frm));
	},
});

async function fill_from_template(frm) {
	if (!frm.doc.pair) return frappe.msgprint(__("Choose the pair first."));
	if (!frm.is_new() && frm.is_dirty()) await frm.save();
	nastavnik_app.desk.choose_plan_template(frm.doc.pair, async (template) => {
		if (frm.is_new()) {
			const { message } = await frappe.call("nastavnik_app.api.draw_up_plan", { pair: frm.doc.pair, template });
			return frappe.set_route("Form", "Individual Plan", message);
		}
		await frappe.call("nastavnik_app.api.fill_plan", { plan: frm.doc.name, template });
		frm.reload_doc();
	});
}
