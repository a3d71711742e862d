frappe.ui.form.on("Program Return Request", {
	refresh(frm) {
		if (frm.is_new() || !frm.perm[0].write) return;
		frm.add_custom_button(__("Remind"), () => remind(frm));
		frm.add_custom_button(__("Read In a File"), read_in);
		frm.add_custom_button(__("Returns Received"), () =>
			frappe.set_route("query-report", "Returns Received", {
				authority: frm.doc.organization,
				period_start: frm.doc.period_start,
				period_end: frm.doc.period_end,
			})
		);
	},
});

async function remind(frm) {
	const asked = { request: frm.doc.name };
	const reminded = await nastavnik_app.desk.call_saved(frm, "api_authority.remind_schools", asked);
	frappe.show_alert(__("Schools reminded: {0}.", [reminded]));
}

function read_in() {
	const input = document.createElement("input");
	input.type = "file";
	input.accept = ".json,.xlsx";
	input.onchange = async () => {
		const [file] = input.files;
		const bytes = new Uint8Array(await file.arrayBuffer());
		const content = btoa(bytes.reduce((text, byte) => text + String.fromCharCode(byte), ""));
		const { message } = await frappe.call("nastavnik_app.api_authority.read_in_return", {
			content,
			file_name: file.name,
		});
		frappe.set_route("Form", "Program Return", message.name);
	};
	input.click();
}
