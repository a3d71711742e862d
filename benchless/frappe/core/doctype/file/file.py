"""A file in the site's folder; private ones open to who may read what they are attached to."""

import hashlib
import os
import re
from typing import Any

import frappe
from frappe import _
from frappe.model.document import Document

_MAX_SIZE = 25 * 1024 * 1024  # bytes


class File(Document):
	def before_insert(self) -> None:
		content = self.__dict__.pop("content", None)
		if content is None:
			return
		content = content.encode() if isinstance(content, str) else content
		if len(content) > _MAX_SIZE:
			frappe.throw(_("File size exceeded the maximum allowed size"), frappe.MaxFileSizeReachedError)
		self.file_name = name = re.sub(r'[\\/:*?"<>|%]', "_", os.path.basename(self.file_name or "file"))
		self.content_hash = hashlib.md5(content, usedforsecurity=False).hexdigest()
		self.file_size = len(content)
		folder = "/private/files/" if self.is_private else "/files/"
		self.file_url = folder + name
		if os.path.exists(self.get_full_path()):
			base, extension = os.path.splitext(name)
			self.file_url = f"{folder}{base}{frappe.generate_hash(length=6)}{extension}"
		path = self.get_full_path()
		frappe.db.after_rollback.add(lambda: os.path.exists(path) and os.remove(path))
		with open(path, "wb") as out:
			out.write(content)

	def validate(self) -> None:
		if not self.file_url:
			frappe.throw(_("Please set file content or URL"), frappe.MandatoryError)
		self.is_private = int(self.file_url.startswith("/private/"))
		if not os.path.exists(self.get_full_path()):
			frappe.throw(_("File {0} does not exist").format(self.file_url), OSError)

	def get_full_path(self) -> str:
		"""Inside the site's folder of private or public files, or PermissionError."""
		folder, _files, name = (self.file_url or "").rpartition("/")
		kind = {"/private/files": "private", "/files": "public"}.get(folder)
		if not kind or name in ("", ".", ".."):
			frappe.throw(_("Cannot access file path {0}").format(self.file_url), frappe.PermissionError)
		return os.path.abspath(frappe.get_site_path(kind, "files", name))

	def get_content(self) -> str | bytes:
		"""Text when it is one, else bytes."""
		with open(self.get_full_path(), "rb") as source:
			content = source.read()
		try:
			return content.decode("utf-8")
		except UnicodeDecodeError:
			return content

	def on_trash(self) -> None:
		if not frappe.get_all(
			"File", filters={"file_url": self.file_url, "name": ("!=", self.name)}, limit=1
		):
			path = self.get_full_path()
			frappe.db.after_commit.add(lambda: os.path.exists(path) and os.remove(path))


def has_permission(doc: Any, ptype: str, user: str | None = None) -> bool:
	user = user or frappe.session.user
	if ptype == "create" or (user != "Guest" and doc.owner == user):
		return True
	if not doc.is_private and ptype in ("read", "select"):
		return True
	if not (doc.attached_to_doctype and frappe.db.exists(doc.attached_to_doctype, doc.attached_to_name)):
		return False
	reference = frappe.get_doc(doc.attached_to_doctype, doc.attached_to_name)
	return reference.has_permission("write" if ptype in ("write", "delete") else "read", user=user)


def get_permission_query_conditions(user: str) -> str:
	"""Lists show public files, a user's own loose ones, and those of DocTypes that she may read."""
	if user == "Administrator":
		return ""
	own = f"`tabFile`.`owner` = {frappe.db.escape(user, percent=False)}"
	if "Desk User" not in frappe.get_roles(user):
		return own
	doctypes = frappe.db.sql("select name from `tabDocType` where istable = 0", pluck=True)
	readable = [frappe.db.escape(one) for one in doctypes if frappe.has_permission(one, user=user)]
	return (
		f"`tabFile`.`is_private` = 0 or (`tabFile`.`attached_to_doctype` is null and {own})"
		f" or `tabFile`.`attached_to_doctype` in ({', '.join(readable)})"
	)
