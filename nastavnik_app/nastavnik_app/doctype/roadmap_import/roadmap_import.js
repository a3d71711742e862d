// The review screen: each doubt beside its cell, with the words it was read from, and inputs to correct it.
// The server decides which doubts a correction settles, and when tasks may be made.

// a cell of the document → the fields in which its reading is corrected
const READINGS = {
	term_text: ["term_text", "start", "due", "recurrence"],
	indicator: ["indicator", "threshold_op", "threshold_value", "threshold_unit"],
};
const TABLES = ["rows", "indicators"];

frappe.ui.form.on("Roadmap Import", {
	refresh(frm) {
		if (frm.is_new()) return;
		mark_grids(frm);
		if (frm.doc.status === "Tasks Created") {
			frm.add_custom_button(__("Open the Tasks"), () =>
				frappe.set_route("List", "Roadmap Task", { roadmap_import: frm.doc.name })
			);
			return;
		}
		show_doubts(frm);
		if (!frm.perm[0].write) return;
		if (frm.doc.document || frm.doc.template) {
			frm.add_custom_button(__("Read the Document"), () => call(frm, "read_document", { freeze: true }));
		}
		if (frm.doc.status === "Rows Read") {
			frm.add_custom_button(__("Create Tasks"), () => create_tasks(frm)).addClass("btn-primary");
		}
	},
});

function call(frm, method, options) {
	const act = () =>
		frm
			.call({ method, doc: frm.doc, freeze_message: __("Please wait…"), ...options })
			.then((answer) => frm.reload_doc().then(() => answer.message));
	return frm.is_dirty() ? frm.save().then(act) : act();
}

async function create_tasks(frm) {
	// the bar is the server's: one opened here could not be closed before it has faded in, when the refusal is quick
	try {
		const count = await call(frm, "create_tasks", { freeze: true });
		frappe.show_alert({ message: __("Tasks created: {0}", [count]), indicator: "green" });
	} catch {
		// Desk has shown the refusal
	}
}

function doubts_of(row) {
	return JSON.parse(row.doubts || "[]");
}

function in_doubt(row) {
	return row.doubts && !row.checked && !row.skip;
}

function mark_grids(frm) {
	for (const table of TABLES) {
		const grid = frm.get_field(table).grid;
		for (const df of grid.docfields) {
			if (["Text", "Small Text", "Data", "Float"].includes(df.fieldtype)) {
				grid.update_docfield_property(df.fieldname, "formatter", cell_of_grid);
			}
		}
	}
}

function cell_of_grid(value, df, options, row) {
	const shown = df.fieldtype === "Float" ? frappe.form.formatters.Float(value, df, options, row) : plain(value);
	const about = row && in_doubt(row) ? doubts_of(row).filter((one) => one.field === df.fieldname) : [];
	const told = about.map((one) => one.text).join(" ");
	return told ? `<div class="roadmap-doubt" title="${plain(told)}">${shown}</div>` : shown;
}

function show_doubts(frm) {
	const rows = TABLES.flatMap((table) => (frm.doc[table] || []).filter(in_doubt));
	if (!rows.length) return;
	const body = frm.dashboard.add_section(STYLE, __("Doubts"));
	frm.review_inputs = {};
	rows.forEach((row) => show_row(frm, row, body));
	frm.dashboard.show();
}

function show_row(frm, row, body) {
	const is_task = row.parentfield === "rows";
	const button = (action, label) =>
		`<button class="btn btn-xs btn-default" data-action="${action}">${label}</button>`;
	const card = $(`<div class="roadmap-row" data-name="${row.name}">
		<div class="roadmap-head">
			<div><b>${row.idx}. ${plain(row.title)}</b> <span class="text-muted">${plain(row.section)}</span></div>
			<div class="text-nowrap">
				${button("open", __("Whole Row"))} ${is_task ? button("accept", __("Right as It Is")) : ""}
			</div>
		</div>
	</div>`).appendTo(body);
	const cells = new Set(doubts_of(row).map((one) => one.field));
	cells.forEach((cell) => show_cell(frm, row, cell, card));
	card.on("click", "[data-action=open]", () => open_row(frm, row));
	card.on("click", "[data-action=accept]", () => frappe.model.set_value(row.doctype, row.name, "checked", 1));
}

