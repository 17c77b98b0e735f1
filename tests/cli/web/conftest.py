import asyncio
import re
import subprocess
import sys
from pathlib import Path
from shutil import which
from urllib.parse import urlencode

import pytest

import nianbao

pytest.importorskip("datasette", reason="Datasette is not installed (extra `web`)")

from datasette.app import Datasette
from datasette.plugins import pm

CHECKOUT = Path(nianbao.__file__).parents[1]
CHROMIUM = which("chromium") or which("chromium-browser")
# No sandbox within a container; no calls of Chromium's own.
QUIET = ("--no-sandbox", "--disable-quic", "--disable-background-networking", "--disable-component-update")


@pytest.fixture(scope="module")
def serving():
    """`nianbao serve` over a database: the address where it answers."""
    running = []

    def serve(database):
        command = [sys.executable, "-P", "-c", "from nianbao.cli import main; main()", "serve", str(database)]
        environment = {"PYTHONPATH": str(CHECKOUT), "PATH": "/usr/bin:/bin", "PYTHONUTF8": "1"}
        process = subprocess.Popen(
            [*command, "--no-open", "--port", "0"], stderr=subprocess.PIPE, text=True, env=environment
        )
        running.append(process)
        return re.search(r"http://[\d.:]+", process.stderr.readline()).group()

    yield serve
    for process in running:
        process.terminate()
        process.wait(20)
        process.stderr.close()


@pytest.fixture(scope="module")
def browser():
    """Debian's Chromium, headless, driven by Playwright."""
    playwright = pytest.importorskip(
        "playwright.sync_api", reason="Playwright is not installed (extra `dev`)"
    )
    if CHROMIUM is None:
        pytest.skip("no Chromium here (Debian: apt install chromium)")
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield browser
        browser.close()


@pytest.fixture(scope="session", autouse=True)
def plugin():
    """Registered as the entry point does, which Datasette leaves out in tests."""
    from nianbao.cli import web

    if not pm.is_registered(web):
        pm.register(web)


@pytest.fixture(scope="session")
def served():
    """A Datasette over databases, with the settings of `nianbao serve` unless others are given."""

    def serve(*paths, **settings):
        given = settings or {"home": True, "hosts": ["localhost"]}
        return Datasette([str(path) for path in paths], metadata={"plugins": {"nianbao": given}})

    return serve


@pytest.fixture(scope="session")
def get(archive, served):
    """The answer to an address of the sample archive with parameters."""
    datasette = served(archive)

    def ask(path, *, method="GET", headers=None, **parameters):
        address = f"{path}?{urlencode(parameters, doseq=True)}" if parameters else path
        return asyncio.run(datasette.client.request(method, address, headers=headers or {}))

    yield ask
    for database in datasette.databases.values():
        database.close()


@pytest.fixture(scope="session")
def empty(tmp_path_factory, served):
    """The answer to an address of an archive without reports."""
    from nianbao.data.store import Store

    path = tmp_path_factory.mktemp("empty") / "empty.db"
    Store.open(path, create=True).close()
    datasette = served(path)
    yield lambda path: asyncio.run(datasette.client.get(path))
    for database in datasette.databases.values():
        database.close()
