// Papers of schools in Desk: as Word, and many of them together. The server decides what may be printed.
frappe.provide("nastavnik_app.paper");
frappe.provide("frappe.listview_settings");

const PAPERS = [
	"Consent",
	"Data Destruction Act",
	"Individual Plan",
	"Mentee Support Profile",
	"Mentoring Award",
	"Mentoring Event",
	"Mentoring Local Act",
	"Mentoring Order",
	"Mentoring Program",
	"Mentoring Questionnaire Response",
	"Municipal Report",
	"Pair",
	"Program Return",
	"Program Review",
];

for (const doctype of PAPERS) {
	frappe.ui.form.on(doctype, {
		refresh(frm) {
			if (frm.is_new() || !frappe.model.can_print(doctype)) return;
			frm.page.add_menu_item(__("Download as Word"), () =>
				choose_format(doctype, (print_format) => download_word(frm, print_format))
			);
		},
	});
}

function formats_of(doctype) {
	return frappe.meta.get_print_formats(doctype).filter((name) => name !== "Standard");
}

function choose_format(doctype, act) {
	const formats = formats_of(doctype);
	if (formats.length === 1) return act(formats[0]);
	frappe.prompt(format_field(formats), ({ print_format }) => act(print_format), __("Download as Word"));
}

function format_field(formats) {
	return {
		fieldname: "print_format",
		fieldtype: "Select",
		label: __("Print Format"),
		options: formats.map((value) => ({ value, label: __(value) })),
		default: formats[0],
		reqd: 1,
	};
}

function download_word(frm, print_format) {
	const saved = frm.is_dirty() ? frm.save() : Promise.resolve();
	saved.then(() => {
		const document = new URLSearchParams({ doctype: frm.doctype, name: frm.doc.name, print_format });
		window.open(`/api/method/nastavnik_app.api.download_word?${document}`);
	});
}

nastavnik_app.paper.print_together = function (doctype, names) {
	const outputs = ["One PDF", "ZIP of PDF", "ZIP of Word"];
	frappe.prompt(
		[
			format_field(formats_of(doctype)),
			{
				fieldname: "output",
				fieldtype: "Select",
				label: __("Output"),
				options: outputs.map((value) => ({ value, label: __(value) })),
				default: outputs[0],
				reqd: 1,
			},
		],
		(values) =>
			frappe
				.call("nastavnik_app.api.print_many", { doctype, names, ...values })
				.then(({ message }) => frappe.set_route("Form", "Mentoring Print Job", message)),
		__("Print Together"),
		__("Print")
	);
};

nastavnik_app.paper.add_print_together = function (listview) {
	listview.page.add_action_item(__("Print Together"), () =>
		nastavnik_app.paper.print_together(listview.doctype, listview.get_checked_items(true))
	);
};

// Those who give consents, and whom each of them may wish for.
const PEOPLE = { Mentor: "mentee", Mentee: "mentor" };

for (const [doctype, wished] of Object.entries(PEOPLE)) {
	frappe.ui.form.on(doctype, {
		setup(frm) {
			frm.set_query(wished, "wishes", () => ({ filters: { organization: frm.doc.organization } }));
			// a consent names its person by two fields, which Desk does not fill by itself
			frm.make_methods = {
				Consent: () => frappe.new_doc("Consent", { party_type: doctype, party: frm.doc.name }),
			};
		},
		refresh(frm) {
			if (frm.is_new() || !frappe.model.can_create("Consent")) return;
			frm.add_custom_button(__("Prepare Consents"), () =>
				prepare_consents(frm.doc.organization, doctype, [frm.doc.name])
			);
		},
	});
	frappe.listview_settings[doctype] = {
		hide_name_column: true,
		hide_name_filter: true,
		add_fields: ["organization"],
		onload: add_prepare_consents,
	};
}

function add_prepare_consents(listview) {
	if (!frappe.model.can_create("Consent")) return;
	listview.page.add_action_item(__("Prepare Consents"), () => {
		const rows = listview.get_checked_items();
		const organizations = new Set(rows.map((row) => row.organization));
		if (organizations.size > 1) {
			frappe.throw(__("Choose people of one organization."));
		}
		prepare_consents(
			[...organizations][0],
			listview.doctype,
			rows.map((row) => row.name)
		);
	});
}

function prepare_consents(organization, party_type, people) {
	ask_kind([], ({ kind }) => prepare({ organization, kind, party_type, people }));
}

// Of all people of an organization, or of a class, those whose consent is missing.
nastavnik_app.paper.collect_consents = function (organization) {
	const parts = ["Mentee", "Mentor"].map((value) => ({ value, label: __(value) }));
	const asked = [
		{
			fieldname: "party_type",
			fieldtype: "Select",
			label: __("Takes Part As"),
			options: parts,
			default: "Mentee",
			reqd: 1,
		},
		{
			fieldname: "school_class",
			fieldtype: "Data",
			label: __("Class"),
			description: __("Empty: all classes"),
		},
	];
	ask_kind(asked, (values) => prepare({ organization, ...values }));
};

function ask_kind(fields, act) {
	frappe.model.with_doctype("Consent", () => {
		const kind = frappe.meta.get_docfield("Consent", "kind");
		const asked = {
			fieldname: "kind",
			fieldtype: "Select",
			label: __(kind.label, null, "Consent"),
			options: kind.options.split("\n").map((value) => ({ value, label: __(value) })),
			default: kind.default,
			reqd: 1,
		};
		frappe.prompt([...fields, asked], act, __("Prepare Consents"), __("Prepare"));
	});
}

function prepare(asked) {
	frappe
		.call("nastavnik_app.api.prepare_consents", asked)
		.then(({ message }) => offer_to_print(message));
}

function offer_to_print(names) {
	if (!names.length) {
		frappe.msgprint(__("All of them have given this consent already."));
		return;
	}
	frappe.confirm(__("Consents to sign: {0}. Print them?", [names.length]), () =>
		nastavnik_app.paper.print_together("Consent", names)
	);
}
