"""`nianbao search --terms`: how often each term stands in each report, as a table."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from ..data.store import Sought, Store, Term, TermCounts, read_terms
from .output import write_csv, write_json, write_jsonl

_HEAD = ("report_id", "org", "year", "title")


def write_terms(store: Store, file: Path, sought: Sought, form: str, *, long: bool) -> None:
    """Reports by terms, or with `long` a row for each report and term that stands there; CSV unless JSON."""
    terms = read_terms(file)
    counted = store.term_counts(terms, sought.words, filters=sought.filters)
    rows = _long(counted, terms) if long else _wide(counted, terms)
    columns = (*_HEAD, "term", "count") if long else (*_HEAD, *(term.name for term in terms))
    if form == "json":
        write_json(list(rows))
    elif form == "jsonl":
        write_jsonl(rows)
    else:
        write_csv(rows, columns)


def _wide(counted: Iterator[TermCounts], terms: Sequence[Term]) -> Iterator[dict[str, Any]]:
    for row in counted:
        counts = {term.name: number for term, number in zip(terms, row.counts, strict=True)}
        yield _head(row) | counts


def _long(counted: Iterator[TermCounts], terms: Sequence[Term]) -> Iterator[dict[str, Any]]:
    for row in counted:
        for term, number in zip(terms, row.counts, strict=True):
            if number:
                yield _head(row) | {"term": term.name, "count": number}


def _head(row: TermCounts) -> dict[str, Any]:
    return {name: getattr(row, name) for name in _HEAD}
