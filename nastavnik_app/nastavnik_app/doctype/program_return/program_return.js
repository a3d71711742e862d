frappe.ui.form.on("Program Return", {
	refresh(frm) {
		frm.toggle_display(["cells", "indicators"], false);
		frm.fields_dict.figures_html.$wrapper.empty(); // the form of all returns is one
		if (frm.is_new()) return;
		show_figures(frm);
		if (frm.doc.docstatus === 0 && frm.doc.workflow_state === "Draft" && frm.perm[0].write) {
			frm.add_custom_button(__("Count Anew"), () =>
				nastavnik_app.desk.call_saved(
					frm,
					"api_authority.count_return",
					{ name: frm.doc.name },
					{ freeze: true }
				)
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
	const { name } = frm.doc;
	frappe.call("nastavnik_app.api_authority.figures_of_return", { name }).then(({ message }) => {
		if (frm.doc.name !== name) return; // another return has been opened meanwhile
		frm.fields_dict.figures_html.$wrapper.html(message);
	});
}

function download(frm, kind) {
	const asked = new URLSearchParams({ name: frm.doc.name, kind });
	window.open(`/api/method/nastavnik_app.api_authority.download_return?${asked}`);
}
