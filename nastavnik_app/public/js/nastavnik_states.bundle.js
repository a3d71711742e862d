// What a document's state has closed is shown and not asked for; the server refuses it all the same (workflow.py).
for (const [doctype, machine] of Object.entries(frappe.boot.nastavnik_open_fields ?? {})) {
	frappe.ui.form.on(doctype, {
		refresh(frm) {
			const state = frm.doc[machine.field];
			// all fields of a new document are open, and those of a state of the site's own Workflow
			const open = (!frm.is_new() && machine.states[state]) || null;
			for (const { fieldname, fieldtype } of frm.meta.fields) {
				if (frappe.model.table_fields.includes(fieldtype)) ask_in_table(frm, fieldname, open);
				else if (frappe.model.is_value_type(fieldtype) && fieldname !== machine.field)
					ask_in_field(frm, fieldname, !open || open.includes(fieldname));
			}
		},
	});
}

function ask_in_field(frm, fieldname, is_open) {
	ask_if(is_open, frm.get_docfield(fieldname), (read_only) =>
		frm.set_df_property(fieldname, "read_only", read_only)
	);
}

function ask_in_table(frm, fieldname, open) {
	const rows_are_open = !open || open.includes(fieldname);
	const is_column_open = (column) => rows_are_open || open.includes(`${fieldname}.${column.fieldname}`);
	const grid = frm.fields_dict[fieldname].grid;
	if (!grid) return ask_in_field(frm, fieldname, rows_are_open);
	const columns = grid.docfields.filter((df) => frappe.model.is_value_type(df.fieldtype));
	ask_in_field(frm, fieldname, columns.some(is_column_open));
	frm.set_df_property(fieldname, "cannot_add_rows", !rows_are_open);
	frm.set_df_property(fieldname, "cannot_delete_rows", !rows_are_open);
	for (const column of columns) {
		const is_open = is_column_open(column);
		ask_if(is_open, column, () => grid.toggle_enable(column.fieldname, is_open));
	}
}

function ask_if(is_open, df, set_read_only) {
	// what is read-only without the state stays so
	if (is_open ? df.closed_by_state : !df.read_only) {
		df.closed_by_state = !is_open;
		set_read_only(is_open ? 0 : 1);
	}
}
