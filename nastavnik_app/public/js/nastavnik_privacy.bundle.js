// The life of personal data on the forms of mentors and mentees. The server decides what may be done.
const REASONS = ["Consent Withdrawn", "Purpose Achieved", "Term Ended", "Unlawful Processing"];

for (const doctype of ["Mentor", "Mentee"]) {
	frappe.ui.form.on(doctype, {
		refresh(frm) {
			if (frm.is_new()) return;
			frm.page.add_menu_item(__("Personal Data of This Person"), () => download(frm));
			if (frm.doc.destroyed_on) {
				frm.set_intro(__("The data of this person were destroyed."), "blue");
				return;
			}
			if (frm.doc.blocked_on) {
				frm.set_intro(__("Blocked: nothing is changed until the data are destroyed."), "red");
				if (frappe.model.can_create("Data Destruction Act"))
					frm.add_custom_button(__("Draw Up the Act"), () => draw_up(frm));
			} else if (frappe.model.can_write(doctype)) {
				frm.page.add_menu_item(__("Block"), () => block(frm));
			}
		},
	});
}

// What an approved act does goes on in the background.
const COLOURS = { Waiting: "blue", Running: "blue", Done: "green", Failed: "red" };

frappe.ui.form.on("Data Destruction Act", {
	refresh(frm) {
		const texts = {
			Waiting: __("The data are about to be destroyed. You will be told when that is done."),
			Running: __("The data are being destroyed. You will be told when that is done."),
			Done: __("The data are destroyed. Print the act and have the commission sign it."),
			Failed: frappe.utils.escape_html(frm.doc.destruction_note || ""),
		};
		const state = frm.doc.destruction_state;
		if (texts[state]) frm.set_intro(texts[state], COLOURS[state]);
		if (state === "Failed" && frm.perm[0] && frm.perm[0].submit)
			frm.add_custom_button(__("Try Again"), () =>
				frappe
					.call("nastavnik_app.api_privacy.destroy_again", { act: frm.doc.name })
					.then(() => frm.reload_doc())
			);
	},
});

function download(frm) {
	const person = new URLSearchParams({ doctype: frm.doctype, name: frm.doc.name });
	window.open(`/api/method/nastavnik_app.api_privacy.download_personal_data?${person}`);
}

async function block(frm) {
	if (frm.is_dirty()) await frm.save();
	const reason = {
		fieldname: "reason",
		fieldtype: "Select",
		label: __("Reason"),
		options: REASONS.map((value) => ({ value, label: __(value) })),
		reqd: 1,
	};
	frappe.prompt(
		reason,
		(values) =>
			frappe
				.call("nastavnik_app.api_privacy.block_person", {
					doctype: frm.doctype,
					name: frm.doc.name,
					...values,
				})
				.then(() => frm.reload_doc()),
		__("Block"),
		__("Block")
	);
}

async function draw_up(frm) {
	const { message } = await frappe.call("nastavnik_app.api_privacy.draw_up_destruction_act", {
		people: [[frm.doctype, frm.doc.name]],
	});
	frappe.set_route("Form", "Data Destruction Act", message);
}
