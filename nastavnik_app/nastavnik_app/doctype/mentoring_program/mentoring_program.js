frappe.ui.form.on("Mentoring Program", {
	refresh(frm) {
		if (frm.is_new() || !frappe.model.can_create("Mentoring Order")) return;
		frm.add_custom_button(__("Make an Order"), () =>
			nastavnik_app.orders.make("Mentoring Program", [frm.doc.name])
		);
	},
});
