import asyncio
from urllib.parse import urlencode

import pytest

pytest.importorskip("datasette", reason="Datasette is not installed (extra `web`)")

from datasette.app import Datasette
from datasette.plugins import pm


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
