"""What several tests share: the sample archive, indexed once."""

from pathlib import Path

import pytest

SAMPLES = Path(__file__).parents[1] / "data" / "samples"


@pytest.fixture(scope="session")
def samples():
    return SAMPLES


@pytest.fixture(scope="session")
def archive(tmp_path_factory):
    """The sample archive as a database; not to be written to."""
    from nianbao.cli.archive import archive_files
    from nianbao.cli.index import index_files
    from nianbao.data.store import Store

    path = tmp_path_factory.mktemp("archive") / "samples.db"
    with Store.open(path, create=True) as store:
        outcome = index_files(store, archive_files([SAMPLES]))
    assert not outcome.failed
    return path
