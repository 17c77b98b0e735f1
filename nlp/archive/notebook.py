"""HTML for notebooks; everything from a report is escaped."""

from collections.abc import Iterable, Sequence
from html import escape
from typing import Any

from ...data.store import Hit, Stats
from ...data.terms import term

# Entries and characters of one value that a notebook shows.
ROWS_MAX = 20
_TEXT_MAX = 200


def table(columns: Sequence[str], rows: Sequence[Sequence[Any]], total: int) -> str:
    """The first rows of a listing, and how many there are."""
    return _table(columns, [[_value(value) for value in row] for row in rows]) + _shown(len(rows), total)


def hits(query: str, found: Sequence[Hit], total: int) -> str:
    """The first hits of a search with their words marked, and how many there are."""
    rows = [
        [_value(hit.org or hit.title), _value(hit.year), _place(hit), _marked(hit), _value(hit.report_id)]
        for hit in found
    ]
    head = f"<p><b>{escape(query)}</b></p>"
    return head + _table(("org", "year", "place", "passage", "report_id"), rows) + _shown(len(found), total)


def archive(path: str, stats: Stats) -> str:
    """What a database holds."""
    years = "" if stats.first_year is None else f"{stats.first_year}-{stats.last_year}"
    figures = [("reports", stats.reports), ("organisations", stats.organisations), ("years", years)]
    rows = [[_value(name), _value(figure)] for name, figure in (*figures, *stats.facts.items())]
    return f"<p><b>{escape(path)}</b></p>" + _table(("", ""), rows)


def _table(columns: Iterable[str], rows: Iterable[Sequence[str]]) -> str:
    head = "".join(f"<th>{escape(name)}</th>" for name in columns)
    body = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rows)
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def _value(value: object) -> str:
    if value is None:
        return ""
    text = f"{value:,}" if isinstance(value, float) else str(value)
    return escape(text if len(text) <= _TEXT_MAX else text[:_TEXT_MAX] + "…")


def _place(hit: Hit) -> str:
    named = (("section", hit.section), ("label", hit.label))
    return escape(" · ".join(term(kind, code) for kind, code in named if code))


def _marked(hit: Hit) -> str:
    parts, at = [], 0
    for start, end in hit.marks:
        if start >= at:
            parts += [escape(hit.snippet[at:start]), f"<mark>{escape(hit.snippet[start:end])}</mark>"]
            at = end
    return "".join([*parts, escape(hit.snippet[at:])])


def _shown(shown: int, total: int) -> str:
    return f"<p>{shown:,} of {total:,}</p>" if shown < total else f"<p>{total:,}</p>"
