"""Hits of a search, for people and for pipes."""

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec
from rich.text import Text

from ..data.store import FacetCount, Hit, PassageFact, SearchResult, Sort
from ..data.terms import term
from .output import note, stdout, write_csv, write_json, write_jsonl

# The columns of a hit, as every format for pipes has them; JSON has its facts, too.
COLUMNS = (
    *("report_id", "title", "org", "year", "section", "label", "start", "end", "snippet", "score"),
    *("kind", "fact_id", "fact"),
)


class Page(msgspec.Struct, frozen=True, kw_only=True):
    """Which of the hits: in this order, so many, from an offset or after a key on."""

    sort: Sort
    limit: int
    offset: int
    after: str | None


def show_hits(
    result: SearchResult, form: str, words: str, facets: Mapping[str, Sequence[FacetCount]] | None = None
) -> None:
    """Hits as `jsonl`, `csv`, `json`, or `text` for people; facets in JSON alone."""
    if form == "text":
        _print_hits(result, words)
    else:
        _write_hits(result, form, facets or {})


def _write_hits(result: SearchResult, form: str, facets: Mapping[str, Sequence[FacetCount]]) -> None:
    """Hits as `jsonl`, `csv` or `json`; in JSON with the total, the key of the next page and facets."""
    rows = [_row(hit) | {"facts": hit.facts} for hit in result.hits]
    if form == "jsonl":
        write_jsonl(rows)
    elif form == "csv":
        write_csv(map(_row, result.hits), COLUMNS)
    else:
        found = {"total": result.total, "next": result.next, "hits": rows}
        write_json(found | ({"facets": facets} if facets else {}))


def _print_hits(result: SearchResult, words: str) -> None:
    """Hits for people, the words marked."""
    if not result.total:
        note(f"Nothing found for {words}.")
        return
    for hit in result.hits:
        stdout.print(_heading(hit))
        stdout.print(_marked(hit))
        if hit.facts:
            stdout.print(Text("  " + _facts(hit.facts), style="dim"))
        stdout.print()
    shown = len(result.hits)
    note(f"{result.total} found" + (f", {shown} shown (--limit {result.total})" * (shown < result.total)))
    if result.next:
        note(f"next page: --after {result.next}")


def _row(hit: Hit) -> dict[str, Any]:
    return {name: getattr(hit, name) for name in COLUMNS}


def _heading(hit: Hit) -> Text:
    head = Text()
    head.append(hit.org or hit.title or hit.report_id, style="bold")
    head.append(f"  {hit.year or '年份不明'}", style="cyan")
    for kind, code in (("section", hit.section), ("label", hit.label)):
        if code:
            head.append(f" · {term(kind, code)}", style="dim")
    head.append(f"   {hit.report_id}", style="dim")
    return head.append(f" +{len(hit.similar)} alike" if hit.similar else "", style="dim")


def _marked(hit: Hit) -> Text:
    """The snippet with its hits marked, on one line."""
    text = Text("  " + hit.snippet.replace("\n", " "))
    for start, end in hit.marks:
        text.stylize("bold red", start + 2, end + 2)
    return text


def _facts(facts: Sequence[PassageFact]) -> str:
    """Facts on one line, each once: value, unit and item, the period, the document cited."""
    return " · ".join(dict.fromkeys(map(_fact, facts)))


def _fact(fact: PassageFact) -> str:
    if fact.kind == "dates":
        return str(fact.value or fact.text)
    if fact.kind == "citations":
        title = f"《{fact.title}》" if fact.title else ""
        return f"{title}{fact.number or ''}" or fact.text
    value = f"{fact.value:,}" if isinstance(fact.value, int | float) else str(fact.value)
    counted = f"{value}{fact.unit or ''}"
    if fact.bound not in (None, "exact"):
        counted = f"{counted}（{term('bound', fact.bound)}）"
    return f"{fact.item} {counted}" if fact.item else counted
