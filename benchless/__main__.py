"""python -m benchless: the app on one SQLite file, with no bench."""

import os
import shutil
import sys
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


@main.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True)
@click.pass_obj
def serve(site: str, host: str, port: int) -> None:
	"""Serve the REST API until interrupted."""
	open_site(site)
	_serve(site, host, port)


def _serve(site: str, host: str, port: int) -> None:
	"""Answers requests, each in a thread and a connection of its own."""
	import frappe
	from frappe.app import Site
	from werkzeug.serving import run_simple

	frappe.destroy()
	click.echo(f"http://{host}:{port}/api/method/login (Administrator / admin); Ctrl+C ends it")
	path = Path(site).resolve()
	run_simple(host, port, Site(path.name, str(path.parent)), threaded=True)


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
@click.option("--output", default="demo-output", show_default=True, help="Where the files and the site go.")
@click.option("--no-serve", is_flag=True, help="End when the files are written.")
@click.option("--port", default=8000, show_default=True)
def demo(output: str, no_serve: bool, port: int) -> None:
	"""Run the demonstration school on a fresh site, write its files, then serve it."""
	from demo.run import main as run

	site = os.path.join(output, "site")
	shutil.rmtree(site, ignore_errors=True)
	open_site(site)
	import frappe

	run(output)
	frappe.db.commit()
	if not no_serve:
		_serve(site, "127.0.0.1", port)


if __name__ == "__main__":
	main(prog_name="python -m benchless")
