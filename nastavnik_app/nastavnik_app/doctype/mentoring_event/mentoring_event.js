frappe.ui.form.on("Mentoring Event", {
	setup(frm) {
		frm.set_query("kind", () => ({ filters: { about: "Event" } }));
		frm.set_query("party", "participants", () => ({ filters: { organization: frm.doc.organization } }));
	},
	refresh(frm) {
		const noted = (frm.doc.participants || []).some((row) => row.potential_mentor);
		if (frm.is_new() || !noted || !frappe.model.can_create("Mentor")) return;
		frm.add_custom_button(__("Add Potential Mentors to Bank"), () => add_to_bank(frm));
	},
	held_on(frm) {
		const to_come = frm.doc.held_on > frappe.datetime.get_today();
		if (to_come && frm.doc.status === "Held") frm.set_value("status", "Planned");
	},
});

frappe.ui.form.on("Mentoring Event Participant", {
	party(frm, doctype, name) {
		const row = frappe.get_doc(doctype, name);
		if (!row.party) return;
		frappe.db
			.get_value(row.party_type, row.party, ["full_name", "position", "school_class"])
			.then(({ message }) => {
				frappe.model.set_value(doctype, name, "person_name", message.full_name);
				if (!row.post) {
					frappe.model.set_value(doctype, name, "post", message.position || message.school_class);
				}
			});
	},
});

async function add_to_bank(frm) {
	const asked = { event: frm.doc.name };
	const { added, known } = await nastavnik_app.desk.call_saved(frm, "api.add_potential_mentors", asked);
	frappe.msgprint(__("Added to the bank of mentors: {0}. There already: {1}.", [added.length, known.length]));
}
