"""Who sees which record. DocType permissions say what a role may do; this narrows it by organization and person.

Everything asks here: lists, forms, link search, reports, endpoints and jobs. Deny by default.
"""

from __future__ import annotations

import frappe
from frappe.model.document import Document
from frappe.utils import getdate
from pypika.queries import QueryBuilder
from pypika.terms import Criterion, LiteralValue

from nastavnik_app.arguments import refuse_other_values
from nastavnik_app.privacy import access_log
from nastavnik_app.rules.scope import (
	GIVEN_DOWN,
	PEOPLE,
	REFERENCES,
	SCOPE_FIELD,
	SHARED,
	WRITTEN_BY_MENTORS,
)
from nastavnik_app.rules.states import ARRIVED_RETURNS, CURATOR, DIRECTOR, OFFICER, PARTICIPANT, ROLES

# Never false, but NULL: the framework writes `field between 'x' and (condition)` where the caller's filter has one
# bound, and any bound but NULL would let rows through.
NOTHING, OR_NULL = "null", " or null"

READING = ("read", "select", "print")
STAFF_ROLES = frozenset(
	("Mentoring Director", "Mentoring Curator", "Mentoring Methodist", "Mentoring Specialist", OFFICER)
)


def has_role() -> bool:
	"""Whether the reader works in the program at all, and is shown the door to it."""
	return not {*ROLES, "System Manager"}.isdisjoint(frappe.get_roles())


def sees_everything(user: str) -> bool:
	"""Administrator and system managers, who set the site up."""
	return user == "Administrator" or "System Manager" in frappe.get_roles(user)


def organizations_of(user: str) -> set[str]:
	"""Names of the organizations whose records a member of staff sees: as director, as acting director on these
	days, or as a member. Without a staff role there are none."""
	if not STAFF_ROLES & set(frappe.get_roles(user)):
		return set()
	found = set(frappe.get_all("Educational Organization", filters={"director": user}, pluck="name"))
	today = getdate()
	found.update(
		frappe.get_all(
			"Acting Director",
			filters={"user": user, "from_date": ["<=", today], "to_date": [">=", today]},
			pluck="parent",
		)
	)
	found.update(frappe.get_all("Mentoring Organization Member", filters={"user": user}, pluck="parent"))
	return found


def subordinates_of(organizations: set[str]) -> set[str]:
	"""Organizations directly below: schools of an authority, branches of a school."""
	if not organizations:
		return set()
	return set(
		frappe.get_all(
			"Educational Organization", filters={"parent_organization": ["in", organizations]}, pluck="name"
		)
	)


def above(organizations: set[str]) -> set[str]:
	"""The organizations over these, at any remove: what they give down is read here."""
	found, below = set(), organizations
	while below:
		of_these = {"name": ["in", sorted(below)], "parent_organization": ["is", "set"]}
		over = set(frappe.get_all("Educational Organization", filters=of_these, pluck="parent_organization"))
		below = over - found
		found |= over
	return found


def neighbours_of(organizations: set[str]) -> set[str]:
	"""Organizations of the same authority: a pair between schools is made with one of them. Their titles are known
	to each other, their records are not."""
	if not organizations:
		return set()
	of_reader = {"name": ["in", sorted(organizations)], "parent_organization": ["is", "set"]}
	authorities = set(
		frappe.get_all("Educational Organization", filters=of_reader, pluck="parent_organization")
	)
	return subordinates_of(authorities) - organizations


def may_name(doctype: str | None, name: str | None) -> bool:
	"""Whether the session's user may choose a record in a link, and read its title there: besides own records, the
	organizations of the same authority, and those above."""
	if may("read", doctype, name):
		return True
	own = organizations_of(frappe.session.user)
	return doctype == "Educational Organization" and name in neighbours_of(own) | above(own)


