frappe.ui.form.on("Pair Matching", {
	setup(frm) {
		const of_school = () => ({ filters: { organization: frm.doc.organization, workflow_state: "In Bank" } });
		frm.set_query("mentor", "decisions", of_school);
		frm.set_query("mentee", "decisions", of_school);
	},
	refresh(frm) {
		if (frm.is_new()) return;
		if (frm.doc.matched_at) frm.add_custom_button(__("Other Mentors"), () => ask_mentee(frm));
		if (!frm.perm[0].write) return;
		frm.add_custom_button(__("Match"), () =>
			act(frm, "propose_pairs", ({ proposals, unmatched }) =>
				__("Pairs proposed: {0}. Mentees without a pair: {1}.", [proposals, unmatched])
			)
		);
		if ((frm.doc.proposals || []).some((row) => !row.pair) && frappe.model.can_create("Pair")) {
			frm.add_custom_button(__("Create Pairs"), () =>
				act(frm, "create_pairs", (count) => __("Pairs created: {0}.", [count]))
			).addClass("btn-primary");
		}
		if ((frm.doc.unmatched || []).some((row) => row.party_type === "Mentee" && !row.roadmap_task)) {
			frm.add_custom_button(__("Create a Task for the Rest"), () =>
				act(frm, "create_search_task", (count) => __("The task is for mentees: {0}.", [count]))
			);
		}
	},
});

async function act(frm, method, told) {
	if (frm.is_dirty()) await frm.save();
	const { message } = await frappe.call({
		method: `nastavnik_app.api.${method}`,
		args: { name: frm.doc.name },
		freeze: true,
		freeze_message: __("Please wait…"),
	});
	await frm.reload_doc();
	frappe.show_alert({ message: told(message), indicator: "green" });
}

function ask_mentee(frm) {
	const proposed = (frm.doc.proposals || []).filter((row) => !row.pair).map((row) => [row.mentee, row.mentee_name]);
	const left = (frm.doc.unmatched || [])
		.filter((row) => row.party_type === "Mentee")
		.map((row) => [row.party, row.person_name]);
	const people = [...proposed, ...left].sort((one, other) => one[1].localeCompare(other[1]));
	frappe.prompt(
		{
			fieldname: "mentee",
			fieldtype: "Select",
			label: __("Mentee"),
			options: people.map(([value, label]) => ({ value, label })),
			reqd: 1,
		},
		({ mentee }) =>
			frappe
				.call({ method: "nastavnik_app.api.alternatives_for", type: "GET", args: { name: frm.doc.name, mentee } })
				.then(({ message }) => show(message)),
		__("Other Mentors"),
		__("Show")
	);
}

function show(mentors) {
	const plain = frappe.utils.escape_html;
	const lines = mentors.map((one) =>
		__("{0}: score {1}, places free {2}. {3}", [plain(one.mentor_name), one.score, one.free, plain(one.reason)])
	);
	const list = `<ol>${lines.map((line) => `<li>${line}</li>`).join("")}</ol>`;
	frappe.msgprint({ title: __("Other Mentors"), message: lines.length ? list : __("No mentor fits this mentee.") });
}
