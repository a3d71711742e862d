"""What is asked at random: doors, and arguments that are right, of another school, or hostile."""

from __future__ import annotations

import inspect
import json
from dataclasses import dataclass, field
from random import Random
from typing import Any
from urllib.parse import quote

from fuzz import hostile
from fuzz.world import World
from nastavnik_app.rules.states import MACHINES
from nastavnik_app.tests.endpoints_of_ours import document_methods, endpoints

# a parameter by its name → the DocTypes whose records it takes
RECORDS = {
	"check": ["Website Check"],
	"event": ["Mentoring Event"],
	"mailing": ["Mentoring Report Mailing"],
	"meeting": ["Pair Meeting"],
	"mentee": ["Mentee"],
	"mentor": ["Mentor"],
	"order": ["Mentoring Order"],
	"organization": ["Educational Organization"],
	"pair": ["Pair"],
	"party": ["Mentor", "Mentee"],
	"plan": ["Individual Plan"],
	"program": ["Mentoring Program"],
	"questionnaire": ["Mentoring Questionnaire"],
	"request": ["Program Return Request"],
	"response": ["Mentoring Questionnaire Response"],
	"review": ["Program Review"],
	"task": ["Roadmap Task"],
	# lists of them
	"pairs": ["Pair"],
	"people": ["Mentor", "Mentee"],
	"responses": ["Mentoring Questionnaire Response"],
	"schools": ["Educational Organization"],
	"tasks": ["Roadmap Task"],
}
LISTS = ("names", "pairs", "people", "responses", "rows", "schools", "tasks", "docs", "items")
NAMES = ("name", "docname", "ref_docname", "dn", "names")
DOCTYPES = ("doctype", "ref_doctype", "dt", "party_type", "document_type", "reference_doctype")
# of the framework, open to whoever is signed in
CLIENT = (
	"get",
	"get_list",
	"get_value",
	"get_count",
	"validate_link",
	"set_value",
	"insert",
	"save",
	"submit",
)
CLIENT += ("cancel", "delete", "bulk_update")
CORE = "User,File,Comment,ToDo,Version,Deleted Document,Error Log,DocType,Report,Print Format,Role,Tag Link".split(
	","
)
CHOICES = {
	"kind": ["Personal Data Processing", "Dissemination", "JSON", "XLSX"],
	"output": ["One PDF", "ZIP of PDF", "ZIP of Word"],
	"people": ["Mentor", "Mentee"],
	"source": ["Student", "Employee", "Mentor"],
	"reason": ["Consent Withdrawn", "Purpose Achieved", "Term Ended"],
	"frequency": ["Daily", "Weekly", "Never"],
	"signed_on": ["2026-10-01"],
	"day": ["2026-10-01"],
	"order_type": ["assign-pairs", "approve-plans", "replace-mentor"],
	"template": ["regulation"],
	"add": ["Yes", "No"],
	"board_name": ["Roadmap Task", "Roadmap Tasks", "Pair"],
	"count": ["5"],
}
OPERATORS = ("=", "!=", "like", "not like", "in", "not in", ">", "<", "is", "between", "descendants of")


@dataclass
class Ask:
	"""A request of a user."""

	door: str
	user: str
	side: str
	method: str
	path: str
	sent: dict[str, Any] = field(default_factory=dict)

	@property
	def told(self) -> str:
		"""Whatever the asker has said himself, which an answer may repeat."""
		return self.path + json.dumps(self.sent, default=repr, ensure_ascii=False)


