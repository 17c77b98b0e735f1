"""The search page: one box for the whole query language, hits with their facts, facets to narrow by."""

import csv
import io
from collections.abc import Mapping
from itertools import islice
from math import ceil
from typing import Any, NamedTuple, get_args

import msgspec
from datasette.utils.asgi import Response
from markupsafe import Markup, escape

from ...data.errors import QueryError
from ...data.query import SCOPES
from ...data.store import Facet, FacetCount, Hit, Sort
from ...nlp.archive.listing import Results
from ..hits import COLUMNS
from .languages import Language
from .marking import anchor_of
from .pages import Asked
from .told import named, passage_told

SHOWN = 20
# What one file of hits holds at most.
WRITTEN = 10_000
_VALUES = 12
# More hits than this are shown before their facets are counted, which takes 1.5 µs a hit.
FACETED_AT_ONCE = 10_000
_MARK = Markup("<mark>{}</mark>")
# Facets whose values are names, in no language.
_NAMES = frozenset({"year", "region", "org"})
_FACETS: tuple[Facet, ...] = get_args(Facet)


class Wanted(NamedTuple):
    """What is searched for: the query typed, the conditions clicked, what is found, in which order."""

    query: str
    kept: tuple[str, ...]
    scope: Any
    sort: Any

    @property
    def whole(self) -> str:
        """The query narrowed by the conditions."""
        typed = f"({self.query})" if self.query and self.kept else self.query
        return " ".join([typed, *self.kept]).strip()

    def parameters(self, **changed: object) -> dict[str, object]:
        """The parameters of an address that asks for this, some of them changed."""
        given = {"q": self.query, "only": list(self.kept), "in": self.scope, "sort": self.sort}
        plain = {"in": "reports", "sort": "score"}
        return {name: value for name, value in (given | changed).items() if value != plain.get(name)}


class Choice(NamedTuple):
    """A value of a facet: how it is called, how many rows it has, and the condition that narrows to it."""

    name: str
    rows: int
    condition: str


def find(asked: Asked) -> Mapping[str, Any]:
    """What the page shows: how to search where nothing is asked."""
    wanted = _wanted(asked)
    context = {"query": wanted.query, "wanted": wanted, "scopes": SCOPES}
    if not wanted.whole:
        return {**context, "stats": asked.archive.stats()}
    results = asked.archive.search(wanted.whole, wanted.scope, sort=wanted.sort, near=True)
    number = _page_number(asked.get("page"))
    hits = list(results[(number - 1) * SHOWN : number * SHOWN])
    language = asked.language
    later = results.total > FACETED_AT_ONCE and not asked.get("facets")
    return {
        **context,
        "total": 0 if results.near else results.total,
        "near": results.near,
        "hits": [(hit, marked(hit), _facts(hit, language)) for hit in hits],
        "facets": {} if later or results.near else _facets(results, language, wanted.kept),
        "later": later,
        "page": number,
        "pages": ceil(results.total / SHOWN),
        "first": (number - 1) * SHOWN + 1,
        "sorts": ("score", "-year", "year", "org"),
        "word": lambda kind, code: named(language, kind, code),
        "anchor": anchor_of,
    }


def narrow(asked: Asked) -> Mapping[str, Any]:
    """The facets alone, of a page that was shown before they were counted."""
    wanted, language = _wanted(asked), asked.language
    return {
        "wanted": wanted,
        "facets": _facets(_results(asked), language, wanted.kept),
        "word": lambda kind, code: named(language, kind, code),
    }


def write_json(asked: Asked) -> Response:
    """The hits as JSON, with how many there are in all."""
    results = _results(asked)
    hits = [_row(hit) | {"facts": hit.facts} for hit in islice(results, WRITTEN)]
    body = msgspec.json.encode({"total": results.total, "hits": hits})
    return Response(body.decode(), content_type="application/json; charset=utf-8")


def write_csv(asked: Asked) -> Response:
    """The hits as CSV, with the byte order mark that spreadsheets know UTF-8 by."""
    written = io.StringIO()
    writer = csv.DictWriter(written, COLUMNS, lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(_row(hit) for hit in islice(_results(asked), WRITTEN))
    headers = {"content-disposition": 'attachment; filename="nianbao.csv"'}
    return Response("\ufeff" + written.getvalue(), headers=headers, content_type="text/csv; charset=utf-8")


def marked(hit: Hit) -> Markup:
    """The snippet of a hit with its words marked; all else of it is text."""
    written, at = Markup(""), 0
    for start, end in hit.marks:
        written += escape(hit.snippet[at:start]) + _MARK.format(hit.snippet[start:end])
        at = end
    return written + escape(hit.snippet[at:])


def _wanted(asked: Asked) -> Wanted:
    kept = tuple(dict.fromkeys(filter(None, asked.request.args.getlist("only"))))
    sort = asked.get("sort") or "score"
    if sort not in get_args(Sort):
        raise QueryError(f"sort={sort!r}: choose from {', '.join(get_args(Sort))}.")
    return Wanted(asked.get("q").strip(), kept, asked.get("in") or "reports", sort)


def _results(asked: Asked) -> Results:
    wanted = _wanted(asked)
    return asked.archive.search(wanted.whole, wanted.scope, sort=wanted.sort)


def _row(hit: Hit) -> dict[str, Any]:
    return {name: getattr(hit, name) for name in COLUMNS}


def _facts(hit: Hit, language: Language) -> dict[str, int]:
    """What is said of each fact in the passage, and where it begins."""
    return {passage_told(fact, language): fact.start for fact in reversed(hit.facts)}


def _facets(results: Results, language: Language, kept: tuple[str, ...]) -> dict[str, list[Choice]]:
    """Values of each facet that are not chosen already."""
    facets = {
        name: [_choice(name, each, language) for each in values] for name, values in results.facets.items()
    }
    left = {
        name: [each for each in choices if each.condition and each.condition not in kept]
        for name, choices in facets.items()
        if name in _FACETS
    }
    return {name: choices[:_VALUES] for name, choices in left.items() if choices}


def _choice(facet: str, value: FacetCount, language: Language) -> Choice:
    code = "" if value.value is None else str(value.value)
    name = value.name if facet in _NAMES else named(language, facet, code)
    condition = f"{facet}:{code}" if code.isalnum() and code.isascii() else f'{facet}:"{code}"'
    return Choice(name or value.name, value.count, condition if code else "")


def _page_number(typed: str) -> int:
    return max(1, int(typed)) if typed.isdecimal() and len(typed) < 7 else 1
