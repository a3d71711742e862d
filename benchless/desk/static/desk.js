// What a page cannot do by itself: completion, rows of tables, fields that depend on others. The server decides.
"use strict";

const find = (selector, root = document) => root.querySelector(selector);
const all = (selector, root = document) => [...root.querySelectorAll(selector)];

// Completion of links: type a part, choose with the arrows or the mouse.
function targetOf(input) {
	const from = input.closest("[data-target-from]");
	const source = from && find(`[name="${from.dataset.targetFrom}"]`, input.form);
	return source ? source.value : input.dataset.target;
}

function close(input) {
	const list = input.parentElement.querySelector("ul");
	list.hidden = true;
	list.replaceChildren();
	input.setAttribute("aria-expanded", "false");
	input.removeAttribute("aria-activedescendant");
}

function choose(input, option) {
	input.value = option.dataset.label;
	input.parentElement.querySelector("input[type=hidden]").value = option.dataset.value;
	close(input);
	input.dispatchEvent(new Event("change", { bubbles: true }));
}

function move(input, step) {
	const options = all("li[role=option]", input.parentElement);
	if (!options.length) return;
	const now = options.findIndex((option) => option.getAttribute("aria-selected") === "true");
	const next = options[(now + step + options.length) % options.length];
	options.forEach((option) => option.setAttribute("aria-selected", String(option === next)));
	input.setAttribute("aria-activedescendant", next.id);
	next.scrollIntoView({ block: "nearest" });
}

async function suggest(input) {
	const asked = input.value;
	const query = new URLSearchParams({ doctype: targetOf(input), txt: asked });
	const answer = await fetch(`/app/search-link?${query}`, { headers: { Accept: "application/json" } });
	if (!answer.ok || input.value !== asked) return;
	const list = input.parentElement.querySelector("ul");
	const rows = await answer.json();
	list.replaceChildren(
		...rows.map((row, number) => {
			const option = document.createElement("li");
			option.id = `${list.id}-${number}`;
			option.setAttribute("role", "option");
			option.setAttribute("aria-selected", "false");
			option.dataset.value = row.value;
			option.dataset.label = row.label;
			option.textContent = row.label;
			if (row.description && row.description !== row.label) {
				option.append(Object.assign(document.createElement("small"), { textContent: row.description }));
			}
			return option;
		})
	);
	list.hidden = !rows.length || document.activeElement !== input;
	input.setAttribute("aria-expanded", String(!list.hidden));
}

let waiting;
document.addEventListener("input", ({ target }) => {
	if (target.matches("[role=combobox]")) {
		target.parentElement.querySelector("input[type=hidden]").value = "";
		clearTimeout(waiting);
		waiting = setTimeout(() => suggest(target), 150);
	}
});
document.addEventListener("keydown", (event) => {
	const input = event.target;
	if (!input.matches("[role=combobox]")) return;
	const chosen = find("li[aria-selected=true]", input.parentElement);
	const isOpen = input.getAttribute("aria-expanded") === "true";
	if (event.key === "ArrowDown" || event.key === "ArrowUp") {
		event.preventDefault();
		isOpen ? move(input, event.key === "ArrowDown" ? 1 : -1) : suggest(input);
	} else if (event.key === "Enter" && isOpen && chosen) {
		event.preventDefault();
		choose(input, chosen);
	} else if (event.key === "Escape" && isOpen) {
		close(input);
	}
});
document.addEventListener("mousedown", (event) => {
	const option = event.target.closest("li[role=option]");
	if (option) {
		event.preventDefault();
		choose(find("[role=combobox]", option.closest(".link")), option);
	}
});
document.addEventListener("focusout", ({ target }) => target.matches("[role=combobox]") && close(target));

// Rows of tables.
let added = 1000;
function renumber(table) {
	all("td.number span", table).forEach((cell, number) => (cell.textContent = number + 1));
}
document.addEventListener("click", ({ target }) => {
	if (target.matches("button.add")) {
		const grid = target.closest(".grid");
		const row = find("template", grid).content.cloneNode(true);
		for (const one of all("[name], [id], [for], [aria-controls]", row)) {
			for (const name of ["name", "id", "for", "aria-controls", "aria-describedby"]) {
				const value = one.getAttribute(name);
				if (value) one.setAttribute(name, value.replace(/([:-])NEW([:-])/, `$1${added}$2`));
			}
		}
		added += 1;
		const body = row.firstElementChild;
		find("table", grid).append(row);
		renumber(grid);
		find("input:not([type=hidden]), select, textarea", body)?.focus();
	} else if (target.matches("button.drop")) {
		const grid = target.closest(".grid");
		target.closest("tbody").remove();
		renumber(grid);
		find("button.add", grid)?.focus();
	} else if (target.matches("button.more")) {
		const rest = find("tr.rest", target.closest("tbody"));
		rest.hidden = !rest.hidden;
		target.setAttribute("aria-expanded", String(!rest.hidden));
	}
});

// Fields that depend on the value of another.
function valueOf(form, name) {
	const fields = all(`[name="${name}"]`, form);
	const last = fields[fields.length - 1];
	return !last ? undefined : last.type === "checkbox" ? (last.checked ? "1" : "0") : last.value;
}
function follow(form) {
	for (const field of all("[data-if]", form)) {
		const value = valueOf(form, field.dataset.if);
		if (value !== undefined) field.hidden = value !== field.dataset.is;
	}
	for (const field of all("[data-required-if]", form)) {
		const value = valueOf(form, field.dataset.requiredIf);
		const mark = find(".required", field);
		if (mark && value !== undefined) mark.hidden = value !== field.dataset.requiredIs;
	}
}
document.addEventListener("change", ({ target }) => {
	if (target.form?.id === "record") follow(target.form);
	if (target.matches("[data-tick-all]")) {
		all("tbody input[name=name]").forEach((box) => (box.checked = target.checked));
	}
	// the server says on saving whether the doubt is gone
	const cell = target.closest(".doubtful, .cell");
	if (cell) find(".doubt", cell)?.classList.add("corrected");
	if (target.matches("[data-only-doubts]")) {
		target.closest(".review").classList.toggle("only-doubts", target.checked);
	}
	if (target.type === "file") {
		const largest = target.form?.dataset.largest * 1024 * 1024;
		const isTooLarge = largest && [...target.files].some((file) => file.size > largest);
		target.setCustomValidity(isTooLarge ? target.form.dataset.tooLarge : "");
		if (isTooLarge) target.reportValidity();
	}
});
document.addEventListener("submit", (event) => {
	const wrong = all("input[type=file]", event.target).find((input) => !input.checkValidity());
	if (wrong) {
		event.preventDefault();
		wrong.reportValidity();
	} else if (event.submitter?.dataset.progress) {
		watch(event.submitter);
	}
});

// A long action: how far it has come, until the browser has its answer.
function watch(button) {
	const told = Object.assign(document.createElement("label"), { className: "progress" });
	const bar = Object.assign(document.createElement("progress"), { max: 100, value: 0 });
	told.append(button.dataset.told, bar);
	button.closest(".bar").append(told);
	setTimeout(() => (button.disabled = true)); // once the form has been read
	setInterval(async () => {
		const answer = await fetch(button.dataset.progress, { headers: { Accept: "application/json" } });
		if (answer.ok) bar.value = (await answer.json()).percent;
	}, 300);
}
document.addEventListener("click", ({ target }) => {
	for (const open of all("details.drop[open]")) if (!open.contains(target)) open.open = false;
});
if (matchMedia("(min-width: 56rem)").matches) all("details.narrowing").forEach((one) => (one.open = true));
find("#refused")?.focus();
