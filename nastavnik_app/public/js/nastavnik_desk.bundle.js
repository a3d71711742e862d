// Names of records are hashes, or the seeds' English ones: lists show the titles.
frappe.provide("frappe.listview_settings");

const TITLED = [
	"Data Destruction Act",
	"Educational Organization",
	"Mentee Support Profile",
	"Mentoring Best Practice",
	"Mentoring Cohort",
	"Mentoring Competency",
	"Mentoring Event",
	"Mentoring Form",
	"Mentoring Indicator",
	"Mentoring Kind",
	"Mentoring Local Act",
	"Mentoring Local Act Template",
	"Mentoring Material",
	"Mentoring Order Type",
	"Mentoring Program",
	"Mentoring Questionnaire",
	"Mentoring Stage",
	"Mentoring Target Group",
	"Partner Organization",
	"Program Review Card",
	"Roadmap Template",
];

for (const doctype of TITLED) {
	frappe.listview_settings[doctype] = { hide_name_column: true, hide_name_filter: true };
}

// A file belongs to a record that is there already: who may read it is asked of the record.
const ATTACHING = {
	Consent: "scan",
	"Mentoring Best Practice": "file",
	"Mentoring Material": "file",
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

// How often the message with what is one's own to do comes: each chooses for oneself, in the own account.
frappe.ui.form.on("User", {
	refresh(frm) {
		if (frm.doc.name !== frappe.session.user || frm.is_new()) return;
		frm.add_custom_button(__("Mentoring Digest"), choose_digest);
	},
});

async function choose_digest() {
	const { message } = await frappe.call({ method: "nastavnik_app.api.digest_frequency", type: "GET" });
	const field = {
		fieldname: "frequency",
		fieldtype: "Select",
		label: __("Digest"),
		options: ["Daily", "Weekly", "Never"].map((value) => ({ value, label: __(value) })),
		default: message,
		reqd: 1,
	};
	frappe.prompt(
		field,
		(values) =>
			frappe
				.call("nastavnik_app.api.set_digest_frequency", values)
				.then(() => frappe.show_alert({ message: __("Saved"), indicator: "green" })),
		__("Mentoring Digest")
	);
}

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
	"Mentoring Best Practice",
	"Mentoring Event",
	"Mentoring Local Act",
	"Mentoring Material",
	"Mentoring Order",
	"Mentoring Program",
	"Mentoring Publication",
	"Mentoring Questionnaire",
	"Mentoring Questionnaire Response",
	"Pair",
	"Partner Organization",
	"Program Review",
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

// How a report links to a record whose name is a hash and says nothing.
nastavnik_app.desk.arrow_in = (fieldname) => (value, row, column, data, default_formatter) => {
	const cell = default_formatter(value, row, column, data);
	return column.fieldname === fieldname ? cell.replace(`>${value}<`, ">↗<") : cell;
};

// A button's work on the server: what was typed is saved before it, and the form then shows what it has changed.
nastavnik_app.desk.call_saved = async function (frm, method, args, options = {}) {
	if (frm.is_dirty()) await frm.save();
	const { message } = await frappe.call({ method: `nastavnik_app.${method}`, args, ...options });
	frm.reload_doc();
	return message;
};

nastavnik_app.desk.choose_program = async function (report) {
	const name = await the_only("program");
	if (name) report.set_filter_value("program", name);
};

nastavnik_app.desk.download_calendar = function (frm) {
	const asked = new URLSearchParams({ doctype: frm.doctype, name: frm.doc.name });
	window.open(`/api/method/nastavnik_app.api.download_calendar?${asked}`);
};

nastavnik_app.desk.choose_plan_template = function (pair, then) {
	frappe.call("nastavnik_app.api.plan_templates_for", { pair }).then(({ message: templates }) =>
		frappe.prompt(
			{
				fieldname: "template",
				fieldtype: "Select",
				label: __("Template"),
				options: templates.map((one) => ({ value: one.name, label: one.title })),
				default: templates[0]?.name,
				reqd: 1,
			},
			({ template }) => then(template),
			__("Fill From Template"),
			__("Fill")
		)
	);
};

const AUTHORITIES = ["Municipal Authority", "Regional Authority"];

nastavnik_app.desk.is_authority = async function (organization) {
	const filters = { organization_type: ["in", AUTHORITIES], ...(organization && { name: organization }) };
	const found = await frappe.db.get_list("Educational Organization", { filters, limit: 1 });
	return found.length > 0;
};

nastavnik_app.desk.choose_schools = function (title, button, options, then) {
	frappe.prompt(
		{ fieldname: "schools", fieldtype: "MultiCheck", label: __("Schools"), options, columns: 2 },
		({ schools }) => (schools?.length ? then(schools) : frappe.throw(__("Choose at least one school."))),
		title,
		button
	);
};

nastavnik_app.desk.hand_down = async function (tasks, done) {
	const { message } = await frappe.call("nastavnik_app.api_authority.schools_to_hand_down", { tasks });
	const options = message.map((one) => ({ value: one.name, label: one.title, checked: one.proposed }));
	nastavnik_app.desk.choose_schools(__("Hand Down to Schools"), __("Hand Down"), options, (schools) =>
		frappe.call("nastavnik_app.api_authority.hand_down", { tasks, schools }).then(({ message: found }) => {
			frappe.msgprint(
				found.queued
					? __("Rows that are being handed down: {0}. Look again in some minutes.", [found.queued])
					: __("Tasks handed down: {0}. Schools without a program: {1}.", [found.tasks, found.waiting])
			);
			done();
		})
	);
};
