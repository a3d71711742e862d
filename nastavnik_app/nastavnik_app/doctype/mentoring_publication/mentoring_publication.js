frappe.ui.form.on("Mentoring Publication", {
	setup(frm) {
		frm.set_query("kind", () => ({ filters: { about: "Publication" } }));
		frm.set_query("party", "people", () => ({ filters: { organization: frm.doc.organization } }));
	},
});
