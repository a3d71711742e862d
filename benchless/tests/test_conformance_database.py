"""Reading and writing without documents: filters, the query builder, transactions."""

import datetime

import frappe
import pytest
from frappe.query_builder.functions import Count, Max, Sum
from pypika.terms import Parameter


@pytest.fixture
def todos() -> list[str]:
	"""Three tasks: one without a date, one closed."""
	rows = (("Ёлка", None, "Open"), ("берёза", "2024-02-01", "Open"), ("Дуб", "2024-03-01", "Closed"))
	frappe.db.delete("ToDo")
	names = []
	for text, day, status in rows:
		todo = frappe.get_doc({"doctype": "ToDo", "description": text, "status": status}).insert()
		frappe.db.set_value("ToDo", todo.name, "date", day)
		names.append(todo.name)
	return names


def texts(**arguments: object) -> list[str]:
	rows = frappe.get_all("ToDo", pluck="description", order_by="creation asc", **arguments)
	return [frappe.utils.strip_html(text) for text in rows]


@pytest.mark.parametrize(
	("filters", "expected"),
	[
		({"status": "open"}, ["Ёлка", "берёза"]),
		({"status": ["!=", "Open"]}, ["Дуб"]),
		({"status": ["in", ["Open", "Closed"]]}, ["Ёлка", "берёза", "Дуб"]),
		({"status": ["not in", ["Open"]]}, ["Дуб"]),
		({"description": ["like", "%ЕЛ%"]}, ["Ёлка"]),
		({"description": ["like", "%ер_з%"]}, ["берёза"]),
		({"description": ["like", "%\\%%"]}, []),
		({"description": ["not like", "%у%б%"]}, ["Ёлка", "берёза"]),
		({"date": ["is", "set"]}, ["берёза", "Дуб"]),
		({"date": ["is", "not set"]}, ["Ёлка"]),
		({"date": [">", "2024-02-01"]}, ["Дуб"]),
		({"date": ["<", "2024-03-01"]}, ["Ёлка", "берёза"]),  # an empty date counts as the first of all
		([["date", ">=", datetime.date(2024, 2, 1)], ["ToDo", "status", "=", "Closed"]], ["Дуб"]),
		({"color": ["!=", "#fff"]}, ["Ёлка", "берёза", "Дуб"]),  # an empty column is not equal to anything
	],
)
def test_filters(todos: list[str], filters: object, expected: list[str]) -> None:
	assert texts(filters=filters) == expected


def test_texts_are_sorted_without_case(todos: list[str]) -> None:
	rows = frappe.get_all("ToDo", pluck="description", order_by="description asc")
	assert [frappe.utils.strip_html(text) for text in rows] == ["берёза", "Дуб", "Ёлка"]
	assert frappe.get_all("ToDo", pluck="date", order_by="date asc")[0] is None


def test_lists_in_other_shapes(todos: list[str]) -> None:
	assert texts(or_filters={"date": "2024-02-01", "status": "Closed"}) == ["берёза", "Дуб"]
	assert texts(limit=1, start=1) == ["берёза"]
	assert frappe.get_all("ToDo", filters={"name": todos[1]}, fields=["name", "date"]) == [
		{"name": todos[1], "date": datetime.date(2024, 2, 1)}
	]
	assert list(frappe.get_all("ToDo", filters={"name": todos[0]}, as_list=True)) == [(todos[0],)]
	assert frappe.get_list("ToDo", filters={"status": "Open"}, pluck="name", order_by="date desc") == [
		todos[1],
		todos[0],
	]
	assert set(frappe.get_all("ToDo", distinct=True, order_by="status", pluck="status")) == {"Closed", "Open"}


def test_values(todos: list[str]) -> None:
	assert frappe.db.get_value("ToDo", todos[1], ["status", "date"]) == ("Open", datetime.date(2024, 2, 1))
	assert frappe.db.get_value("ToDo", {"status": "Closed"}, "name") == todos[2]
	assert frappe.db.get_value("ToDo", todos[0], ["status"], as_dict=True, for_update=True) == {
		"status": "Open"
	}
	assert frappe.db.get_value("ToDo", {"color": ["!=", "#fff"]}, "name") is None  # as SQL says, unlike lists
	assert len(frappe.db.get_values("ToDo", {"status": "Open"}, "name")) == 2
	assert frappe.db.count("ToDo", {"status": "Open"}) == 2
	frappe.db.set_value("ToDo", todos[0], {"status": "Cancelled", "priority": "High"})
	assert frappe.db.get_value("ToDo", todos[0], ["status", "priority"]) == ("Cancelled", "High")
	frappe.db.delete("ToDo", {"name": todos[0]})
	assert not frappe.db.exists("ToDo", {"name": todos[0]})
	assert frappe.db.table_exists("ToDo") and not frappe.db.table_exists("Never Heard Of")


