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
    """Which of the hits: in this order, so many, from an offset or after a key on; or near ones."""

    sort: Sort
    limit: int
    offset: int
    after: str | None
    near: bool = False


def show_hits(
    result: SearchResult,
    form: str,
    words: str,
    facets: Mapping[str, Sequence[FacetCount]] | None = None,
    *,
    marked: bool = False,
) -> None:
    """Hits as `jsonl`, `csv`, `json`, or `text` for people; facets in JSON alone.

    `marked`: rows say whether they are near hits.
    """
    if form == "text":
        _print_hits(result)
    else:
        _write_hits(result, form, facets or {}, {"near": result.near} if marked else {})
    if result.near or not result.total:
        _say_nothing_found(result, words, near=marked)


def _write_hits(
    result: SearchResult, form: str, facets: Mapping[str, Sequence[FacetCount]], near: dict[str, Any]
) -> None:
    """Hits as `jsonl`, `csv` or `json`; in JSON with the total, the key of the next page and facets."""
    rows = [_row(hit) | near | {"facts": hit.facts} for hit in result.hits]
    if form == "jsonl":
        write_jsonl(rows)
    elif form == "csv":
        write_csv(rows, (*COLUMNS, *near))
    else:
        found = {"total": result.total, "next": result.next, **near, "hits": rows}
        write_json(found | ({"facets": facets} if facets else {}))


def _say_nothing_found(result: SearchResult, words: str, *, near: bool) -> None:
    """That nothing holds the words as they were typed, how they were cut, and what was shown for them."""
    note(f"Nothing found for {words} as it is typed." if words else "Nothing found.")
    if result.words:
        note(f"Cut into words: {' · '.join(result.words)}")
    if result.absent:
        note(f"In no text: {' · '.join(result.absent)}")
    if result.near:
        shown = len(result.hits)
        less = f"; {shown} of {result.total} shown (--limit {result.total})" * (shown < result.total)
        note(f"≈ near: the words apart, the year, the body's name{less}")
    elif words and not near:
        note("--near gives what comes near.")


def _print_hits(result: SearchResult) -> None:
    """Hits for people, the words marked."""
    for hit in result.hits:
        stdout.print(Text("≈ " * result.near, style="yellow") + _heading(hit))
        stdout.print(_marked(hit))
        if hit.facts:
            stdout.print(Text("  " + _facts(hit.facts), style="dim"))
        stdout.print()
    shown = len(result.hits)
    if not result.total or result.near:
        return
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
        bound = term("bound", fact.bound)
        counted = f"{counted}{bound}" if fact.bound == "more" else f"{bound}{counted}"
    return f"{fact.item} {counted}" if fact.item else counted
