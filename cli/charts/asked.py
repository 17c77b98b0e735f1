"""A chart by what is asked for: the same for a file, a page and a program."""

from collections.abc import Iterator
from typing import Any, Literal, NamedTuple

import msgspec

from ...data.errors import QueryError
from ...data.records import Genre
from ...data.store import Filters, Sought, Store, YearReport, Years
from ...data.store.views import panel_columns
from ...nlp.trends import FEW, By, IndicatorTrends
from ...nlp.trends.archive import LABELS, Of, category_trends_of, indicator_trends_of
from ...nlp.trends.indicators import KEY_COLUMNS
from .categories import category_chart, category_name
from .gaps import gaps_chart
from .indicators import indicator_chart
from .provinces import ProvinceValue, provinces_chart
from .requests import REQUEST_COLUMNS, requests_chart
from .theme import Language, Spec, sentence, word

# Years beyond these are slips of the pen.
_FIRST, _LAST = 1900, 2199

Kind = Literal["categories", "indicator", "requests", "gaps", "provinces"]


class AskedChart(msgspec.Struct, frozen=True, kw_only=True):
    """Which chart: its `kind`, whose categories (`of`), grouped `by`, in which language.

    `categories` and `indicators` are codes and columns of the panel, none for all or the key ones. It is
    drawn from the reports of `genre` that `query` and the filters find, of those with these ids (`reports`)
    where any are named.
    """

    kind: Kind
    of: Of = "problems"
    by: By = "year"
    categories: tuple[str, ...] = ()
    indicators: tuple[str, ...] = ()
    query: str = ""
    years: Years | None = None
    org: str | None = None
    region: str | None = None
    genre: Genre = "disclosure"
    language: Language = "zh"
    reports: tuple[str, ...] | None = None

    @property
    def among(self) -> Sought:
        """The search for the reports it is drawn from."""
        filters = Filters(years=self.years, org=self.org, region=self.region)
        return Sought(words=self.query, filters=filters, reports=self.reports)


def make_chart(store: Store, asked: AskedChart) -> Spec:
    """The specification of a chart with its data in it; raises QueryError."""
    match asked.kind:
        case "gaps":
            return _gaps(store, asked)
        case "provinces":
            return _provinces(store, asked)
        case "categories":
            label = LABELS.get(asked.of, "problem")
            found = category_trends_of(store, label, asked.by, asked.among, asked.genre, asked.categories)
            return category_chart(found, asked.language)
        case "requests":
            columns = [column for column in panel_columns() if column.column in REQUEST_COLUMNS]
            trends = indicator_trends_of(store, columns, "year", asked.among, asked.genre)
            return requests_chart(trends, asked.language, _only_body(store, trends, asked))
        case "indicator":
            named = {column.column: column for column in panel_columns()}
            columns = [named[name] for name in asked.indicators or KEY_COLUMNS]
            trends = indicator_trends_of(store, columns, asked.by, asked.among, asked.genre)
            return indicator_chart(trends, asked.language, _only_body(store, trends, asked))


def _reports(store: Store, asked: AskedChart) -> Iterator[YearReport]:
    return (report for report in store.year_reports(asked.among) if report.genre == asked.genre)


def _only_body(store: Store, trends: IndicatorTrends, asked: AskedChart) -> str | None:
    """The name of the body, where the figures are of one."""
    if trends.bodies != 1:
        return None
    return max((report.org for report in _reports(store, asked)), key=len)


def _gaps(store: Store, asked: AskedChart) -> Spec:
    chosen: dict[str, Any] = {"org": asked.org, "region": asked.region}
    chosen |= {"years": _bounds(asked.years), "reports": asked.reports}
    states = {
        (one.org, year): "there"
        for one in store.holdings(**chosen)
        for year in one.years
        if one.genre == asked.genre
    }
    # The gravest stands: missing before doubled before suspicious.
    for gap in sorted(store.gaps(**chosen), key=lambda gap: gap.kind, reverse=True):
        if gap.org and gap.year and gap.genre == asked.genre:
            states[gap.org, gap.year] = gap.kind
    return gaps_chart(states, asked.language)


def _bounds(years: Years | None) -> Years | None:
    """Years that reports may be of: every other one within the bounds would be missing of every body."""
    if years is None:
        return None
    first, last = years
    given = [year for year in (first, last) if year not in (None, 0, 9999)]
    if not all(_FIRST <= (year or 0) <= _LAST for year in given):
        raise QueryError(f"{first}..{last}: give years from {_FIRST} to {_LAST}.")
    return first or None, None if last in (None, 9999) else last


class _Held(NamedTuple):
    """The reports of each province, and what is said of them all."""

    ids: dict[str, list[str]]
    remarks: str


def _provinces(store: Store, asked: AskedChart) -> Spec:
    held = _held(store, asked)
    if asked.categories:
        return _province_shares(store, asked, held)
    values = {code: ProvinceValue(len(ids), f"{len(ids):,}") for code, ids in held.ids.items()}
    return provinces_chart(values, word("provinces", asked.language), held.remarks, asked.language)


def _held(store: Store, asked: AskedChart) -> _Held:
    reports = [report for report in _reports(store, asked) if report.region.code]
    ids: dict[str, list[str]] = {}
    for report in reports:
        ids.setdefault(f"{(report.region.code or '')[:2]}0000", []).append(report.id)
    bodies = len({report.body for report in reports})
    years = sorted({report.year for report in reports})
    span = "" if not years else f"{years[0]}–{years[-1]}" if years[0] != years[-1] else str(years[0])
    span = span and (f"{span}年，" if asked.language == "zh" else f"{span}: ")
    basis = word("basis", asked.language, span=span, reports=len(reports), bodies=bodies)
    return _Held(ids, sentence([basis, word("no_data", asked.language)], asked.language))


def _province_shares(store: Store, asked: AskedChart, held: _Held) -> Spec:
    label, category, language = LABELS.get(asked.of, "problem"), asked.categories[0], asked.language
    counts = store.label_counts(label, asked.among)
    values = {}
    for code, ids in held.ids.items():
        hits = sum(category in counts[each].categories for each in ids if each in counts)
        values[code] = ProvinceValue(hits / len(ids), f"{hits / len(ids):.0%}", len(ids) < FEW)
    named = category_name(category, language)
    title = word("provinces_share", language, label=word(label, language), category=named)
    few = word("starred", language, few=FEW) if any(one.few for one in values.values()) else ""
    return provinces_chart(values, title, sentence([held.remarks, few], language), language)
