"""Documents: what a save checks, in which order, and what it leaves in the database."""

import datetime

import frappe
import pytest
from frappe import _, _dict
from frappe.model.document import Document
from frappe.utils import add_days, getdate, nowdate


def make_item(title: str = "Ёлка", **values: object) -> Document:
	return frappe.get_doc({"doctype": "Conformance Item", "title": title, **values}).insert()


def make_order(order_type: str, **values: object) -> Document:
	return frappe.get_doc({"doctype": order_type, "subject": "Заказ", **values}).insert()


def test_defaults_and_names(order_type: str) -> None:
	order = make_order(order_type)
	assert order.day in (nowdate(), getdate()) and order.kind == "Plain" and order.docstatus == 0
	assert not order.is_new() and len(order.name) == 10
	assert make_item().name == "Ёлка"
	assert frappe.new_doc(order_type).is_new()
	assert isinstance(frappe.get_doc(order_type, order.name).day, datetime.date)


def test_values_are_checked(order_type: str) -> None:
	with pytest.raises(frappe.MandatoryError, match="subject"):
		frappe.get_doc({"doctype": order_type}).insert()
	for wrong in ({"kind": "Odd"}, {"count": -1}, {"subject": "а" * 141}):
		with pytest.raises(frappe.ValidationError):
			make_order(order_type, **wrong)
	with pytest.raises(frappe.LinkValidationError, match="Нет такого"):
		make_order(order_type, item="Нет такого")


def test_unique_and_duplicate_names(order_type: str) -> None:
	make_item("Ёлка", code="А1")
	with pytest.raises(frappe.UniqueValidationError):
		make_item("Сосна", code="а1")
	with pytest.raises(frappe.DuplicateEntryError):
		make_item("ёлка")
	assert frappe.db.exists("Conformance Item", "елка")
	make_item("Ель")
	make_item("Пихта")  # an empty unique field is no duplicate


def test_child_rows_follow_their_document(order_type: str) -> None:
	make_item("Ёлка", price=3.5)
	make_item("Сосна")
	order = make_order(order_type, rows=[{"item": "ЁЛКА"}])
	assert (order.rows[0].item, order.rows[0].price, order.rows[0].idx) == ("Ёлка", 3.5, 1)
	order.append("rows", {"item": "Сосна"})
	order.save()
	order.remove(order.rows[0])
	order.save()
	order.reload()
	assert [(row.item, row.idx) for row in order.rows] == [("Сосна", 1)]
	assert frappe.db.count("Conformance Row", {"parent": order.name}) == 1


def test_life_of_a_submitted_document(order_type: str) -> None:
	order = make_order(order_type, state="new")
	order.submit()
	order.state = "sent"
	order.save()
	order.subject = "Другой"
	with pytest.raises(frappe.UpdateAfterSubmitError):
		order.save()
	order.reload()
	with pytest.raises(frappe.ValidationError):
		order.delete()
	order.docstatus = 0
	with pytest.raises(frappe.DocstatusTransitionError):
		order.save()
	order.reload()
	order.cancel()
	with pytest.raises(frappe.ValidationError):
		order.save()
	assert order.docstatus == 2 and issubclass(frappe.CancelledLinkError, frappe.LinkValidationError)


def test_stale_copies_and_constants_are_refused(order_type: str) -> None:
	first = make_order(order_type, secret="а", state="new")
	second = frappe.get_doc(order_type, first.name)
	second.state = "sent"
	second.save()
	assert second.get_doc_before_save().state == "new"
	assert second.has_value_changed("state") and not second.has_value_changed("subject")
	with pytest.raises(frappe.TimestampMismatchError):
		first.save()
	second.secret = "б"
	with pytest.raises(frappe.CannotChangeConstantError):
		second.save()


def test_db_set_writes_at_once(order_type: str) -> None:
	order = make_order(order_type)
	order.db_set("state", "direct")
	assert frappe.db.get_value(order_type, order.name, "state") == "direct"
	order.db_set({"state": "again", "count": 4}, update_modified=False)
	assert frappe.get_doc(order_type, order.name).as_dict().count == 4


