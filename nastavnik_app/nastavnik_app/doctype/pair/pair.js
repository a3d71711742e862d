frappe.ui.form.on("Pair", {
	refresh(frm) {
		if (frm.is_new() || !frappe.model.can_create("Mentoring Order")) return;
		if (frm.doc.workflow_state === "Draft") {
			frm.add_custom_button(__("Make an Order"), () => nastavnik_app.orders.make("Pair", [frm.doc.name]));
		}
		if (frm.doc.workflow_state === "Assigned") {
			frm.add_custom_button(__("Replace Mentor"), () => replace_mentor(frm));
		}
	},
});

function replace_mentor(frm) {
	frappe.prompt(
		[
			{
				fieldname: "mentor",
				fieldtype: "Link",
				options: "Mentor",
				label: __("New Mentor"),
				get_query: () => ({ filters: { organization: frm.doc.organization, workflow_state: ["!=", "Archived"] } }),
				reqd: 1,
			},
			{ fieldname: "reason", fieldtype: "Small Text", label: __("Reason") },
		],
		(values) =>
			frappe
				.call("nastavnik_app.api.replace_mentor", { pair: frm.doc.name, ...values })
				.then(({ message }) => frappe.set_route("Form", "Mentoring Order", message)),
		__("Replace Mentor"),
		__("Make an Order")
	);
}
