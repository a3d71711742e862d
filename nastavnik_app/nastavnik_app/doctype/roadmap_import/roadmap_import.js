// The review screen: what was read, from which words, and what is in doubt. The server decides when tasks may be made.
frappe.ui.form.on("Roadmap Import", {
	refresh(frm) {
		if (frm.is_new()) return;
		frm.get_field("rows").grid.update_docfield_property("problems", "formatter", mark_doubt);
		show_doubts(frm);
		if (frm.doc.status === "Tasks Created") {
			frm.add_custom_button(__("Open the Tasks"), () =>
				frappe.set_route("List", "Roadmap Task", { roadmap_import: frm.doc.name })
			);
			return;
		}
		if (!frm.perm[0].write) return;
		if (frm.doc.document || frm.doc.template) {
			frm.add_custom_button(__("Read the Document"), () => call(frm, "read_document"));
		}
		if (frm.doc.status === "Rows Read") {
			frm.add_custom_button(__("Create Tasks"), () => create_tasks(frm)).addClass("btn-primary");
		}
	},
});

function call(frm, method, then) {
	const act = () =>
		frm.call({ method, doc: frm.doc, freeze: true, freeze_message: __("Please wait…") }).then((answer) => {
			frm.reload_doc();
			then?.(answer.message);
		});
	frm.is_dirty() ? frm.save("Save", act) : act();
}

function create_tasks(frm) {
	call(frm, "create_tasks", (count) =>
		frappe.show_alert({ message: __("Tasks created: {0}", [count]), indicator: "green" })
	);
}

function in_doubt(row) {
	return row.problems && !row.checked && !row.skip;
}

function mark_doubt(value, df, options, row) {
	return row && in_doubt(row) ? `<span class="roadmap-doubt">${plain(value)}</span>` : plain(value);
}

function show_doubts(frm) {
	const rows = frm.doc.rows.filter(in_doubt);
	if (!rows.length) return;
	const headings = [__("No."), __("Row"), __("What Was Read"), __("Doubts"), ""];
	const section = frm.dashboard.add_section(
		`<style>
			[data-fieldname="rows"] .grid-row:has(.roadmap-doubt) .data-row > .col { background: var(--bg-orange); }
		</style>
		<table class="table table-bordered table-sm small">
			<thead><tr>${headings.map((heading) => `<th>${heading}</th>`).join("")}</tr></thead>
			<tbody>${rows.map(doubtful_row).join("")}</tbody>
		</table>`,
		__("Rows With Doubts: {0}", [rows.length])
	);
	section.on("click", "[data-correct]", (event) => open_row(frm, event.currentTarget.dataset.correct));
	section.on("click", "[data-accept]", (event) =>
		frappe.model.set_value("Roadmap Import Row", event.currentTarget.dataset.accept, "checked", 1)
	);
	frm.dashboard.show();
}

function doubtful_row(row) {
	const readings = readings_of(row).map(
		([label, written, read]) =>
			`<div><span class="text-muted">${label}:</span> «${plain(written)}» → <b>${plain(read)}</b></div>`
	);
	return `<tr>
		<td>${row.idx}</td>
		<td>${plain(row.title)}<div class="text-muted">${plain(row.section)}</div></td>
		<td>${readings.join("")}</td>
		<td>${plain(row.problems)}</td>
		<td class="text-nowrap">
			<button class="btn btn-xs btn-default" data-correct="${row.name}">${__("Correct")}</button>
			<button class="btn btn-xs btn-default" data-accept="${row.name}">${__("Right as It Is")}</button>
		</td>
	</tr>`;
}

// label, the words of the document, what became of them
function readings_of(row) {
	const days = [row.start, row.due].filter(Boolean).map((day) => frappe.datetime.str_to_user(day));
	const term = [[...new Set(days)].join(" – "), __(row.recurrence)].filter(Boolean).join(", ");
	const readings = [
		[__("Term"), row.term_text, term],
		[__("Indicator"), row.indicator, threshold_of(row)],
	];
	return readings.filter(([, written]) => written).map((one) => [one[0], one[1], one[2] || __("not read")]);
}

function threshold_of(row) {
	// a number that is missing is stored as 0
	if (!row.threshold_op || !row.threshold_value) return "";
	const unit = row.threshold_unit === "count" ? "" : row.threshold_unit;
	return [row.threshold_op, row.threshold_value, unit].filter(Boolean).join(" ");
}

function plain(text) {
	return frappe.utils.escape_html(text || "").replaceAll("\n", "<br>");
}

function open_row(frm, name) {
	const grid = frm.get_field("rows").grid;
	frm.scroll_to_field("rows");
	grid.get_row(name).toggle_view(true);
}

frappe.ui.form.on("Roadmap Import Row", {
	checked: (frm) => frm.refresh(),
	skip: (frm) => frm.refresh(),
});
