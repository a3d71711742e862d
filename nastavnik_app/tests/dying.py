"""A process of its own that dies in the middle of its work; what it leaves behind is the test's to look at.

Run as a program it does the work and kills itself, so it must not be imported by the app.
"""

from __future__ import annotations

import importlib
import json
import os
import resource
import signal
import subprocess
import sys
import unittest.mock
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import frappe

from nastavnik_app.tests.engine import is_embedded

MAIL = {"mail_server": "localhost", "auto_email_id": "school@school.example"}
ACCOUNTS = "outgoing_email_account"  # where Frappe remembers the account
COMMITTED = "committed"  # right after the commit, before anything that waits for it


@contextmanager
def with_mail() -> Iterator[None]:
	"""An account from which a real Frappe queues letters, for a while: its own notices then go out at once, each with
	a commit."""
	with unittest.mock.patch.dict(frappe.local.conf, {} if is_embedded() else MAIL):
		try:
			yield
		finally:
			if hasattr(frappe.local, ACCOUNTS):
				delattr(frappe.local, ACCOUNTS)


def killed(work: Callable, *arguments: Any, at: str, user: str = "Administrator", before: int = 1) -> None:
	"""Does `work` as a user in another process, which gets SIGKILL instead of the call number `before` of the function
	`at` ("package.module.function"), or as `COMMITTED` says."""
	done = _run(work, arguments, {"at": at, "user": user, "call": before})
	assert done.returncode == -signal.SIGKILL, f"it lived on ({done.returncode}): {done.stderr[-3000:]}"


def cut_off(work: Callable, *arguments: Any, at: str, user: str = "Administrator", before: int = 1) -> str:
	"""Does `work` in a process whose connection to MariaDB is broken before that call of `at`: the trace it ends with,
	or "" """
	done = _run(work, arguments, {"at": at, "user": user, "call": before, "cut": True})
	assert done.returncode in (0, 1), done.stderr[-3000:]
	return done.stderr if done.returncode else ""


def with_a_full_disk(work: Callable, *arguments: Any, room: int, user: str = "Administrator") -> str:
	"""Does `work` in a process in which no file may grow beyond `room` bytes: the trace of what it ended with, or "" """
	done = _run(work, arguments, {"room": room, "user": user})
	assert done.returncode in (0, 1), done.stderr[-3000:]
	return done.stderr if done.returncode else ""


def _run(work: Callable, arguments: tuple, asked: dict[str, Any]) -> subprocess.CompletedProcess:
	# the other process is to see what was prepared here
	frappe.db.commit()  # nosemgrep
	asked |= {
		"site": frappe.local.site,
		"sites_path": frappe.local.sites_path,
		"work": [work.__module__, work.__qualname__],
		"arguments": arguments,
	}
	done = subprocess.run(
		[sys.executable, "-m", "nastavnik_app.tests.dying", json.dumps(asked)],
		capture_output=True,
		text=True,
		env={**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)},
		check=False,
		timeout=120,
	)
	frappe.db.rollback()  # a new snapshot
	frappe.clear_cache()
	return done


def _named(path: str) -> tuple[Any, str]:
	"""The module or class that holds a function, and the function's name."""
	holder, _dot, name = path.rpartition(".")
	try:
		return importlib.import_module(holder), name
	except ModuleNotFoundError:
		module, _dot, kind = holder.rpartition(".")
		return getattr(importlib.import_module(module), kind), name


def _die(*_arguments: Any, **_named_arguments: Any) -> None:
	os.kill(os.getpid(), signal.SIGKILL)


def _cut(*_arguments: Any, **_named_arguments: Any) -> None:
	"""What a server that goes down does to whoever is connected."""
	# nosemgrep: frappe-using-db-sql (no other way to ask)
	(mine,) = frappe.db.sql("select connection_id()")[0]
	frappe.db.get_connection().cursor().execute(f"KILL CONNECTION {int(mine)}")


def _fail_at(path: str, call: int, cut: bool) -> None:
	if path == COMMITTED:
		frappe.db.after_commit.add(_die)
		return
	holder, name = _named(path)
	original, calls = getattr(holder, name), []

	def counted(*arguments: Any, **named: Any) -> Any:
		calls.append(1)
		if len(calls) == call:
			(_cut if cut else _die)()
		return original(*arguments, **named)

	unittest.mock.patch.object(holder, name, counted).start()


def main(asked: dict[str, Any]) -> None:
	frappe.init(asked["site"], sites_path=asked["sites_path"])
	frappe.connect()
	if not frappe.db.__module__.startswith(
		"frappe.database.database"
	):  # of MariaDB: a real Frappe queues mail
		frappe.local.conf.update(MAIL)
	frappe.set_user(asked["user"])
	module, name = asked["work"]
	work = getattr(importlib.import_module(module), name)
	if asked.get("at"):
		_fail_at(asked["at"], asked["call"], asked.get("cut", False))
	if asked.get("room"):
		signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
		resource.setrlimit(resource.RLIMIT_FSIZE, (asked["room"], asked["room"]))
	with with_mail():
		work(*asked["arguments"])
		# as a request does
		frappe.db.commit()  # nosemgrep


if __name__ == "__main__":
	sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
	main(json.loads(sys.argv[1]))
