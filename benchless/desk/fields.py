"""The form of a DocType: sections, columns and fields as its definition lays them out, and what is typed into them."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import chain
from typing import Any

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import cint, cstr
from werkzeug.wrappers import Request

from benchless.desk import files, nastavnik
from benchless.desk.links import Titles, resolve, target_of, titles_of
from benchless.desk.values import Shown, label_of, shown

AREAS = {"Small Text": 3, "Text": 4, "Long Text": 6}  # rows of the input
_CONDITION = re.compile(r"""^eval:\s*doc\.(\w+)\s*===?\s*(?:"([^"]*)"|'([^']*)'|(\d+))\s*$""")


@dataclass
class Condition:
	"""`eval:doc.<field> == <value>`, the one form of `depends_on` that is within the contract."""

	field: str
	value: str

	@classmethod
	def read(cls, text: str | None) -> Condition | None:
		if not text:
			return None
		found = _CONDITION.match(text)
		if not found:
			raise NotImplementedError(f"depends_on {text!r} is outside the contract of benchless")
		return cls(found[1], next(one for one in found.groups()[1:] if one is not None))

	def holds(self, doc: Any) -> bool:
		return cstr(doc.get(self.field)) == self.value


@dataclass
class Input:
	"""A field of a form with its present value. `name` is the input's name; rows of tables carry a prefix."""

	df: Any
	name: str
	label: str
	value: Any
	shown: Shown
	editable: bool
	required: bool
	target: str | None = None
	depends: Condition | None = None
	required_if: Condition | None = None
	visible: bool = True
	table: Table | None = None
	doubts: list[dict[str, Any]] = field(default_factory=list)

	@property
	def kind(self) -> str:
		return self.df.fieldtype

	@property
	def dynamic(self) -> bool:
		return self.kind == "Dynamic Link" and self.editable

	@property
	def rows(self) -> int:
		return AREAS.get(self.kind, 0)

	@property
	def description(self) -> str:
		return _(self.df.description, context=self.df.parent) if self.df.description else ""

	@property
	def options(self) -> list[tuple[str, str]]:
		return [(one, _(one)) for one in (self.df.options or "").split("\n")]


@dataclass
class Row:
	name: str
	prefix: str
	main: list[Input]
	more: list[Input]
	doubts: list[dict[str, Any]]  # about the row as a whole


@dataclass
class Table:
	"""A child table: headings, rows, and an empty row to copy where rows may be added. `is_open` when any column
	may be changed."""

	fieldname: str
	is_open: bool
	headings: list[tuple[str, bool]]
	rows: list[Row]
	blank: Row | None
	has_more: bool


@dataclass
class Section:
	"""A part of a form: blocks of columns, each block between two tables."""

	label: str = ""
	description: str = ""
	collapsed: bool = False
	depends: Condition | None = None
	visible: bool = True
	blocks: list[list[list[Input]]] = field(default_factory=lambda: [[[]]])

	@property
	def is_empty(self) -> bool:
		return not any(inputs for block in self.blocks for inputs in block)


class Openness:
	"""Which fields of a document its reader may change now."""

	def __init__(self, doc: Document) -> None:
		self.doc = doc
		# a new record has no school yet that could be asked for
		self.may_write = (
			frappe.has_permission(doc.doctype, "create") if doc.is_new() else doc.has_permission("write")
		)
		self.narrowed = nastavnik.open_fields(doc)

	def field(self, df: Any) -> bool:
		if not self.may_write or df.read_only or df.hidden:
			return False
		if df.set_only_once and not self.doc.is_new() and self.doc.get(df.fieldname):
			return False
		if self.doc.docstatus == 2 or (self.doc.docstatus == 1 and not df.allow_on_submit):
			return False
		return self.narrowed is None or df.fieldname in self.narrowed

	def column(self, table: Any, df: Any) -> bool:
		"""A column of a child table; rows are added and removed where the table itself is open."""
		if not self.may_write or df.read_only or df.hidden or self.doc.docstatus == 2:
			return False
		if self.doc.docstatus == 1 and not (table.allow_on_submit and df.allow_on_submit):
			return False
		return self.field(table) or (
			self.narrowed is not None and f"{table.fieldname}.{df.fieldname}" in self.narrowed
		)


