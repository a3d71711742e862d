frappe.ui.form.on("Program Return", {
	refresh(frm) {
		frm.toggle_display(["cells", "indicators"], false);
		if (frm.is_new()) return;
		show_figures(frm);
		if (frm.doc.docstatus === 0 && frm.doc.workflow_state === "Draft" && frm.perm[0].write) {
			frm.add_custom_button(__("Count Anew"), () =>
				frappe
					.call({ method: "nastavnik_app.api_authority.count_return", args: { name: frm.doc.name }, freeze: true })
					.then(() => frm.reload_doc())
			);
		}
		if (frm.doc.docstatus === 1 && frm.doc.direction === "Own") {
			for (const kind of ["JSON", "XLSX"]) {
				frm.add_custom_button(kind, () => download(frm, kind), __("Export as File"));
			}
		}
	},
});

function show_figures(frm) {
	frappe.call("nastavnik_app.api_authority.figures_of_return", { name: frm.doc.name }).then(({ message }) => {
		frm.fields_dict.figures_html.$wrapper.html(message);
	});
}

function download(frm, kind) {
	const asked = new URLSearchParams({ name: frm.doc.name, kind });
	window.open(`/api/method/nastavnik_app.api_authority.download_return?${asked}`);
}
