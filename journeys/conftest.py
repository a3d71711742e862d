"""A browser, a site filled with the demonstration school, and the people who work there.

Without anything: the embedded engine makes and serves the demonstration. NASTAVNIK_URL names a running site that is
filled with it already, of either engine.
"""

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.request import urlopen

import pytest

from journeys.person import Person
from journeys.steps import PASSWORD, address_of
from journeys.watch import Watch

ROOT = Path(__file__).resolve().parents[1]
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
MADE_WITHIN = 600  # seconds
PATIENCE = 60_000  # milliseconds that a step may take


def pytest_addoption(parser: pytest.Parser) -> None:
	parser.addoption("--pictures", metavar="DIR", help="keep a picture of every page that is visited")


@pytest.fixture(scope="session")
def browser() -> Iterator:
	"""Chromium of the system."""
	api = pytest.importorskip(
		"playwright.sync_api", reason="playwright is not installed: pip install -e .[browser]"
	)
	found = os.environ.get("CHROMIUM") or next(
		(path for name in BROWSERS if (path := shutil.which(name))), None
	)
	if not found:
		pytest.skip(f"no browser: none of {', '.join(BROWSERS)} is on the PATH, and CHROMIUM names none")
	with api.sync_playwright() as playwright:
		started = playwright.chromium.launch(executable_path=found, env=os.environ | {"LANGUAGE": "ru"})
		yield started
		started.close()


@pytest.fixture(scope="session")
def url(browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
	"""Where the site answers."""
	if running := os.environ.get("NASTAVNIK_URL"):
		yield running.rstrip("/")
		return
	folder = tmp_path_factory.mktemp("demonstration")
	with socket.socket() as free:
		free.bind(("127.0.0.1", 0))
		port = free.getsockname()[1]
	command = [sys.executable, "-m", "benchless", "demo", "--output", str(folder), "--port", str(port)]
	with (folder / "log.txt").open("w") as log:
		server = subprocess.Popen(command, cwd=ROOT, stdout=log, stderr=subprocess.STDOUT)
	try:
		_wait(server, f"http://127.0.0.1:{port}", folder / "log.txt")
		yield f"http://127.0.0.1:{port}"
	finally:
		server.terminate()
		server.wait()


def _wait(server: subprocess.Popen, address: str, log: Path) -> None:
	for _second in range(MADE_WITHIN):
		assert server.poll() is None, f"the demonstration has ended:\n{log.read_text()}"
		if "/assets/desk.css" in _sign_in_page(address):
			return
		time.sleep(1)
	raise AssertionError(f"the demonstration does not answer:\n{log.read_text()}")


def _sign_in_page(address: str) -> str:
	try:
		return urlopen(f"{address}/login", timeout=30).read().decode()
	except HTTPError as error:
		return error.read().decode()
	except URLError:
		return ""


@pytest.fixture(scope="session")
def adapter(url: str) -> type[Person]:
	"""How the site's pages are worked with: the embedded engine's, or Frappe Desk."""
	if "/assets/desk.css" in _sign_in_page(url):
		from journeys.pages import Pages

		return Pages
	from journeys.desk import Desk

	return Desk


@pytest.fixture(scope="session")
def sessions() -> dict[str, dict]:
	"""Cookies of those who have signed in, so that each signs in once."""
	return {}


@pytest.fixture
def stranger(
	browser, url: str, adapter: type[Person], request: pytest.FixtureRequest
) -> Iterator[Callable[..., Person]]:
	"""Makes a person at the site with an own browser profile; at the end all that went wrong fails the test."""
	pictures, contexts, watches = request.config.getoption("--pictures"), [], []

	def opened(cookies: dict | None = None) -> Person:
		context = browser.new_context(
			base_url=url, locale="ru-RU", viewport={"width": 1280, "height": 800}, storage_state=cookies
		)
		context.set_default_timeout(PATIENCE)
		contexts.append(context)
		watches.append(Watch(context, url, adapter.not_watched))
		return adapter(context.new_page(), watches[-1], Path(pictures) if pictures else None)

	yield opened
	for context in contexts:
		context.close()
	faults = [fault for watch in watches for fault in watch.faults]
	assert not faults, "\n".join(faults)


@pytest.fixture
def person(stranger: Callable[..., Person], sessions: dict[str, dict]) -> Callable[[str], Person]:
	"""Somebody of the demonstration school by login, signed in: `person("curator")`."""

	def signed_in(login: str) -> Person:
		someone = stranger(sessions.get(login))
		if login not in sessions:
			someone.sign_in(address_of(login), PASSWORD)
			sessions[login] = someone.page.context.storage_state()
		return someone

	return signed_in


@pytest.fixture
def curator(person: Callable[[str], Person]) -> Person:
	return person("curator")


@pytest.fixture
def director(person: Callable[[str], Person]) -> Person:
	return person("director")
