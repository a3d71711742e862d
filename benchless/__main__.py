"""python -m benchless: the app on one SQLite file, with no bench."""

import logging
import os
import shutil
import socket
import sys
import threading
import time
from pathlib import Path

import click

HERE = Path(__file__).resolve().parent
APP = "nastavnik_app"
sys.path[:0] = [str(folder) for folder in (HERE, HERE.parent) if str(folder) not in sys.path]


def open_site(folder: str) -> bool:
	"""Connects as Administrator; makes the site and installs the app when it is not there. Says whether it was."""
	import frappe
	from frappe.installer import install_app, new_site

	path = Path(folder).resolve()
	existed = (path / "site.db").exists()
	if existed:
		frappe.init(path.name, sites_path=str(path.parent))
		frappe.connect()
	else:
		click.echo(f"Making a site in {path} (user Administrator, password admin)")
		new_site(path.name, str(path.parent))
	install_app(APP)
	return existed


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
	"--site",
	default="benchless-site",
	envvar="BENCHLESS_SITE",
	show_default=True,
	help="The site's data folder.",
)
@click.pass_context
def main(context: click.Context, site: str) -> None:
	"""Try nastavnik_app with no bench. For trying and testing, never for production."""
	context.obj = site


@main.command()
@click.pass_obj
def migrate(site: str) -> None:
	"""Make the site, or bring it up to the app's present files."""
	if open_site(site):
		from frappe.installer import migrate as run

		run()
	click.echo(f"{site} is up to date")


_language = click.option(
	"--lang",
	type=click.Choice(["ru", "en"]),
	help="The language of the pages, for everybody with a login; as it is, if not said.",
)
_host = click.option("--host", default="127.0.0.1", show_default=True)
_port = click.option("--port", default=8000, show_default=True)


@main.command()
@_host
@_port
@_language
@click.pass_obj
def serve(site: str, host: str, port: int, lang: str | None) -> None:
	"""Serve the staff pages and the REST API until interrupted."""
	_require_free(host, port)
	open_site(site)
	_speak(lang)
	_serve(site, host, port)


def _require_free(host: str, port: int) -> None:
	"""Says so before any work is done where another program listens already."""
	with socket.socket() as probe:
		probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
		try:
			probe.bind((host, port))
		except OSError as error:
			reason = (
				f"{host}:{port} cannot be used ({error.strerror}). Another program may be listening there: "
			)
			raise click.ClickException(
				reason + f"end it, or choose another port, such as --port {port + 1}."
			) from error


def _speak(lang: str | None) -> None:
	"""Makes a language that of the site and of everybody with a login."""
	import frappe

	if lang:
		frappe.db.set_single_value("System Settings", "language", lang)
		for user in frappe.get_all("User", pluck="name"):
			frappe.db.set_value("User", user, "language", lang)
		frappe.db.commit()


def _serve(site: str, host: str, port: int, demo_password: str | None = None) -> None:
	"""Answers requests, each in a thread and a connection of its own; queued jobs are run meanwhile."""
	import frappe
	from werkzeug.serving import run_simple

	from benchless.desk.app import Desk

	frappe.destroy()
	path = Path(site).resolve()
	threading.Thread(target=_run_jobs, args=(path,), daemon=True).start()
	logging.getLogger("werkzeug").setLevel(logging.WARNING)
	click.echo(f"http://{host}:{port} (Administrator / admin, unless you changed it); Ctrl+C ends it")
	run_simple(host, port, Desk(path.name, str(path.parent), demo_password), threaded=True)


def _run_jobs(site: Path) -> None:
	import frappe
	from frappe.utils.background_jobs import run_pending

	while True:
		time.sleep(2)
		frappe.init(site.name, sites_path=str(site.parent), force=True)
		try:
			frappe.connect()
			run_pending()
		except frappe.QueryTimeoutError:  # a long request holds the file: the next round comes soon
			continue
		finally:
			frappe.destroy()


@main.command()
@click.pass_obj
def tick(site: str) -> None:
	"""Run the scheduled jobs that are due and the jobs that wait; call it every few minutes."""
	open_site(site)
	from frappe.email.queue import flush
	from frappe.utils.background_jobs import run_pending
	from frappe.utils.scheduler import run_due_jobs

	scheduled, queued = run_due_jobs(), run_pending()
	flush()
	for method, status in scheduled.items():
		click.echo(f"{status:9} {method}")
	click.echo(f"jobs: {queued['finished']} finished, {queued['failed']} failed")
	if queued["failed"] or "Failed" in scheduled.values():
		raise SystemExit(1)


@main.command()
@click.option(
	"--output",
	"--data",
	"output",
	default="demo-output",
	show_default=True,
	help="Where the files and the site go.",
)
@click.option("--no-serve", is_flag=True, help="End when the files are written.")
@_host
@_port
@_language
def demo(output: str, no_serve: bool, host: str, port: int, lang: str | None) -> None:
	"""Run the demonstration school on a fresh site, write its files, then serve it."""
	from demo.run import main as run
	from demo.staff import PASSWORD

	if not no_serve:
		_require_free(host, port)
	site = os.path.join(output, "site")
	shutil.rmtree(site, ignore_errors=True)
	open_site(site)
	import frappe

	run(output)
	frappe.db.commit()
	_speak(lang or "ru")
	if not no_serve:
		_serve(site, host, port, PASSWORD)


if __name__ == "__main__":
	main(prog_name="python -m benchless")
