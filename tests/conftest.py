"""What several tests share: the sample archive, indexed once."""

import os
from pathlib import Path

import pytest
from hypothesis import settings

# No test is timed; what CI tries is the same every time, at home new examples are tried.
settings.register_profile("home", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "home")

SAMPLES = Path(__file__).parents[1] / "data" / "samples"


@pytest.fixture(scope="session")
def samples():
    return SAMPLES


@pytest.fixture(scope="session")
def archive(tmp_path_factory):
    """The sample archive as a database; not to be written to."""
    from nianbao.cli.archive import archive_files
    from nianbao.data.store import Store
    from nianbao.nlp.indexing import index_files

    path = tmp_path_factory.mktemp("archive") / "samples.db"
    with Store.open(path, create=True) as store:
        outcome = index_files(store, archive_files([SAMPLES]))
    assert not outcome.failed
    return path
