// A questionnaire behind a link. What is written stays on this device until the server has it for certain:
// the draft keeps the number of its submission, and the same number sent again is no second answer.
"use strict";

const { texts, lowest, highest, longest } = JSON.parse(document.getElementById("settings").textContent);
const token = decodeURIComponent(location.hash.slice(1));
const PREFIX = "anketa:";
const DRAFTS_LIVE = 60 * 24 * 3600 * 1000; // milliseconds
const PATIENCE = 30000; // milliseconds for an answer of the server

const byId = (id) => document.getElementById(id);
const form = byId("form");
let questions = [];
let draft = null;
let waitsForConnection = false;

function make(tag, properties = {}, ...children) {
	const element = Object.assign(document.createElement(tag), properties);
	element.append(...children.filter((child) => child !== null));
	return element;
}

// ------------------------------------------------------------------ the draft on this device

function newSubmission() {
	// not randomUUID, which a page without https does not have
	const bytes = crypto.getRandomValues(new Uint8Array(16));
	return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

function readDraft() {
	try {
		const stored = JSON.parse(localStorage.getItem(PREFIX + token));
		if (stored && stored.submission) return stored;
	} catch (error) {
		// a device that keeps nothing: the page works on, from memory
	}
	return { submission: newSubmission(), answers: {}, at: 0 };
}

function keepDraft() {
	draft.at = Date.now();
	try {
		localStorage.setItem(PREFIX + token, JSON.stringify(draft));
	} catch (error) {
		// as above
	}
}

function dropDraft() {
	try {
		localStorage.removeItem(PREFIX + token);
	} catch (error) {
		// as above
	}
}

function dropOldDrafts() {
	try {
		for (const key of Object.keys(localStorage).filter((one) => one.startsWith(PREFIX))) {
			const stored = JSON.parse(localStorage.getItem(key));
			if (!stored || Date.now() - stored.at > DRAFTS_LIVE) localStorage.removeItem(key);
		}
	} catch (error) {
		// as above
	}
}

// ------------------------------------------------------------------ the server

class Refused extends Error {}

async function call(method, body) {
	const patience = new AbortController();
	const timer = setTimeout(() => patience.abort(), PATIENCE);
	try {
		const answer = await fetch(`/api/method/nastavnik_app.api.${method}`, {
			method: "POST",
			// the link is the only authority: whoever is signed in on this device does not count
			credentials: "omit",
			headers: { "Content-Type": "application/json", Accept: "application/json" },
			body: JSON.stringify(body),
			signal: patience.signal,
		});
		const told = await answer.json();
		if (answer.ok) return told.message;
		if (answer.status >= 500) throw new Error(texts.failed);
		throw new Refused(reasonIn(told));
	} finally {
		clearTimeout(timer);
	}
}

function reasonIn(told) {
	try {
		const messages = JSON.parse(told._server_messages).map((one) => JSON.parse(one).message);
		return messages
			.join("\n")
			.replace(/<br\s*\/?>/g, "\n")
			.replace(/<[^>]+>/g, "");
	} catch (error) {
		return texts.failed;
	}
}

// ------------------------------------------------------------------ what is said

function tell(text, kind = "bad", ...more) {
	const box = byId("told");
	box.className = `told ${kind}`;
	box.replaceChildren(text, ...more);
	box.hidden = false;
	box.focus();
	box.scrollIntoView({ block: "nearest" });
}

function hush() {
	byId("told").hidden = true;
}

function say(text) {
	byId("status").textContent = text;
}

function thank() {
	dropDraft();
	waitsForConnection = false;
	form.hidden = true;
	byId("introduction").hidden = true;
	say("");
	tell(texts.thanks, "good", make("p", { textContent: texts.thanksMore }));
}

// ------------------------------------------------------------------ the questions

function show(page) {
	document.title = page.title;
	byId("title").textContent = page.title;
	byId("school").textContent = page.organization;
	fill("person", page.about ? texts.about.replace("{0}", page.about) : page.person);
	fill("introduction", page.introduction);
	questions = page.questions;
	const send = make("button", { type: "submit", className: "primary", textContent: texts.send });
	const erase = make("button", { type: "button", className: "plain", textContent: texts.erase });
	erase.addEventListener("click", eraseAll);
	form.replaceChildren(
		...questions.map(block),
		make("p", { className: "hint", textContent: texts.draft }),
		send,
		make("p", { className: "end" }, erase)
	);
	form.hidden = false;
	say(Object.keys(draft.answers).length ? texts.restored : "");
}

function fill(id, text) {
	byId(id).textContent = text || "";
	byId(id).hidden = !text;
}

function block(question) {
	const asked = make("span", { className: "asked" }, question.text);
	if (question.required) {
		const mark = make("span", { className: "mark", textContent: " *" });
		mark.title = texts.required;
		asked.append(mark);
	}
	const problem = make("p", { className: "problem", id: `${question.name}-problem`, hidden: true });
	if (question.kind === "Open") {
		const label = make("label", { htmlFor: question.name }, asked);
		return make("div", { className: "question", id: `${question.name}-block` }, label, open(question), problem);
	}
	const hint = hintOf(question);
	const box = make(
		"fieldset",
		{ className: "question", id: `${question.name}-block` },
		make("legend", {}, asked),
		hint && make("p", { className: "hint", id: `${question.name}-hint`, textContent: hint }),
		inputs(question),
		clearing(question),
		problem
	);
	box.setAttribute("aria-describedby", `${hint ? `${question.name}-hint ` : ""}${question.name}-problem`);
	return box;
}

function hintOf(question) {
	if (question.kind === "Scale 1-10") return texts.scale;
	if (question.most) return texts.atMost.replace("{0}", question.most);
	return ["Several Choices", "Persons"].includes(question.kind) ? texts.several : "";
}

function open(question) {
	const area = make("textarea", { id: question.name, name: question.name, maxLength: longest, rows: 3 });
	area.value = draft.answers[question.name] || "";
	area.setAttribute("aria-describedby", `${question.name}-problem`);
	if (question.required) area.setAttribute("aria-required", "true");
	return area;
}

function inputs(question) {
	if (question.kind === "Scale 1-10") {
		const numbers = Array.from({ length: highest - lowest + 1 }, (_, step) => String(lowest + step));
		return make("div", { className: "scale" }, ...numbers.map((one) => option(question, "radio", one, one, "")));
	}
	if (question.kind === "Persons" && question.most) return make("div", {}, ...preferences(question));
	const type = ["Several Choices", "Persons"].includes(question.kind) ? "checkbox" : "radio";
	return make(
		"div",
		{},
		...question.choices.map(([value, label]) => option(question, type, value, label, "choice"))
	);
}

function option(question, type, value, label, className) {
	const input = make("input", { type, name: question.name, value });
	input.checked = [].concat(draft.answers[question.name] || []).includes(value);
	return make("label", { className }, input, make("span", { textContent: label }));
}

function preferences(question) {
	const chosen = draft.answers[question.name] || [];
	return Array.from({ length: Math.min(question.most, question.choices.length) }, (_, place) => {
		const list = make("select", { name: question.name });
		list.append(new Option(`— ${texts.nobody} —`, ""));
		for (const [value, label] of question.choices) list.append(new Option(label, value));
		list.value = chosen[place] || "";
		const label = texts.preference.replace("{0}", place + 1);
		return make("label", { className: "preference" }, make("span", { textContent: label }), list);
	});
}

function clearing(question) {
	if (question.required || !["Scale 1-10", "Yes or No", "Choice"].includes(question.kind)) return null;
	const button = make("button", { type: "button", className: "plain", textContent: texts.clear });
	button.setAttribute("aria-label", `${texts.clear}: ${question.text}`);
	button.addEventListener("click", () => {
		for (const input of form.querySelectorAll(`input[name="${question.name}"]`)) input.checked = false;
		collect();
	});
	return button;
}

function collect() {
	const values = new FormData(form);
	draft.answers = {};
	for (const question of questions) {
		const given = values
			.getAll(question.name)
			.map((value) => value.trim())
			.filter(Boolean);
		if (!given.length) continue;
		const isList = ["Several Choices", "Persons"].includes(question.kind);
		draft.answers[question.name] = isList ? given : given[0];
	}
	keepDraft();
}

function eraseAll() {
	if (!window.confirm(texts.eraseQuestion)) return;
	form.reset();
	for (const input of form.querySelectorAll("input")) input.checked = false;
	for (const input of form.querySelectorAll("textarea, select")) input.value = "";
	draft.answers = {};
	dropDraft();
	say("");
}

// ------------------------------------------------------------------ sending

function problemOf(question) {
	const given = draft.answers[question.name];
	if (question.required && given === undefined) return texts.notAnswered;
	if (question.most && Array.isArray(given)) {
		if (new Set(given).size < given.length) return texts.repeated;
		if (given.length > question.most) return texts.tooMany;
	}
	return "";
}

function refuseUnanswered() {
	const links = [];
	for (const question of questions) {
		const text = problemOf(question);
		const told = byId(`${question.name}-problem`);
		told.textContent = text;
		told.hidden = !text;
		const box = byId(`${question.name}-block`);
		box.classList.toggle("wrong", Boolean(text));
		const first = box.querySelector("textarea, select, input");
		if (question.kind === "Open") first.setAttribute("aria-invalid", text ? "true" : "false");
		if (!text) continue;
		const link = make("a", { href: "#", textContent: question.text });
		link.addEventListener("click", (event) => {
			event.preventDefault(); // the address keeps the token
			first.focus();
		});
		links.push(make("li", {}, link));
	}
	if (links.length) tell(texts.missing, "bad", make("ul", {}, ...links));
	return links.length > 0;
}

async function send() {
	collect();
	hush();
	if (refuseUnanswered()) return;
	const button = form.querySelector("button[type=submit]");
	button.disabled = true;
	waitsForConnection = false;
	say(texts.sending);
	try {
		await call("submit_questionnaire", { token, submission: draft.submission, answers: draft.answers });
		thank();
	} catch (error) {
		say("");
		waitsForConnection = !(error instanceof Refused);
		tell(error instanceof Refused ? error.message : texts.kept);
	} finally {
		button.disabled = false;
	}
}

async function begin() {
	if (!token) {
		tell(texts.noToken);
		return;
	}
	hush();
	say(texts.loading);
	draft = readDraft();
	try {
		const page = await call("open_questionnaire", { token, submission: draft.submission });
		if (page.answered) thank();
		else show(page);
	} catch (error) {
		say("");
		if (error instanceof Refused) {
			tell(error.message);
			return;
		}
		const again = make("button", { type: "button", textContent: texts.tryAgain });
		again.addEventListener("click", begin);
		tell(texts.noConnection, "bad", make("p", {}, again));
	}
}

form.addEventListener("input", collect);
form.addEventListener("change", collect);
form.addEventListener("submit", (event) => {
	event.preventDefault();
	send();
});
window.addEventListener("online", () => {
	if (waitsForConnection) send();
});
window.addEventListener("hashchange", () => location.reload());
dropOldDrafts();
begin();