class Asker:
	"""Draws requests; the same ones for the same number on the same world."""

	def __init__(self, world: World, embedded: bool) -> None:
		self.world, self.embedded = world, embedded
		self.endpoints = {name: inspect.signature(one) for name, one in sorted(endpoints().items())}
		self.doors = {
			"endpoint": (45, self._endpoint),
			"REST list": (9, self._rest_list),
			"REST record": (13, self._rest_record),
			"report": (8, self._report),
			"link search": (5, self._link_search),
			"client": (8, self._client),
			"document method": (2, self._document_method),
			"file": (2, self._file),
			"print": (2, self._print),
			"workflow": (2, self._workflow),
			**({"page": (4, self._page)} if embedded else {"REST v2": (5, self._rest_v2)}),
		}

	def draw(self, random: Random) -> Ask:
		door = random.choices(list(self.doors), [weight for weight, _make in self.doors.values()])[0]
		side, user = self.world.visitor(random)
		ask = Ask(door, user, side, "GET", "/")
		self.doors[door][1](random, ask)
		return ask

	def doctype(self, random: Random) -> str:
		drawn = random.random()
		if drawn < 0.85:
			return random.choice(self.world.doctypes)
		return random.choice([*CORE, *self.world.tables]) if drawn < 0.96 else hostile.text(random)

	def record(self, random: Random, ask: Ask, doctypes: list[str]) -> str:
		"""A name, of the own school or of the other one."""
		drawn = random.random()
		if drawn < 0.08:
			return hostile.text(random)
		if drawn < 0.12:
			doctypes = [random.choice(self.world.doctypes)]
		side = ask.side if random.random() < 0.5 else random.choice(list(self.world.sides))
		return self.world.name_of(random, side, random.choice(doctypes))

	def _endpoint(self, random: Random, ask: Ask) -> None:
		name = random.choice(list(self.endpoints))
		self._call(random, ask, name, self._arguments(random, ask, self.endpoints[name]))

	def _call(self, random: Random, ask: Ask, name: str, arguments: dict[str, Any]) -> None:
		ask.path = f"/api/method/{name}"
		ask.method = random.choices(["POST", "GET", "PUT", "DELETE"], [70, 25, 3, 2])[0]
		if ask.method == "POST" and random.random() < 0.7:
			ask.sent = {"json": arguments}
		elif ask.method == "POST":
			ask.sent = {"data": _as_text(arguments)}
		else:
			ask.sent = {"query_string": _as_text(arguments)}

	def _arguments(self, random: Random, ask: Ask, signature: inspect.Signature) -> dict[str, Any]:
		doctype = random.choice(self.world.doctypes)
		given = {}
		for name, parameter in signature.parameters.items():
			left_out = 0.5 if parameter.default is not parameter.empty else 0.04
			if random.random() < left_out:
				continue
			given[name] = (
				hostile.value(random) if random.random() < 0.2 else self._argument(random, ask, name, doctype)
			)
		return given

	def _argument(self, random: Random, ask: Ask, name: str, doctype: str) -> Any:
		if name in DOCTYPES:
			return random.choice(["Mentor", "Mentee", doctype, doctype])
		if name in CHOICES and random.random() < 0.6:
			return random.choice(CHOICES[name])
		if name in LISTS:
			of = RECORDS.get(name, [doctype])
			names = [self.record(random, ask, of) for _one in range(random.randint(0, 3))]
			pairs = [[random.choice(of), one] for one in names]
			return random.choice([names, json.dumps(names), pairs, json.dumps(pairs)])
		if name in NAMES:
			return self.record(random, ask, [doctype])
		if name in RECORDS:
			return self.record(random, ask, RECORDS[name])
		if name in ("filters", "chart"):
			return hostile.filters(random)
		if name == "token":
			return random.choice([*self.world.tokens, "0" * 32])
		if name in ("page_len", "start", "by_mail", "ignore_user_permissions"):
			return random.randint(-1, 50)
		return hostile.value(random)

	def _rest_list(self, random: Random, ask: Ask) -> None:
		doctype = self.doctype(random)
		ask.path = f"/api/resource/{quote(doctype)}"
		fields = self.world.fields.get(doctype, ["name"])
		query = {"limit_page_length": random.choice(["0", "20", "500", "-1", "x"])}
		if random.random() < 0.7:
			chosen = [
				random.choice([*fields, "*", hostile.text(random)]) for _one in range(random.randint(1, 4))
			]
			query["fields"] = random.choice([json.dumps(chosen), json.dumps(["*"]), hostile.text(random)])
		for name in ("filters", "or_filters"):
			if random.random() < 0.5:
				query[name] = self._filters(random, ask, doctype, fields)
		if random.random() < 0.3:
			query["order_by"] = random.choice([f"{random.choice(fields)} desc", hostile.text(random)])
		if random.random() < 0.2:
			query["parent"] = random.choice(self.world.doctypes)
		if random.random() < 0.1:
			query["group_by"] = random.choice([*fields, hostile.text(random)])
		ask.sent = {"query_string": query}

	def _filters(self, random: Random, ask: Ask, doctype: str, fields: list[str]) -> str:
		if random.random() < 0.3:
			return hostile.filters(random)
		wanted = random.choice(
			[
				self.record(random, ask, [doctype]),
				"%",
				["%"],
				hostile.value(random),
				self.world.some_word(random),
			]
		)
		row = [random.choice(fields), random.choice(OPERATORS), wanted]
		return json.dumps(random.choice([[row], [[doctype, *row]], {row[0]: row[1:]}]))

	def _rest_record(self, random: Random, ask: Ask) -> None:
		doctype = self.doctype(random)
		ask.method = random.choices(["GET", "PUT", "POST", "DELETE"], [45, 30, 15, 10])[0]
		name = self.record(random, ask, [doctype])
		ask.path = f"/api/resource/{quote(doctype)}" + (
			"" if ask.method == "POST" else f"/{quote(name, safe='')}"
		)
		if ask.method in ("PUT", "POST"):
			ask.sent = {"json": self._values(random, ask, doctype)}

	def _values(self, random: Random, ask: Ask, doctype: str) -> dict[str, Any]:
		fields = self.world.fields.get(doctype, ["name"])
		values = {}
		for name in random.sample(fields, min(len(fields), random.randint(0, 5))):
			target = self.world.links.get((doctype, name))
			values[name] = self.record(random, ask, [target]) if target else hostile.value(random)
		if random.random() < 0.3 and doctype in MACHINES:
			values[MACHINES[doctype].field] = random.choice(MACHINES[doctype].states).name
		if random.random() < 0.1:
			values["docstatus"] = random.choice([0, 1, 2, "x"])
		return values

	def _rest_v2(self, random: Random, ask: Ask) -> None:
		self._rest_record(random, ask)
		ask.path = ask.path.replace("/api/resource/", "/api/v2/document/")

	def _report(self, random: Random, ask: Ask) -> None:
		filters: Any = {
			"organization": self.record(random, ask, ["Educational Organization"]),
			"program": self.record(random, ask, ["Mentoring Program"]),
		}
		for name in random.sample(self.world.report_filters, 3):
			of = RECORDS.get(name)
			filters[name] = self.record(random, ask, of) if of else hostile.value(random)
		for name in list(filters):
			if random.random() < 0.3:
				del filters[name]
		if random.random() < 0.1:
			filters = hostile.value(random)
		arguments = {"report_name": random.choice(self.world.reports), "filters": filters}
		if random.random() < 0.2:
			arguments["user"] = random.choice(["Administrator", ask.user, hostile.text(random)])
		self._call(random, ask, "frappe.desk.query_report.run", arguments)

	def _link_search(self, random: Random, ask: Ask) -> None:
		arguments = {
			"doctype": self.doctype(random),
			"txt": random.choice(["", "а", "%", self.world.some_word(random)[:3], hostile.text(random)]),
			"page_length": random.choice([10, 500, "x"]),
			"ignore_user_permissions": random.choice([0, 1]),
		}
		if random.random() < 0.5:
			arguments["filters"] = hostile.filters(random)
		if random.random() < 0.3:
			arguments["query"] = random.choice(["nastavnik_app.endpoints.search", hostile.text(random)])
		if random.random() < 0.3:
			arguments["searchfield"] = random.choice(["name", "last_name", hostile.text(random)])
		self._call(random, ask, "frappe.desk.search.search_link", arguments)

	def _client(self, random: Random, ask: Ask) -> None:
		doctype = self.doctype(random)
		name = self.record(random, ask, [doctype])
		fields = self.world.fields.get(doctype, ["name"])
		values = {**self._values(random, ask, doctype), "doctype": doctype, "name": name}
		arguments = {
			"doctype": doctype,
			"name": name,
			"docname": name,
			"doc": json.dumps(values, default=repr),
			"docs": json.dumps([{**values, "docname": name}], default=repr),
			"fieldname": random.choice([random.choice(fields), json.dumps(fields[:5]), hostile.text(random)]),
			"value": hostile.value(random),
			"filters": self._filters(random, ask, doctype, fields),
			"fields": json.dumps(random.sample(fields, min(3, len(fields)))),
		}
		for one in list(arguments):
			if random.random() < 0.15:
				del arguments[one]
		self._call(random, ask, f"frappe.client.{random.choice(CLIENT)}", arguments)

	def _document_method(self, random: Random, ask: Ask) -> None:
		doctype, method = random.choice(document_methods())
		ask.method = random.choice(["POST", "GET"])
		ask.path = f"/api/resource/{quote(doctype)}/{quote(self.record(random, ask, [doctype]), safe='')}"
		ask.sent = {
			"query_string": {"run_method": random.choice([method, method, "db_set", hostile.text(random)])}
		}

	def _file(self, random: Random, ask: Ask) -> None:
		path = random.choice(self.world.files)
		if random.random() < 0.2:
			path = random.choice(
				[path.replace("/private", ""), f"/private/files/../{path}", "/private/files/x", path + "x"]
			)
		ask.path = quote(path)

	def _print(self, random: Random, ask: Ask) -> None:
		doctype = random.choice(self.world.doctypes)
		arguments = {"doctype": doctype, "name": self.record(random, ask, [doctype])}
		if random.random() < 0.6:
			arguments["print_format"] = random.choice(
				[*self.world.formats.get(doctype, ["x"]), hostile.text(random)]
			)
		self._call(random, ask, "nastavnik_app.api.download_word", arguments)
		ask.method, ask.sent = "GET", {"query_string": _as_text(arguments)}

	def _workflow(self, random: Random, ask: Ask) -> None:
		machine = MACHINES[random.choice([one for one in MACHINES if one in self.world.doctypes])]
		values = {"doctype": machine.doctype, "name": self.record(random, ask, [machine.doctype])}
		action = random.choice([*(edge.action for edge in machine.edges), hostile.text(random)])
		if random.random() < 0.3:
			values[machine.field] = random.choice(machine.states).name
		self._call(
			random, ask, "frappe.model.workflow.apply_workflow", {"doc": json.dumps(values), "action": action}
		)

	def _page(self, random: Random, ask: Ask) -> None:
		from benchless.desk.action_table import ACTIONS
		from benchless.desk.pages import report_url, slug_of, url

		doctype = random.choice(self.world.doctypes)
		fields = self.world.fields[doctype]
		name = self.record(random, ask, [doctype])
		query = {
			random.choice([*fields, "q", "sort", "page", "name"]): random.choice(
				[name, hostile.text(random), json.dumps(["in", [name]]), f"{random.choice(fields)} asc"]
			)
		}
		slug = f"/app/{slug_of(doctype)}"
		ask.path = random.choice(
			[
				slug,
				f"{slug}/export.{random.choice(['csv', 'xlsx'])}",
				f"{slug}/new",
				url(doctype, name or "x"),
				f"{slug}/action/{random.choice(list(ACTIONS))}",
				f"{report_url(random.choice(self.world.reports))}",
				f"{report_url(random.choice(self.world.reports))}/xlsx",
				"/app/search-link",
				"/app/digest",
				"/app",
				"/anketa",
				"/nastavnichestvo",
			]
		)
		ask.sent = {"query_string": {**query, "doctype": doctype, "txt": hostile.text(random), "name": name}}
		if random.random() < 0.3:
			ask.method = "POST"
			form = {key: str(one) for key, one in self._values(random, ask, doctype).items()}
			verb = random.choice(
				["save", "delete", "workflow:Sign", "method:create_tasks", hostile.text(random)]
			)
			ask.sent = {"data": {**form, "do": verb, "name": name}}


def _as_text(arguments: dict[str, Any]) -> dict[str, str]:
	"""As an address or a form carries them."""
	return {
		name: one if isinstance(one, str) else json.dumps(one)
		for name, one in arguments.items()
		if one is not None
	}
