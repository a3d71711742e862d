// Names of records are hashes, or the seeds' English ones: lists show the titles.
frappe.provide("frappe.listview_settings");

const TITLED = [
	"Data Destruction Act",
	"Educational Organization",
	"Mentee Support Profile",
	"Mentoring Competency",
	"Mentoring Event",
	"Mentoring Form",
	"Mentoring Indicator",
	"Mentoring Kind",
	"Mentoring Local Act",
	"Mentoring Local Act Template",
	"Mentoring Order Type",
	"Mentoring Program",
	"Mentoring Stage",
	"Mentoring Target Group",
	"Roadmap Template",
];

for (const doctype of TITLED) {
	frappe.listview_settings[doctype] = { hide_name_column: true, hide_name_filter: true };
}

// A file belongs to a record that is there already: who may read it is asked of the record.
const ATTACHING = {
	Consent: "scan",
	"Mentoring Order": "scan",
	"Roadmap Import": "document",
	"Roadmap Task": "evidence_file",
};

for (const [doctype, field] of Object.entries(ATTACHING)) {
	frappe.ui.form.on(doctype, {
		refresh: (frm) => frm.toggle_display(field, !frm.is_new()),
	});
}

frappe.ui.form.on("Roadmap Import", {
	refresh(frm) {
		if (frm.is_new()) frm.set_intro(__("Choose the program and save; then attach the document."));
	},
});

// Who works at one organization, in one program, does not choose them for each record.
const CHOSEN = {
	organization: ["Educational Organization", {}],
	program: ["Mentoring Program", { workflow_state: ["!=", "Closed"] }],
};
const OF_A_SCHOOL = [
	"Consent",
	"Data Destruction Act",
	"Individual Plan",
	"Mentee",
	"Mentee Support Profile",
	"Mentor",
	"Mentoring Award",
	"Mentoring Event",
	"Mentoring Local Act",
	"Mentoring Order",
	"Mentoring Program",
	"Pair",
	"Roadmap Import",
	"Roadmap Task",
];

for (const doctype of OF_A_SCHOOL) {
	frappe.ui.form.on(doctype, {
		onload(frm) {
			if (frm.is_new()) Object.keys(CHOSEN).forEach((field) => choose_the_only(frm, field));
		},
	});
}

async function choose_the_only(frm, field) {
	if (!frm.fields_dict[field]) return;
	const name = await the_only(field);
	if (name && !frm.doc[field] && !frm.get_docfield(field).read_only) frm.set_value(field, name);
}

async function the_only(field) {
	const [doctype, filters] = CHOSEN[field];
	const found = await frappe.db.get_list(doctype, { filters, fields: ["name", "title"], limit: 2 });
	// a field that is filled from another one would show the name otherwise
	found.forEach((one) => frappe.utils.add_link_title(doctype, one.name, one.title));
	return found.length === 1 ? found[0].name : null;
}

frappe.provide("nastavnik_app.desk");

nastavnik_app.desk.choose_program = async function (report) {
	const name = await the_only("program");
	if (name) report.set_filter_value("program", name);
};