function show_cell(frm, row, cell, card) {
	const id = `${row.name}-${cell}-doubt`;
	const line = $(`<div class="roadmap-cell" data-cell="${cell}">
		<div class="roadmap-inputs"></div>
		<div class="roadmap-told" id="${id}">${told_of(row, cell)}</div>
	</div>`).appendTo(card);
	for (const field of cell ? READINGS[cell] || [cell] : []) {
		const control = make_input(frm, row, field, line.find(".roadmap-inputs"));
		control.$input?.attr("aria-describedby", id);
		frm.review_inputs[`${row.name} ${field}`] = control;
	}
}

// the doubts of a cell, and the words it was read from
function told_of(row, cell) {
	return doubts_of(row)
		.filter((one) => one.field === cell)
		.map((one) => {
			const written = one.written ? __("Read from: {0}", [one.written]) : "";
			return `<div>${plain(one.text)}</div><div class="text-muted">${plain(written)}</div>`;
		})
		.join("");
}

function make_input(frm, row, field, parent) {
	const control = frappe.ui.form.make_control({
		df: {
			...frappe.meta.get_docfield(row.doctype, field, frm.doc.name),
			read_only: frm.perm[0].write ? 0 : 1,
			onchange() {
				const value = control.get_value();
				if ((value || "") !== (row[field] || "")) {
					frappe.model.set_value(row.doctype, row.name, field, value);
				}
			},
		},
		parent,
		render_input: true,
	});
	control.set_value(row[field]);
	return control;
}

function plain(text) {
	return frappe.utils.escape_html(text || "").replaceAll("\n", "<br>");
}

function open_row(frm, row) {
	frm.scroll_to_field(row.parentfield);
	frm.get_field(row.parentfield).grid.get_row(row.name).toggle_view(true);
}

// a cell was corrected, here or in the table: its doubt is struck out until the server has answered
function corrected(field) {
	return (frm, doctype, name) => {
		frm.review_inputs?.[`${name} ${field}`]?.set_value(locals[doctype][name][field]);
		const cell = Object.keys(READINGS).find((one) => READINGS[one].includes(field)) || field;
		frm.$wrapper
			.find(`.roadmap-row[data-name="${name}"] [data-cell="${cell}"]`)
			.addClass("roadmap-corrected");
	};
}

// the doubts of a row that is opened stand below its fields
function form_render(frm, doctype, name) {
	const row = locals[doctype][name];
	const fields = frm.get_field(row.parentfield).grid.get_row(name).grid_form.fields_dict;
	doubts_of(row).forEach(({ field }) =>
		fields[field]?.set_new_description(`<div class="roadmap-told">${told_of(row, field)}</div>`)
	);
}

const CELLS = ["section", "title", "content", "responsible", "expected_result"];
frappe.ui.form.on("Roadmap Import Row", {
	...Object.fromEntries([...CELLS, ...Object.values(READINGS).flat()].map((field) => [field, corrected(field)])),
	checked: (frm) => frm.refresh(),
	skip: (frm) => frm.refresh(),
	form_render,
});
const VALUES = ["unit", "base_value", "target_value"];
frappe.ui.form.on("Roadmap Import Indicator", {
	...Object.fromEntries(VALUES.map((field) => [field, corrected(field)])),
	skip: (frm) => frm.refresh(),
	form_render,
});

const STYLE = `<style>
	.grid-row .col:has(.roadmap-doubt) { background: var(--bg-orange); }
	.roadmap-row { border: 1px solid var(--border-color); border-radius: var(--border-radius); margin: 0 0 12px; }
	.roadmap-head, .roadmap-cell { display: flex; gap: 16px; padding: 8px 12px; }
	.roadmap-head { justify-content: space-between; background: var(--subtle-fg); }
	.roadmap-cell > * { flex: 1 1 50%; min-width: 0; }
	.roadmap-inputs { display: flex; flex-wrap: wrap; gap: 0 8px; }
	.roadmap-inputs > * { flex: 1 1 28%; margin-bottom: 4px; }
	.roadmap-inputs > *:first-child { flex-basis: 100%; }
	.roadmap-inputs textarea { height: 4.5em !important; min-height: 0; }
	.roadmap-told { border-left: 4px solid var(--orange-500); padding: 2px 10px; align-self: start; }
	.roadmap-told { overflow-wrap: anywhere; }
	.roadmap-corrected .roadmap-told { border-color: var(--green-500); text-decoration: line-through; }
</style>`;
