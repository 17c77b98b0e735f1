"""A store in a temporary folder, and reports to put into it."""

import re
from hashlib import sha256
from shutil import copy

import pytest

from nianbao.data.records import Report, Section, Statement
from nianbao.data.store import SourceFile, Store, make_indexed
from nianbao.nlp.reading import Reading

SENTENCE = re.compile(r"[^。\n]+。?")


@pytest.fixture
def path(tmp_path):
    return tmp_path / "reports.db"


@pytest.fixture(scope="session")
def new_database(tmp_path_factory):
    """A database just made; copied, since making one waits for the disk."""
    path = tmp_path_factory.mktemp("new") / "new.db"
    Store.open(path, create=True).close()
    return path


@pytest.fixture
def store(path, new_database):
    copy(new_database, path)
    with Store.open(path) as opened:
        yield opened


@pytest.fixture
def report_of():
    """A report made of a text: each sentence a statement, labelled by its first word."""

    def make(text, **fields):
        statements = tuple(
            Statement(text=found[0], start=found.start(), end=found.end(), label=_label(found[0]))
            for found in SENTENCE.finditer(text)
            if found[0].strip()
        )
        return Report(id=sha256(text.encode()).hexdigest()[:16], text=text, statements=statements, **fields)

    return make


@pytest.fixture
def put(store, report_of):
    """Add a text (or a report) as a file of its own; answers the report."""

    def add(text, path=None, pipeline="1", **fields):
        report = text if isinstance(text, Report) else report_of(text, **fields)
        reading = Reading(report.text)
        digest = sha256(report.text.encode()).hexdigest()
        source = SourceFile(path=path or f"{report.id}.txt", size=1, mtime_ns=2, sha256=digest)
        store.add(
            source,
            report,
            pipeline,
            indexed=make_indexed(reading.view, reading.places, report.title, report.org),
        )
        return report

    return add


@pytest.fixture
def section_of():
    """A section of a kind that covers `[start, end)`."""

    def make(kind, start, end, depth=1):
        return Section(text="", start=start, end=start, kind=kind, depth=depth, content_end=end)

    return make


def _label(sentence):
    return {"存": "problem", "将": "plan", "已": "initiative"}.get(sentence.strip()[0], "other")
