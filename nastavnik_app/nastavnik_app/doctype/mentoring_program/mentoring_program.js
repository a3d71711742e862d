frappe.ui.form.on("Mentoring Program", {
	refresh(frm) {
		if (frm.is_new()) return;
		if (frm.doc.workflow_state !== "Draft" && frappe.model.can_create("Mentoring Program")) {
			frm.add_custom_button(__("Roadmap of the Next Year"), () => make_next_roadmap(frm));
		}
		if (frm.doc.workflow_state === "Closed") return;
		if (frm.doc.workflow_state === "Running" && frm.perm[0]?.write) {
			frm.add_custom_button(__("Measure Now"), () =>
				frappe
					.call("nastavnik_app.api.measure_now", { program: frm.doc.name })
					.then(({ message }) => frappe.show_alert(__("Tasks measured: {0}.", [message])))
			);
		}
		if (frm.perm[0]?.write && runs_for_years(frm.doc)) {
			frm.add_custom_button(__("Divide Into Years"), () =>
				nastavnik_app.desk.call_saved(frm, "api.divide_into_years", { program: frm.doc.name })
			);
		}
		if (frappe.model.can_create("Roadmap Import")) {
			frm.add_custom_button(__("Load the Roadmap"), () =>
				// saved at once: a document is attached to a record that is there
				frappe.db
					.insert({ doctype: "Roadmap Import", program: frm.doc.name })
					.then((made) => frappe.set_route("Form", "Roadmap Import", made.name))
			);
		}
		if (frappe.model.can_create("Consent")) {
			frm.add_custom_button(__("Collect Consents"), () =>
				nastavnik_app.paper.collect_consents(frm.doc.organization)
			);
		}
		if (frappe.model.can_create("Mentoring Questionnaire Response")) {
			frm.add_custom_button(__("Invite to Answer"), () =>
				nastavnik_app.questionnaires.invite(frm.doc.name)
			);
		}
		if (frappe.model.can_create("Mentoring Order")) {
			frm.add_custom_button(__("Make an Order"), () =>
				nastavnik_app.orders.make("Mentoring Program", [frm.doc.name])
			);
		}
	},
});

function make_next_roadmap(frm) {
	frappe.confirm(__("Draft the program of the next year, with this roadmap moved on by a year?"), () =>
		frappe
			.call("nastavnik_app.api.make_next_roadmap", { program: frm.doc.name })
			.then(({ message }) => frappe.set_route("Form", "Roadmap Import", message))
	);
}

function runs_for_years({ period_start, period_end, years }) {
	return !years.length && frappe.datetime.get_day_diff(period_end, period_start) > 366;
}