def test_linked_documents_are_not_deleted(order_type: str) -> None:
	order = make_order(order_type, rows=[{"item": make_item().name}])
	with pytest.raises(frappe.LinkExistsError):
		frappe.delete_doc("Conformance Item", "Ёлка")
	order.delete()
	frappe.delete_doc("Conformance Item", "Ёлка")
	assert not frappe.db.exists("Conformance Item", "Ёлка")
	with pytest.raises(frappe.ValidationError):
		frappe.rename_doc(order_type, make_order(order_type).name, "другое имя")


def test_missing_documents(order_type: str) -> None:
	with pytest.raises(frappe.DoesNotExistError):
		frappe.get_doc(order_type, "нет такого")
	assert frappe.db.exists(order_type, "нет такого") is None
	assert frappe.get_cached_value(order_type, "нет такого", "subject") is None
	assert frappe.db.get_value(order_type, "нет такого", ["subject", "state"]) is None


def test_history_and_cache_follow_a_save(order_type: str) -> None:
	order = make_order(order_type, day=nowdate())
	assert frappe.get_cached_doc(order_type, order.name).subject == "Заказ"
	order.subject, order.day = "Иной", add_days(nowdate(), 1)
	order.save(ignore_version=False)
	assert frappe.get_cached_value(order_type, order.name, "subject") == "Иной"
	version = frappe.get_doc("Version", {"ref_doctype": order_type, "docname": order.name})
	assert {"day", "subject"} <= {change[0] for change in frappe.parse_json(version.data)["changed"]}
	order.add_comment("Comment", "Сказано")
	assert frappe.db.get_value("Comment", {"reference_name": order.name}, "content") == "Сказано"
	assert order.run_method("get_title") == order.get_title()


def test_numbers_that_nobody_gave(order_type: str) -> None:
	order = make_order(order_type)
	assert order.count is None and make_item().price is None  # until they are read back
	assert frappe.get_doc(order_type, order.name).count == 0
	with pytest.raises(Exception, match=r"(?i)null"):
		frappe.db.set_value(order_type, order.name, "count", None)


def test_a_check_of_a_single_that_is_not_stored_is_off() -> None:
	known = {"doctype": "System Settings", "field": "allow_guests_to_upload_files"}
	frappe.db.delete("Singles", known)
	settings = frappe.get_single("System Settings")
	assert settings.allow_guests_to_upload_files == 0


def test_singles_and_small_things() -> None:
	frappe.db.set_single_value("System Settings", "float_precision", "4")
	assert str(frappe.db.get_single_value("System Settings", "float_precision")) == "4"
	assert str(frappe.get_single("System Settings").float_precision) == "4"
	assert _dict(a=1).a == 1 and _dict().nothing is None
	assert _("not a message of any app") == "not a message of any app"
	assert frappe.parse_json(frappe.as_json({"day": getdate("2024-02-01")})) == {"day": "2024-02-01"}
	assert len(frappe.generate_hash(length=12)) == 12
	assert frappe.get_attr("frappe.utils.cint")("7") == 7
	assert frappe.call(lambda a: a, a=1, b=2) == 1
	assert frappe.safe_eval("doc.count > 1", None, {"doc": _dict(count=2)})


def test_a_password_is_kept_beside_the_record(order_type: str) -> None:
	order = make_order(order_type, pass_phrase="слово")
	assert order.pass_phrase == "*****" == frappe.get_doc(order_type, order.name).pass_phrase
	stored = frappe.get_doc(order_type, order.name)
	stored.subject = "Другой заказ"
	stored.save()
	assert stored.get_password("pass_phrase") == "слово"
	stored.pass_phrase = ""
	stored.save()
	assert stored.get_password("pass_phrase", raise_exception=False) is None
	with pytest.raises(frappe.AuthenticationError):
		stored.get_password("pass_phrase")
