// Orders made from what they are about, with one action. The server decides what an order may list.
frappe.provide("nastavnik_app.orders");

// the states in which a record waits for its order
const AWAITING = {
	Pair: ["Draft", "Assigned by One School"],
	"Individual Plan": ["Ready"],
	"Mentoring Award": ["Proposed"],
};

for (const [doctype, states] of Object.entries(AWAITING)) {
	frappe.ui.form.on(doctype, {
		refresh(frm) {
			if (frm.is_new() || !states.includes(frm.doc.workflow_state)) return;
			if (!frappe.model.can_create("Mentoring Order")) return;
			frm.add_custom_button(__("Make an Order"), () => nastavnik_app.orders.make(doctype, [frm.doc.name]));
		},
	});
}

nastavnik_app.orders.make = function (doctype, names) {
	frappe.call("nastavnik_app.api.order_types_for", { doctype }).then(({ message: kinds }) => {
		frappe.prompt(
			{
				fieldname: "order_type",
				fieldtype: "Select",
				label: __("Order Type"),
				options: kinds.map((kind) => ({ value: kind.name, label: kind.title })),
				default: kinds[0]?.name,
				reqd: 1,
			},
			({ order_type }) =>
				frappe
					.call("nastavnik_app.api.make_order", { order_type, doctype, names })
					.then(({ message }) => frappe.set_route("Form", "Mentoring Order", message)),
			__("Make an Order"),
			__("Make")
		);
	});
};

nastavnik_app.orders.add_action = function (listview) {
	if (!frappe.model.can_create("Mentoring Order")) return;
	listview.page.add_action_item(__("Make an Order"), () =>
		nastavnik_app.orders.make(listview.doctype, listview.get_checked_items(true))
	);
};
