"""Pages of returns: counted anew, sent, shown to the officer as reports and papers."""

import os
from types import SimpleNamespace

import frappe
import pytest

from benchless.tests.staff_pages import Browser, apart, curator, desk, director, signed_in, stored
from benchless.tests.test_desk_year import press

pytestmark = pytest.mark.skipif("NASTAVNIK_SITE" in os.environ, reason="about the pages of benchless")
__all__ = ["curator", "desk", "director", "signed_in"]  # fixtures
NEW = "/app/program-return/new"


def below_an_authority(desk: SimpleNamespace) -> None:
	def write() -> None:
		frappe.init("desk", sites_path=str(desk.folder), force=True)
		frappe.connect()
		try:
			organization = frappe.db.get_value("Mentoring Program", desk.program, "organization")
			authority = frappe.get_doc(
				{
					"doctype": "Educational Organization",
					"title": "Вымышленное управление образования",
					"organization_type": "Municipal Authority",
					"ogrn": "1020000000001",
				}
			).insert()
			school = {"parent_organization": authority.name, "ogrn": "1020000000002"}
			frappe.db.set_value("Educational Organization", organization, school)
			frappe.get_doc(
				{"doctype": "Return Partner", "organization": organization, "partner": authority.name}
			).insert()
			frappe.db.commit()
		finally:
			frappe.destroy()

	apart(write)


def test_a_return_is_made_counted_and_approved(
	desk: SimpleNamespace, curator: Browser, director: Browser
) -> None:
	below_an_authority(desk)
	organization = stored(desk, "Mentoring Program", desk.program, "organization")
	authority = stored(desk, "Educational Organization", organization, "parent_organization")
	fields = curator.form(NEW)
	given = {"period_start": "2026-09-01", "period_end": "2027-05-31"}
	answer = curator.post(NEW, **{**fields, **given, "organization": organization, "authority": authority})
	assert answer.status_code == 303, answer.get_data(as_text=True)[-3000:]
	path = answer.location.partition("?")[0]
	press(curator, path, "count_return")
	assert "Люди по целевым группам" in curator.get(path).text
	assert "mentees:in-a-pair" not in curator.get(path).text
	for browser, action in ((curator, "Send for Approval"), (director, "Approve")):
		answer = browser.post(path, **browser.form(path), do=f"workflow:{action}")
		assert answer.status_code == 303, answer.get_data(as_text=True)[-3000:]
	page = curator.get(path).text
	assert "download_return" in page
	file = curator.get(
		f"/api/method/nastavnik_app.api_authority.download_return?name={path.rpartition('/')[2]}&kind=JSON"
	)
	assert '"signature"' in file.text
