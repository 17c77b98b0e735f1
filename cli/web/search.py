"""The search page: one box for the whole query language, hits with their facts, facets to narrow by."""

from collections.abc import Mapping
from math import ceil
from typing import Any, NamedTuple

from markupsafe import Markup, escape

from ...data.query import SCOPES
from ...data.store import FacetCount, Hit
from ...data.terms import english_term, term
from ...nlp.archive.listing import Results
from .languages import Language
from .pages import Asked

SHOWN = 20
# Facets beside the hits, with the field of the query language that narrows by each.
_NARROWING = {
    "year": "year",
    "region": "region",
    "org": "org",
    "level": "level",
    "genre": "genre",
    "label": "label",
    "category": "category",
    "section": "section",
}
_VALUES = 12


class Choice(NamedTuple):
    """A value of a facet: how it is called, how many rows it has, and the condition that narrows to it."""

    name: str
    rows: int
    condition: str


def find(asked: Asked) -> Mapping[str, Any]:
    """What the page shows: nothing but how to search where nothing is asked."""
    query, scope = asked.get("q").strip(), asked.get("in") or "reports"
    kept = [each for each in asked.request.args.getlist("only") if each]
    context = {"query": query, "scope": scope, "scopes": SCOPES, "kept": kept, "word": _word(asked.language)}
    if not query and not kept:
        return {**context, "stats": asked.archive.stats()}
    results = asked.archive.search(whole_query(query, kept), scope)  # type: ignore[arg-type]
    number = _page_number(asked.get("page"))
    hits = list(results[(number - 1) * SHOWN : number * SHOWN])
    return {
        **context,
        "total": results.total,
        "hits": [(hit, marked(hit)) for hit in hits],
        "facets": _facets(results, asked.language, kept),
        "page": number,
        "pages": ceil(results.total / SHOWN),
    }


def whole_query(query: str, kept: list[str]) -> str:
    """The query narrowed by the conditions that were clicked."""
    return " ".join([f"({query})" if query and kept else query, *kept]).strip()


def marked(hit: Hit) -> Markup:
    """The snippet of a hit with its words marked; all else of it is text."""
    pieces, at = [], 0
    for start, end in hit.marks:
        pieces += [
            escape(hit.snippet[at:start]),
            Markup("<mark>"),
            escape(hit.snippet[start:end]),
            Markup("</mark>"),
        ]
        at = end
    return Markup("").join([*pieces, escape(hit.snippet[at:])])


def _facets(results: Results, language: Language, kept: list[str]) -> dict[str, list[Choice]]:
    """Values of each facet that are not chosen already."""
    found = {name: values for name, values in results.facets.items() if name in _NARROWING}
    choices = {name: [_choice(name, each, language) for each in values] for name, values in found.items()}
    open_ = {name: [each for each in of if each.condition not in kept] for name, of in choices.items()}
    return {name: of[:_VALUES] for name, of in open_.items() if of}


def _choice(facet: str, value: FacetCount, language: Language) -> Choice:
    code = str(value.value) if value.value is not None else ""
    name = (
        value.name
        if language.code == "zh" or facet in ("org", "region", "year")
        else english_term(facet, code)
    )
    return Choice(name or value.name, value.count, f'{_NARROWING[facet]}:"{code}"' if code else "")


def _word(language: Language) -> Any:  # noqa: ANN401 - a function of templates
    """What codes are called in a language."""
    return term if language.code == "zh" else english_term


def _page_number(typed: str) -> int:
    return max(1, int(typed)) if typed.isdecimal() and len(typed) < 7 else 1
