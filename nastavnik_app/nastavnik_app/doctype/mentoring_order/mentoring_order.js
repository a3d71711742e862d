frappe.ui.form.on("Mentoring Order", {
	refresh(frm) {
		if (frm.is_new()) return;
		if (frm.doc.docstatus === 0) tell_what_signing_does(frm);
		if (frm.doc.docstatus === 1) offer_acknowledgement(frm);
	},
});

function tell_what_signing_does(frm) {
	// a section of this refresh: the next one takes it away, and what is answered late goes nowhere
	const body = frm.dashboard.add_section('<div class="text-muted"></div>', __("What Signing Does"));
	frm.dashboard.show();
	frappe.call("nastavnik_app.api.what_signing_does", { order: frm.doc.name }).then(({ message }) => {
		const items = message.map((line) => `<li>${frappe.utils.escape_html(line)}</li>`).join("");
		const said = items
			? `${__("When it is signed:")}<ul>${items}</ul>`
			: __("Signing changes no record: the order is printed and kept.");
		body.find(".text-muted").html(said);
	});
}

function offer_acknowledgement(frm) {
	const open = frm.doc.acknowledgements.filter((row) => !row.acknowledged_on);
	if (open.some((row) => row.user === frappe.session.user)) {
		frm.add_custom_button(__("I Have Read the Order"), () =>
			frappe
				.call("nastavnik_app.api.acknowledge", { order: frm.doc.name })
				.then(() => frm.reload_doc())
		);
	}
	if (open.length && frm.perm[0].write) {
		frm.add_custom_button(__("Collect Acknowledgements"), () => collect(frm, open));
	}
}

function collect(frm, open) {
	frappe.prompt(
		[
			{
				fieldname: "rows",
				fieldtype: "MultiCheck",
				label: __("Who Signed or Was Informed"),
				options: open.map((row) => ({ value: row.name, label: row.person_name })),
				select_all: true,
			},
			{ fieldname: "day", fieldtype: "Date", label: __("Day"), default: frappe.datetime.get_today(), reqd: 1 },
		],
		({ rows, day }) =>
			frappe
				.call("nastavnik_app.api.collect_acknowledgements", { order: frm.doc.name, rows, day })
				.then(() => frm.reload_doc()),
		__("Collect Acknowledgements"),
		__("Record")
	);
}
