// Questionnaires in Desk: links for the people of a program, and answers typed in. The server decides who may.
frappe.provide("nastavnik_app.questionnaires");

const SIDES = { Mentor: "Mentor", Mentee: "Mentee", "Third Party": "Mentee" };

nastavnik_app.questionnaires.invite = function (program) {
	const dialog = new frappe.ui.Dialog({
		title: __("Invite to Answer"),
		fields: [
			{
				fieldname: "program",
				fieldtype: "Link",
				options: "Mentoring Program",
				label: __("Program"),
				default: program,
				reqd: 1,
			},
			{
				fieldname: "questionnaire",
				fieldtype: "Link",
				options: "Mentoring Questionnaire",
				label: __("Questionnaire"),
				get_query: () => ({ filters: { status: "Published" } }),
				onchange: () => show_what_fits(dialog),
				reqd: 1,
			},
			{
				fieldname: "people",
				fieldtype: "MultiSelectList",
				label: __("People"),
				description: __("Empty: everybody whom the questionnaire is for"),
				get_data: (txt) => dialog.side && frappe.db.get_link_options(dialog.side, txt),
				hidden: 1,
			},
			{
				fieldname: "pairs",
				fieldtype: "MultiSelectList",
				label: __("Pairs"),
				get_data: (txt) =>
					frappe.db.get_link_options("Pair", txt, { program: dialog.get_value("program") }),
				hidden: 1,
			},
			{ fieldname: "source", fieldtype: "Select", label: __("Who Answers"), hidden: 1 },
			{ fieldname: "by_mail", fieldtype: "Check", label: __("Send the links by mail as well") },
		],
		primary_action_label: __("Make Links"),
		primary_action(values) {
			for (const field of ["people", "pairs"]) if (!values[field]?.length) delete values[field];
			frappe.call("nastavnik_app.api.invite_to_questionnaire", values).then(({ message }) => {
				dialog.hide();
				show_links(message);
			});
		},
	});
	dialog.show();
};

async function show_what_fits(dialog) {
	const name = dialog.get_value("questionnaire");
	if (!name) return;
	const { message } = await frappe.db.get_value("Mentoring Questionnaire", name, "audience");
	dialog.side = SIDES[message.audience];
	const is_third_party = message.audience === "Third Party";
	dialog.set_df_property("people", "hidden", !dialog.side);
	dialog.set_df_property("pairs", "hidden", !dialog.side || is_third_party);
	dialog.set_df_property("source", "hidden", !is_third_party);
	dialog.set_df_property("source", "reqd", is_third_party);
	if (is_third_party) {
		await frappe.model.with_doctype("Mentee Information");
		const { options } = frappe.meta.get_docfield("Mentee Information", "source");
		dialog.set_df_property(
			"source",
			"options",
			options.split("\n").map((value) => ({ value, label: __(value) }))
		);
	}
}

nastavnik_app.questionnaires.renew = function (responses) {
	frappe
		.call("nastavnik_app.api.renew_questionnaire_links", { responses })
		.then(({ message }) => show_links(message));
};

// The only time that links are seen: the server keeps their hashes alone.
function show_links({ links, answered, expires_on }) {
	const escape = frappe.utils.escape_html;
	const told = answered.length ? `<p>${__("Have answered: {0}", [escape(answered.join(", "))])}</p>` : "";
	if (!links.length) {
		frappe.msgprint(told || __("There is nobody to invite."));
		return;
	}
	const mail = (row) => (row.mailed ? __("sent by mail") : "");
	const rows = links
		.map(
			(row) =>
				`<tr><td>${escape(row.person_name || "")}</td><td style="word-break: break-all">${escape(row.link)}</td><td>${mail(row)}</td></tr>`
		)
		.join("");
	const html = `<p>${__("Each link works once, until {0}. They are not shown again: copy or print them now.", [
		expires_on,
	])}</p>${told}<table class="table table-bordered"><tbody>${rows}</tbody></table>`;
	const dialog = new frappe.ui.Dialog({
		title: __("Links"),
		size: "large",
		fields: [{ fieldname: "links", fieldtype: "HTML", options: html }],
		primary_action_label: __("Copy All"),
		primary_action: () =>
			frappe.utils.copy_to_clipboard(links.map((row) => `${row.person_name}\t${row.link}`).join("\n")),
		secondary_action_label: __("Print"),
		secondary_action: () => {
			const page = window.open("", "_blank");
			page.document.write(`<title>${__("Links")}</title>${html}`);
			page.document.close();
			page.print();
		},
	});
	dialog.show();
}

nastavnik_app.questionnaires.answer = async function (frm) {
	const response = frm.doc.name;
	const { message: questions } = await frappe.call("nastavnik_app.api.questions_of_response", { response });
	const dialog = new frappe.ui.Dialog({
		title: __("Enter the Answers"),
		size: "large",
		fields: questions.map(field_of),
		primary_action_label: __("Record"),
		primary_action() {
			const answers = {};
			for (const { name } of questions) {
				const value = dialog.get_value(name);
				if (value?.length) answers[name] = value;
			}
			frappe.call("nastavnik_app.api.record_answers", { response, answers }).then(() => {
				dialog.hide();
				frm.reload_doc();
			});
		},
	});
	dialog.show();
};

function field_of({ name, text, kind, required, choices }) {
	const label = frappe.utils.escape_html(text);
	const field = { fieldname: name, label, reqd: required ? 1 : 0 };
	const listed = choices.map(([value, label]) => ({ value, label }));
	if (kind === "Open") return { ...field, fieldtype: "Small Text" };
	if (kind === "Several Choices" || kind === "Persons") {
		return {
			...field,
			fieldtype: "MultiSelectList",
			get_data: () => listed.map((one) => ({ ...one, description: "" })),
		};
	}
	const grades = Array.from({ length: 10 }, (_, step) => String(step + 1));
	const options = kind === "Scale 1-10" ? grades : listed;
	return { ...field, fieldtype: "Select", options: ["", ...options] };
}
