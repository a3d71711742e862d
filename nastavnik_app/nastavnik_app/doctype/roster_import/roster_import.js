// The server decides what may be imported; the form offers the next step and tells how far it has come.
const WORKING = ["Queued", "Running"];

frappe.ui.form.on("Roster Import", {
	refresh(frm) {
		frm.add_custom_button(__("Template"), () => download("roster_template", { people: frm.doc.people }));
		if (frm.is_new()) return;
		const { status, report, fault_count, doubtful_count, organization, people } = frm.doc;
		frm.add_custom_button(__("Everybody as a File"), () => download("export_roster", { organization, people }));
		if (report) frm.add_custom_button(__("Full Report"), () => window.open(report));
		if (WORKING.includes(status) || status === "Imported") {
			frm.disable_save();
			if (WORKING.includes(status)) frm.dashboard.show_progress(__(status), frm.doc.progress || 0);
			return;
		}
		if (!frm.perm[0].write || !frm.doc.file) return;
		frm.add_custom_button(__("Check the List"), () => call(frm, "check_list"));
		if (status === "Checked" && !fault_count && !doubtful_count) {
			frm.add_custom_button(__("Import the List"), () => call(frm, "import_list")).addClass("btn-primary");
		}
	},
});

function download(method, args) {
	window.open(`/api/method/nastavnik_app.api.${method}?${new URLSearchParams(args)}`);
}

async function call(frm, method) {
	if (frm.is_dirty()) await frm.save();
	try {
		await frm.call({ method, doc: frm.doc, freeze: true, freeze_message: __("Please wait…") });
	} catch {
		return; // Desk has shown the refusal
	}
	await frm.reload_doc();
}
