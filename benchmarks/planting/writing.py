"""A planted archive as a database: reports are built as records, so no text has to be read."""

from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

from nianbao.data.records import Region, Report, Statement
from nianbao.data.store import SourceFile, Store, make_indexed
from nianbao.nlp.reading import Reading

from .repeats import Office, Planted, Planting

# Reports written in one transaction.
_BATCH = 2000


def write_database(planting: Planting, path: Path) -> dict[tuple[str, int], Planted]:
    """Make the database; answers what was planted by report id and place in its text."""
    planted = {}
    places = sorted(planting.statements)
    with Store.open(path, create=True) as store:
        for start in range(0, len(places), _BATCH):
            with store.batch():
                for body, year in places[start : start + _BATCH]:
                    stated = planting.statements[body, year]
                    report = make_report(planting.offices[body], year, stated)
                    _add(store, report)
                    found = zip(report.statements, stated, strict=True)
                    planted |= {(report.id, one.start): what for one, what in found}
    return planted


def make_report(office: Office, year: int, stated: list[Planted]) -> Report:
    """The report of a body and year: a line for each statement."""
    title = f"{office.name}{year}年政府信息公开工作年度报告"
    text = "\n".join((title, *(each.text for each in stated)))
    return Report(
        id=sha256(text.encode()).hexdigest()[:16],
        text=text,
        title=title,
        org=office.name,
        region=Region(code=office.seat.code),
        year=year,
        published=f"{year + 1}-01-20",
        statements=tuple(_statements(stated, len(title) + 1)),
    )


def _statements(stated: list[Planted], start: int) -> Iterator[Statement]:
    for each in stated:
        end = start + len(each.text)
        yield Statement(text=each.text, start=start, end=end, label=each.label, category="general")
        start = end + 1


def _add(store: Store, report: Report) -> None:
    reading = Reading(report.text)
    indexed = make_indexed(reading.view, reading.places, report.title, report.org)
    source = SourceFile(path=f"/{report.id}.txt", size=1, mtime_ns=1, sha256=report.id)
    store.add(source, report, "planted", indexed=indexed)
