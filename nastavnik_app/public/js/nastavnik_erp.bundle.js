// People out of Education and ERPNext, where those are installed: counted first, then taken by a worker.
frappe.provide("nastavnik_app.erp");
frappe.provide("frappe.listview_settings");

const PEOPLE = ["Mentee", "Mentor"];

// What the lists of mentors and mentees offer: where from, under which title, by which links one chooses, and what is
// chosen beside them. A function, because a title is translated when it is shown.
function ways_of(people) {
	if (!frappe.model.can_create(people)) return [];
	return ways(people).filter((way) => frappe.model.can_read(way.source));
}

function ways(people) {
	const of_class = [
		["student_group", "Student Group", __("Class or Student Group")],
		["program", "Program", __("Program in Education")],
		["academic_year", "Academic Year", __("Academic Year")],
	];
	const of_staff = [
		["department", "Department", __("Department of Staff")],
		["designation", "Designation", __("Post of Staff")],
	];
	const employee = { source: "Employee", links: of_staff };
	if (people === "Mentor") return [{ ...employee, title: __("From Staff"), fixed: {} }];
	return [
		{ source: "Student", title: __("From Education"), links: of_class, fixed: {} },
		{ ...employee, title: __("Young Specialists"), fixed: { young: 1 } },
	];
}

for (const people of PEOPLE) {
	const settings = (frappe.listview_settings[people] ??= {});
	const before = settings.onload;
	settings.onload = (listview) => {
		before?.(listview);
		for (const way of ways_of(people))
			listview.page.add_inner_button(`${way.title}…`, () => nastavnik_app.erp.take(people, way, null, listview));
	};
}

frappe.ui.form.on("Educational Organization", {
	refresh(frm) {
		if (frm.is_new() || !frm.doc.company) return;
		for (const people of PEOPLE)
			for (const way of ways_of(people))
				frm.add_custom_button(
					`${way.title}…`,
					() => nastavnik_app.erp.take(people, way, frm.doc.name),
					__("People")
				);
	},
});

nastavnik_app.erp.take = async function (people, { source, title, links, fixed }, organization, listview) {
	organization ??= await the_only_organization();
	const dialog = new frappe.ui.Dialog({
		title,
		fields: [
			organization_field(organization),
			...links.map(link_field),
			...further(people, source),
			{ fieldname: "result", fieldtype: "HTML" },
		],
		primary_action_label: __("Count"),
		primary_action: count,
	});
	for (const field of dialog.fields) if (field.fieldtype !== "HTML") field.onchange = begin_again;
	dialog.show();

	function asked() {
		const { organization: chosen, ...choice } = dialog.get_values();
		return { organization: chosen, people, source, choice: { ...choice, ...fixed } };
	}

	function begin_again() {
		dialog.fields_dict.result.$wrapper.empty();
		dialog.set_primary_action(__("Count"), count);
	}

	async function count() {
		if (!dialog.get_values()) return; // Desk says which field is empty
		const { message } = await frappe.call("nastavnik_app.api_erp.count_people", asked());
		dialog.fields_dict.result.$wrapper.html(told(message));
		if (message.new + message.found + message.updated) dialog.set_primary_action(__("Take"), take);
	}

	async function take() {
		if (!dialog.get_values()) return;
		await frappe.call("nastavnik_app.api_erp.take_people", asked());
		dialog.hide();
		frappe.show_alert({ message: __("A worker takes them; you are told when it is done."), indicator: "blue" });
		listview?.refresh();
	}
};

async function the_only_organization() {
	const asked = { filters: { company: ["is", "set"] }, fields: ["name", "title"], limit: 2 };
	const found = await frappe.db.get_list("Educational Organization", asked);
	found.forEach((one) => frappe.utils.add_link_title("Educational Organization", one.name, one.title));
	return found.length === 1 ? found[0].name : null;
}

function organization_field(organization) {
	return {
		fieldname: "organization",
		fieldtype: "Link",
		options: "Educational Organization",
		label: __("Organization"),
		default: organization,
		get_query: () => ({ filters: { company: ["is", "set"] } }),
		reqd: 1,
	};
}

function link_field([fieldname, options, label]) {
	return { fieldname, fieldtype: "Link", options, label, description: __("Empty: all") };
}

function further(people, source) {
	if (people !== "Mentor" || source !== "Employee" || !frappe.model.can_read("Instructor")) return [];
	return [{ fieldname: "instructors", fieldtype: "Check", label: __("Instructors Only") }];
}

function told(found) {
	const lines = [
		__("New: {0}", [found.new]),
		__("Linked by name and birth date: {0}", [found.found]),
		__("To be completed: {0}", [found.updated]),
		__("Unchanged: {0}", [found.unchanged]),
		__("Archived or blocked, left alone: {0}", [found.left_alone]),
		__("Doubtful, not taken: {0}", [found.doubtful_count]),
		__("Values that could not be read: {0}", [found.passed_over_count]),
		...found.notes,
	];
	const pairs = [...found.doubtful, ...found.passed_over].map(([name, why]) => `${name}: ${why}`);
	return [list(lines), folded(__("Doubtful or not read"), pairs), folded(__("New people"), found.names)].join("");
}

function folded(title, lines) {
	return lines.length ? `<details><summary>${title}</summary>${list(lines)}</details>` : "";
}

function list(lines) {
	return `<ul>${lines.map((line) => `<li>${frappe.utils.escape_html(line)}</li>`).join("")}</ul>`;
}