def own_records_of(user: str, doctype: str) -> set[str]:
	"""Names of the records that a participant sees: the own consents, pairs and their plans, the signed orders that
	ask for an acknowledgement, never a person's file, which a joined field of a list would lay open whole."""
	if PARTICIPANT not in frappe.get_roles(user):
		return set()
	mentors = frappe.get_all("Mentor", filters={"user": user}, pluck="name")
	mentees = frappe.get_all("Mentee", filters={"user": user}, pluck="name")
	if doctype == "Consent":
		return set(
			frappe.get_all("Consent", filters={"party": ["in", [*mentors, *mentees, ""]]}, pluck="name")
		)
	if doctype == "Mentoring Order":
		named = {"user": user, "parenttype": doctype, "docstatus": 1}
		return set(frappe.get_all("Mentoring Order Acknowledgement", filters=named, pluck="parent"))
	if doctype in GIVEN_DOWN:
		return _given_to_participants(doctype, _around_pairs("Educational Organization", mentors, mentees))
	if doctype in (
		"Educational Organization",
		"Mentoring Program",
		"Pair",
		"Individual Plan",
		"Pair Meeting",
		"Mentoring Best Practice",
	):
		return _around_pairs(doctype, mentors, mentees)
	return set()


def _around_pairs(doctype: str, mentors: list[str], mentees: list[str]) -> set[str]:
	pairs = set(frappe.get_all("Pair", filters={"mentor": ["in", [*mentors, ""]]}, pluck="name"))
	pairs.update(frappe.get_all("Pair Mentee", filters={"mentee": ["in", [*mentees, ""]]}, pluck="parent"))
	if doctype == "Pair":
		return pairs
	if doctype in ("Individual Plan", "Pair Meeting"):
		return set(frappe.get_all(doctype, filters={"pair": ["in", [*pairs, ""]]}, pluck="name"))
	if doctype == "Mentoring Best Practice":
		programs = _around_pairs("Mentoring Program", mentors, mentees)
		return set(frappe.get_all(doctype, filters={"program": ["in", [*programs, ""]]}, pluck="name"))
	field = "program" if doctype == "Mentoring Program" else "organization"
	return set(frappe.get_all("Pair", filters={"name": ["in", [*pairs, ""]]}, pluck=field))


def _given_to_participants(doctype: str, organizations: set[str]) -> set[str]:
	givers = organizations | above(organizations)
	given = {"organization": ["in", [*givers, ""]], "published": 1, "for_participants": 1}
	return set(frappe.get_all(doctype, filters=given, pluck="name"))


def query_conditions(user: str | None = None, doctype: str | None = None) -> str:
	"""The condition under which rows of a DocType, or of a child table, are listed for a user (SQL, or empty)."""
	user = user or frappe.session.user
	if sees_everything(user):
		return ""
	if doctype in access_log.LOGGED:
		access_log.note_list(user, organizations_of(user))
	table = frappe.qb.DocType(doctype)
	if doctype in SCOPE_FIELD:
		criteria = [_visible(doctype, user, table)]
	else:
		criteria = [_visible_through(parent, user, table) for parent in _parents_of(doctype)]
	visible = [one for one in criteria if one is not None]
	return _sql(Criterion.any(visible)) if visible else NOTHING


def reference_conditions(user: str | None = None, doctype: str | None = None) -> str:
	"""The condition under which files, to-dos, tags and the like are listed: those about records that the user sees,
	and those about records of other apps."""
	user = user or frappe.session.user
	if sees_everything(user):
		return ""
	table = frappe.qb.DocType(doctype)
	about, name = (table[field] for field in REFERENCES[doctype])
	criteria = [about.isnull(), about.notin(list(SCOPE_FIELD))]
	for scoped in SCOPE_FIELD:
		scoped_table = frappe.qb.DocType(scoped)
		visible = _visible(scoped, user, scoped_table)
		if visible is not None and frappe.has_permission(scoped, "read", user=user):
			names = frappe.qb.from_(scoped_table).select(scoped_table.name).where(visible)
			criteria.append((about == scoped) & name.isin(names))
	return _sql(Criterion.any(criteria))


def listed(query: QueryBuilder, doctype: str) -> QueryBuilder:
	"""The query, over nothing but rows that the reader may list. A condition stands in it already."""
	frappe.has_permission(doctype, "read", throw=True)
	conditions = query_conditions(doctype=doctype)
	return query.where(LiteralValue(conditions)) if conditions else query


def _sql(criterion: Criterion) -> str:
	# the embedded engine knows no such filter, and would look through all rows for it
	ending = OR_NULL if getattr(frappe.db, "db_type", None) == "mariadb" else ""
	return f"({criterion.get_sql(quote_char='`', with_namespace=True)}{ending})"


