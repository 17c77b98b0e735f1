"""The page of a report: its text with every fact marked, the outline, the tables, what does not add up."""

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from ...data.records import Cell, Check, Report, Summary
from ...nlp.summaries import amount, summarise
from ..table_layout import LaidBlock, failing_cells, laid_blocks, placed_tables
from .languages import Language
from .marking import CELLS, KINDS, LABELS, WRONG, anchor_of, marked_lines
from .pages import Asked
from .told import named


class ShownTable(NamedTuple):
    """An official table: its title, the form it follows, its blocks and what could not be placed."""

    title: str
    form: str
    blocks: list[LaidBlock]
    notes: tuple[str, ...]


def show(asked: Asked) -> Mapping[str, Any]:
    """What the page of the report in the address shows."""
    report = asked.archive.report(asked.request.url_vars["report"])
    files = asked.archive.files(report.id)
    return {**report_context(report, asked.language), "files": files, "in_archive": True}


def report_context(report: Report, language: Language, summary: Summary | None = None) -> dict[str, Any]:
    """What the template of a report is filled with, in an archive or alone, with its outline unless given."""
    checks = report.checks
    failed = [check for check in checks if check.state == "fails"]
    return {
        "report": report,
        "head": _head(report, language),
        "outline": [section for section in report.sections if section.depth <= 2],
        "lines": marked_lines(report, language),
        "legend": _legend(report),
        "summary": summary or summarise(report),
        "amount": amount,
        "tables": [
            ShownTable(official.title, form.id, laid_blocks(table, official), table.notes)
            for table, form, official in placed_tables(report)
        ],
        "failing": _by_cell(failed),
        "failing_cells": failing_cells(checks),
        "checks": failed,
        "unjudged": [each for each in checks if each.state == "not_assessable" and each.kind != "identity"],
        "held": sum(check.state == "holds" for check in checks),
        "shown": shown_cell,
        "line": lambda fact: "".join(fact.text.splitlines()),
        "anchor": anchor_of,
        "heading": lambda section: " ".join(section.text.split()),
        "word": lambda kind, code: named(language, kind, code),
    }


def shown_cell(cell: Cell) -> str:
    """A cell as it is shown: its number, 空 for a blank, its nil mark, · where the text does not show it."""
    if cell.state == "absent":
        return "·"
    if cell.state == "blank":
        return "空"
    if cell.state == "nil" or cell.value is None:
        return cell.raw or ""
    return f"{cell.value:,}"


def _by_cell(failed: Iterable[Check]) -> dict[str, int]:
    """The number of the first failing check that names a cell, to lead there."""
    found: dict[str, int] = {}
    for number, check in enumerate(failed):
        for cell in check.cells:
            found.setdefault(cell, number)
    return found


def _legend(report: Report) -> list[tuple[str, int]]:
    """Kinds and labels that the report has, with how many."""
    labels = [(label, sum(each.label == label for each in report.statements)) for label in LABELS]
    kinds = [(kind, len(getattr(report, kind))) for kind in KINDS]
    cells = sum(cell.start is not None for table in report.tables for cell in table.cells.values())
    wrong = sum(len(check.places) for check in report.checks if check.state == "fails")
    return [(name, number) for name, number in (*labels, *kinds, (CELLS, cells), (WRONG, wrong)) if number]


def _head(report: Report, language: Language) -> list[tuple[str, str]]:
    """Who reports, on what, when, by which form; only what is known."""
    region = report.region
    place = [name for name in (region.province, region.city, region.county) if name] if region else []
    values = {
        "org": report.org,
        "region": " ".join([*place, region.code or ""]).strip() if region else None,
        "level": named(language, "level", report.level) if report.level else None,
        "year": report.year,
        "period": report.period and report.period.edtf,
        "published": report.published,
        "genre": named(language, "genre", report.genre),
        "index_number": report.index_number,
        "document_number": report.document_number,
        "form": named(language, "form", report.form) if report.form else None,
        "id": report.id,
    }
    return [(field, str(value)) for field, value in values.items() if value]