class Form:
	"""A document laid out as its DocType says."""

	def __init__(self, doc: Document) -> None:
		self.doc, self.open = doc, Openness(doc)
		self.titles = titles_of([doc], doc.meta.fields)
		for table in doc.meta.get_table_fields():
			self.titles |= titles_of(doc.get(table.fieldname), frappe.get_meta(table.options).fields)

	def sections(self) -> list[Section]:
		out = [Section()]
		for df in self.doc.meta.fields:
			if df.fieldtype in ("Section Break", "Tab Break"):
				out.append(self._section(df))
			elif df.fieldtype == "Column Break":
				out[-1].blocks[-1].append([])
			elif not df.hidden:
				self._add(out[-1], df)
		return [section for section in out if not section.is_empty]

	def inputs(self) -> Iterator[Input]:
		"""All inputs that are shown, those of rows of tables too."""
		for section in self.sections():
			for one in chain.from_iterable(chain.from_iterable(section.blocks)):
				if section.visible and one.visible:
					yield one
					for row in one.table.rows if one.table else ():
						yield from (*row.main, *row.more)

	def _section(self, df: Any) -> Section:
		depends = Condition.read(df.depends_on)
		label = label_of(df, self.doc.doctype) if df.label else ""
		hint = _(df.description) if df.description else ""
		return Section(label, hint, bool(df.collapsible), depends, not depends or depends.holds(self.doc))

	def _add(self, section: Section, df: Any) -> None:
		if df.fieldtype == "Table":
			table = self._table(df)
			if table.rows or table.blank:
				one = self._input(self.doc, df, df.fieldname, bool(table.blank), self.titles)
				one.table = table
				section.blocks += [[[one]], [[]]]
			return
		one = self._input(self.doc, df, df.fieldname, self.open.field(df), self.titles)
		is_unticked = df.fieldtype == "Check" and not cint(one.value)
		if one.editable or (one.shown.text and not is_unticked):
			section.blocks[-1][-1].append(one)

	def _input(self, row: Any, df: Any, name: str, editable: bool, titles: Titles) -> Input:
		depends, required_if = Condition.read(df.depends_on), Condition.read(df.mandatory_depends_on)
		return Input(
			df=df,
			name=name,
			label=label_of(df, df.parent),
			value=_typed_back(df, row.get(df.fieldname)),
			shown=_shown(df, row, titles, editable),
			editable=editable,
			required=bool(df.reqd) or bool(required_if and required_if.holds(row)),
			target=target_of(df, row) if df.fieldtype in ("Link", "Dynamic Link") else None,
			depends=depends,
			required_if=required_if,
			visible=not depends or depends.holds(row),
			doubts=nastavnik.doubts_of(row, df.fieldname),
		)

	def _table(self, table: Any) -> Table:
		columns = [df for df in frappe.get_meta(table.options).fields if not df.hidden and _holds_value(df)]
		main = [df for df in columns if df.in_list_view] or columns
		more = [df for df in columns if df not in main]
		rows = self.doc.get(table.fieldname)
		blank = frappe.get_doc({"doctype": table.options}) if self.open.field(table) else None
		return Table(
			table.fieldname,
			any(self.open.column(table, df) for df in columns),
			[(label_of(df, table.options), bool(df.reqd and blank)) for df in main],
			[self._row(table, row, number, main, more) for number, row in enumerate(rows)],
			self._row(table, blank, "NEW", main, more) if blank else None,
			bool(more),
		)

	def _row(self, table: Any, row: Any, number: Any, main: list[Any], more: list[Any]) -> Row:
		prefix = f"{table.fieldname}:{number}:"

		def inputs(columns: list[Any]) -> list[Input]:
			return [
				self._input(row, df, prefix + df.fieldname, self.open.column(table, df), self.titles)
				for df in columns
			]

		stored = "" if row.is_new() else cstr(row.name)
		return Row(stored, prefix, inputs(main), inputs(more), nastavnik.doubts_of(row))


def _shown(df: Any, row: Any, titles: Titles, editable: bool) -> Shown:
	# what was refused may be no date at all: it goes back into its input as it was typed
	is_input = editable and df.fieldtype not in ("Link", "Dynamic Link", "Attach")
	return Shown("") if is_input or df.fieldtype == "Table" else shown(df, row, titles)


