frappe.ui.form.on("Roadmap Import", {
	refresh(frm) {
		if (frm.is_new() || frm.doc.status === "Tasks Created") return;
		if (frm.doc.document || frm.doc.template) {
			frm.add_custom_button(__("Read the Document"), () => call(frm, "read_document"));
		}
		if (frm.doc.status === "Rows Read") {
			frm.add_custom_button(__("Create Tasks"), () => call(frm, "create_tasks")).addClass("btn-primary");
		}
	},
});

function call(frm, method) {
	const saved = frm.is_dirty() ? frm.save() : Promise.resolve();
	return saved
		.then(() => frm.call({ method, doc: frm.doc, freeze: true }))
		.then(() => frm.reload_doc());
}