def _visible(doctype: str, user: str, table) -> Criterion | None:
	organizations = organizations_of(user)
	if doctype == "Educational Organization":
		organizations |= subordinates_of(organizations)
	own = own_records_of(user, doctype)
	criteria = []
	if organizations:
		criteria.append(_of_organizations(doctype, organizations, table))
	if own:
		criteria.append(table.name.isin(sorted(own)))
	if doctype in PEOPLE and not _reads_blocked(user):
		criteria = [one & table.blocked_on.isnull() for one in criteria]
	if doctype in SHARED:
		criteria.append(table[SCOPE_FIELD[doctype]].isnull() | (table[SCOPE_FIELD[doctype]] == ""))
	return Criterion.any(criteria) if criteria else None


def _of_organizations(doctype: str, organizations: set[str], table) -> Criterion:
	names = sorted(organizations)
	theirs = table[SCOPE_FIELD[doctype]].isin(names)
	if doctype == "Program Return":
		# an authority sees a school's return once it was sent
		theirs |= table.authority.isin(names) & table.workflow_state.isin(ARRIVED_RETURNS)
	givers = above(organizations) if doctype in GIVEN_DOWN else set()
	if givers:
		theirs |= table.organization.isin(sorted(givers)) & (table.published == 1)
	return theirs


def _visible_through(parent: str, user: str, table) -> Criterion | None:
	# A row joins its links' fields into a list, with no look at their records: a participant's own pair would
	# hand out the mentee's file. Forms show rows without listing them.
	organizations = organizations_of(user)
	if not organizations:
		return None
	parent_table = frappe.qb.DocType(parent)
	visible = _of_organizations(parent, organizations, parent_table)
	return (table.parenttype == parent) & table.parent.isin(
		frappe.qb.from_(parent_table).select(parent_table.name).where(visible)
	)


def _parents_of(table_doctype: str) -> list[str]:
	return [
		doctype
		for doctype in SCOPE_FIELD
		if any(df.options == table_doctype for df in frappe.get_meta(doctype).get_table_fields())
	]


def has_permission(doc: Document, ptype: str = "read", user: str | None = None) -> bool:
	"""Whether a user may touch this very record; role permissions are Frappe's own and come first."""
	user = user or frappe.session.user
	if ptype in ("create", "write", "submit"):  # asked before the record's own checks look at its values
		refuse_other_values(doc)
	allowed = _may_touch(doc, ptype, user) and not _takes_foreign_program(doc, ptype, user)
	if allowed and doc.doctype in access_log.LOGGED:
		access_log.note_record(user, doc, ptype)
	return allowed


def _may_touch(doc: Document, ptype: str, user: str) -> bool:
	if sees_everything(user):
		return True
	if doc.name is not None and not isinstance(doc.name, str | int):
		return False  # a caller's filters, which would find another record
	if doc.doctype in PEOPLE and _is_shut(doc, user):
		return False
	organization = _organization_of(doc)
	organizations = organizations_of(user)
	if organization in organizations:
		return True
	if doc.doctype == "Pair" and ptype in (*READING, "write"):
		if organizations & schools_of("Pair", doc.name):
			return True
	if doc.doctype == "Program Return" and ptype in (*READING, "write", "submit"):
		if _arrived_at(organizations, doc.name):
			return True
	if ptype in READING and doc.doctype in SHARED and not organization:
		return True
	if ptype in READING and doc.doctype in GIVEN_DOWN and _is_given_to(organizations, doc):
		return True
	if ptype in READING and doc.doctype == "Educational Organization":
		if organization in subordinates_of(organizations):
			return True
	if ptype in ("create", "write", "delete") and doc.doctype in WRITTEN_BY_MENTORS:
		return _is_mentor_of(user, doc)
	# a role in another school gives no right to write where one only takes part
	return ptype in READING and doc.name in own_records_of(user, doc.doctype)