def _holds_value(df: Any) -> bool:
	return df.fieldtype not in ("Section Break", "Column Break", "Tab Break", "Table", "HTML", "Button")


def _typed_back(df: Any, value: Any) -> Any:
	"""A value as an input takes it."""
	if df.fieldtype == "Datetime" and isinstance(value, datetime.datetime):
		return value.strftime("%Y-%m-%dT%H:%M")
	if df.fieldtype in ("Float", "Percent", "Currency") and value is not None:
		return f"{value:.10g}" if isinstance(value, float) else value
	return "" if value is None else value


def fill(doc: Document, request: Request, again: bool = False) -> bool:
	"""Sets what the form brings, in the fields that are open; whether that changes anything. `again` is for a form
	that was refused: its texts come back as they are, its files are left."""
	is_open, changed = Openness(doc), False
	for df in doc.meta.fields:
		if df.fieldtype == "Table":
			changed |= _fill_table(doc, df, request, is_open, again)
		elif is_open.field(df):
			changed |= _fill_field(doc, df, df.fieldname, request, again)
	return changed


def _fill_field(row: Any, df: Any, name: str, request: Request, again: bool) -> bool:
	form, before = request.form, row.get(df.fieldname)
	if df.fieldtype == "Attach":
		return not again and _fill_file(row, df, name, request)
	if name not in form:
		return False
	value: Any = form.getlist(name)[-1].replace("\r\n", "\n")
	if df.fieldtype == "Check":
		value = cint(value)
	elif df.fieldtype in ("Link", "Dynamic Link"):
		text = form.get(f"{name}.text")
		value = value or (text if again else _chosen(row, df, text))
	elif df.fieldtype not in AREAS:
		value = value.strip()
	if cstr(_typed_back(df, before)) == cstr(value) or (not before and value in ("", "0")):
		return False
	row.set(df.fieldname, value or (0 if df.fieldtype == "Check" else None))
	return True


def _chosen(row: Any, df: Any, text: str | None) -> str:
	"""The record whose title was typed whole, without choosing it from the list."""
	if not (text or "").strip():
		return ""
	target = target_of(df, row)
	found = resolve(target, text.strip()) if target else None
	if not found:
		label = label_of(df, df.parent)
		frappe.throw(
			_("{0}: “{1}” is not in the list. Type a part of it and choose.").format(label, text.strip())
		)
	return found


def _fill_file(row: Any, df: Any, name: str, request: Request) -> bool:
	upload = request.files.get(name)
	if upload and upload.filename:
		about = (None, None) if row.is_new() else (row.doctype, row.name)
		row.set(df.fieldname, files.keep(upload, *about, df.fieldname))
		return True
	if request.form.get(f"{name}.remove") and row.get(df.fieldname):
		row.set(df.fieldname, None)
		return True
	return False


def _fill_table(doc: Document, table: Any, request: Request, is_open: Openness, again: bool) -> bool:
	columns = [
		df for df in frappe.get_meta(table.options).fields if _holds_value(df) and is_open.column(table, df)
	]
	if f"{table.fieldname}:" not in request.form or not columns:
		return False
	before = list(doc.get(table.fieldname))
	stored = {row.name: row for row in before if row.name}
	rows, changed = [], False
	for prefix in _rows_in(request, table.fieldname):
		row = stored.get(request.form.get(prefix + "name"))
		if not row and is_open.field(table):
			row = doc.append(table.fieldname, {})
		if row:
			touched = any([_fill_field(row, df, prefix + df.fieldname, request, again) for df in columns])
			if touched or row in before:
				rows.append(row)
			changed |= touched
	if not is_open.field(table):
		return changed
	for row in rows:
		row.idx = None
	doc.set(table.fieldname, rows)
	return changed or rows != before


def _rows_in(request: Request, table: str) -> Iterator[str]:
	"""`rows:0:`, `rows:3:`, … in the order of the page."""
	pattern = re.compile(rf"^({re.escape(table)}:\d+:)name$")
	for key in request.form:
		if found := pattern.match(key):
			yield found[1]