def test_tables_and_their_columns() -> None:
	assert {"tabToDo", "tabSingles", "__Auth"} <= set(frappe.db.get_tables(cached=False))
	columns = {row["name"]: row["type"] for row in frappe.db.get_table_columns_description("tabToDo")}
	assert {"name", "owner", "description", "date"} <= set(columns)
	assert "text" in columns["description"] and "text" not in columns["idx"]


def test_rows_that_are_there_get_the_default_of_a_new_column(order_type: str) -> None:
	item = frappe.get_doc(doctype="Conformance Item", title="Older").insert()
	fields = (("mood", "Select", "Merry"), ("stars", "Int", "3"), ("added", "Date", "Today"))
	doctype = frappe.get_doc("DocType", "Conformance Item")
	for name, kind, default in fields:
		options = "Calm\nMerry" if kind == "Select" else None
		field = {"fieldname": name, "label": name.title(), "fieldtype": kind, "default": default}
		doctype.append("fields", {**field, "options": options})
	doctype.save()
	try:
		names = [name for name, _kind, _default in fields]
		assert frappe.db.get_value("Conformance Item", item.name, names) == ("Merry", 3, None)
	finally:
		doctype.reload()
		doctype.fields = [field for field in doctype.fields if field.fieldname not in names]
		doctype.save()
		frappe.delete_doc("Conformance Item", item.name)
		frappe.db.commit()


def test_query_builder(todos: list[str]) -> None:
	todo = frappe.qb.DocType("ToDo")
	rows = (
		frappe.qb.from_(todo)
		.select(todo.status, Count("*").as_("n"), Max(todo.date).as_("last"))
		.where(todo.description.like("%е%") | (todo.date >= datetime.date(2024, 3, 1)))
		.groupby(todo.status)
		.orderby(todo.status)
		.run(as_dict=True)
	)
	assert rows == [
		{"status": "Closed", "n": 1, "last": datetime.date(2024, 3, 1)},
		{"status": "Open", "n": 2, "last": datetime.date(2024, 2, 1)},
	]
	frappe.qb.update(todo).set(todo.priority, "Low").where(todo.name == todos[0]).run()
	assert frappe.qb.from_(todo).select(todo.priority).where(todo.name == todos[0]).run() in (
		(("Low",),),
		[("Low",)],
		[["Low"]],
	)
	locked = frappe.qb.from_(todo).select(todo.name).where(todo.status == "Closed").for_update()
	assert locked.run(pluck=True) == [todos[2]]
	assert frappe.qb.from_(todo).select(Sum(todo.idx)).run()[0][0] == 0


def test_many_rows_at_once(todos: list[str]) -> None:
	names = [frappe.generate_hash(length=10) for _number in range(3)]
	rows = [(name, "Много сразу", number) for number, name in enumerate(names)]
	frappe.db.bulk_insert("ToDo", ["name", "description", "idx"], rows)
	found = frappe.get_all("ToDo", filters={"description": "Много сразу"}, pluck="name", order_by="idx asc")
	assert found == names


def test_a_statement_for_many_rows_is_rendered_once(todos: list[str]) -> None:
	names = [frappe.generate_hash(length=10) for _number in range(3)]
	marks = (Parameter("%s"),) * 3
	statement = frappe.qb.into(frappe.qb.DocType("ToDo")).columns("name", "description", "idx")
	values = [value for number, name in enumerate(names) for value in (name, "С 'кавычкой' и 5 %", number)]
	frappe.db.sql(str(statement.insert(*(marks for _name in names))), tuple(values))
	found = frappe.get_all("ToDo", {"description": "С 'кавычкой' и 5 %"}, pluck="name", order_by="idx asc")
	assert found == names


def test_savepoints(todos: list[str]) -> None:
	frappe.db.savepoint("here")
	frappe.db.delete("ToDo")
	frappe.db.rollback(save_point="here")
	assert frappe.db.count("ToDo") == 3


def test_commit_runs_what_waits_for_it() -> None:
	seen: list[str] = []
	frappe.db.after_commit.add(lambda: seen.append("lost"))
	frappe.db.rollback()
	frappe.db.after_commit.add(lambda: seen.append("kept"))
	frappe.db.commit()
	assert seen == ["kept"]


def test_apps_hooks_and_meta() -> None:
	frappe.clear_cache()
	assert "frappe" in frappe.get_installed_apps()
	assert isinstance(frappe.get_hooks("doc_events"), list | dict)
	assert frappe.get_meta("ToDo").get_field("date").fieldtype == "Date"
	assert frappe.get_meta("ToDo").has_field("status") and not frappe.get_meta("ToDo").has_field("nothing")