def _takes_foreign_program(doc: Document, ptype: str, user: str) -> bool:
	"""Whether a user moves a record under a programme that is nothing for him. The organization and titles would be
	fetched from there before anything is compared, and stand in the refusal."""
	program = doc.get("program")
	if ptype not in ("create", "write") or not program or not doc.meta.has_field("program"):
		return False
	stored = frappe.db.get_value(doc.doctype, doc.name, "program") if doc.name else None
	return program != stored and not may("read", "Mentoring Program", program, user)


def _reads_blocked(user: str) -> bool:
	return not {DIRECTOR, CURATOR}.isdisjoint(frappe.get_roles(user))


def _is_shut(doc: Document, user: str) -> bool:
	"""Whether a blocked record is nothing for this user."""
	blocked = doc.name and frappe.db.get_value(doc.doctype, doc.name, "blocked_on")
	return bool(blocked) and not _reads_blocked(user)


def _arrived_at(organizations: set[str], name: str | None) -> bool:
	"""Whether a return was sent to one of these authorities."""
	stored = frappe.db.get_value("Program Return", name, ["authority", "workflow_state"], as_dict=True)
	return bool(stored) and stored.authority in organizations and stored.workflow_state in ARRIVED_RETURNS


def _is_given_to(organizations: set[str], doc: Document) -> bool:
	"""Whether an organization above these has published a record for those below it."""
	stored = frappe.db.get_value(doc.doctype, doc.name, ["organization", "published"], as_dict=True)
	return bool(stored) and bool(stored.published) and stored.organization in above(organizations)


def _is_mentor_of(user: str, doc: Document) -> bool:
	"""Whether a participant is the mentor of the pair that a record is about."""
	pair = frappe.db.get_value(doc.doctype, doc.name, "pair") if doc.name else None
	pair = pair or doc.pair
	mentor = frappe.db.get_value("Pair", pair, "mentor") if pair else None
	if not mentor or PARTICIPANT not in frappe.get_roles(user):
		return False
	return frappe.db.get_value("Mentor", mentor, "user") == user


def _organization_of(doc: Document) -> str | None:
	field = SCOPE_FIELD[doc.doctype]
	# a caller may send a document made up around a stored name: what is stored decides
	stored = frappe.db.get_value(doc.doctype, doc.name, field) if doc.name else None
	if stored:
		return stored
	if doc.doctype in SHARED and doc.name and frappe.db.exists(doc.doctype, doc.name):
		return None
	if doc.doctype == "Consent":
		# a consent belongs where its person does, and a new one is checked before its controller can say so
		if doc.party_type not in PEOPLE or not isinstance(doc.party, str):
			return None
		return frappe.db.get_value(doc.party_type, doc.party, "organization")
	return doc.get(field)


def schools_of(doctype: str, name: str | None) -> set[str]:
	"""The organizations whose record it is: of a pair between schools both."""
	fields = ["organization", "mentor_organization"] if doctype == "Pair" else ["organization"]
	stored = frappe.db.get_value(doctype, name, fields, as_dict=True) or {}
	return {school for school in stored.values() if school}


def may(ptype: str, doctype: str | None, name: str | None, user: str | None = None) -> bool:
	"""Whether a user, else the session's, may touch a record, by role and row. True for what is no record of a school,
	False where there is none of this name."""
	if doctype not in SCOPE_FIELD:
		return True
	# not by the record, which tells the reader of every refusal
	exists = bool(frappe.db.exists(doctype, name))
	return exists and frappe.has_permission(doctype, ptype, doc=frappe.get_doc(doctype, name), user=user)


def file_permission(doc: Document, ptype: str = "read", user: str | None = None) -> bool:
	"""A file of a school's record is for who may read (to change: write) the record, whoever uploaded it."""
	doctype, name = doc.attached_to_doctype, doc.attached_to_name
	if ptype == "create":
		# asked before Frappe fills in what is on the disk under the file's address
		doc.flags.brings_content = bool(doc.get("content"))
	if ptype == "create" or doctype not in SCOPE_FIELD:
		core = frappe.get_attr("frappe.core.doctype.file.file.has_permission")
		return core(doc, ptype=ptype, user=user)
	if not frappe.db.exists(doctype, name):
		return False
	needed = "write" if ptype in ("write", "delete", "share") else "read"
	return frappe.has_permission(doctype, needed, doc=frappe.get_doc(doctype, name), user=user)
