"""The page of a body: its reports through the years, what they say, what became of it, what is missing."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any, NamedTuple, get_args
from urllib.parse import unquote

from ...data.errors import QueryError
from ...data.records import Check, Genre, Outcome
from ...data.store import Gap, Store
from ...data.store.holdings import BodyReports, Held
from ...data.store.stated import StatedIn
from ...nlp.promises import BodyPromises, find_promises
from ...nlp.repeats import BodyRepeat, body_repeats
from ...nlp.series_checks import check_series
from .bodies import seat_of, the_body
from .kept import kept
from .marking import anchor_of
from .pages import Asked
from .told import named

_LABELS = ("problem", "plan", "initiative")
OUTCOMES: tuple[Outcome, ...] = get_args(Outcome)
_GENRES: tuple[Genre, ...] = get_args(Genre)
# Of what was repeated and of what failed so many are shown; the rest is told by number.
_SHOWN = 40


class ReportRow(NamedTuple):
    """A report in the list of a body's: how many statements of each label, how many checks fail."""

    held: Held
    stands: bool
    labels: Mapping[str, int]
    failing: int


class Failing(NamedTuple):
    """A check that fails, of one report or between two, and where: the first place in the report, if any."""

    report_id: str
    year: int | None
    message: str
    start: int | None


class Answered(NamedTuple):
    """A problem with the plans that answer it; plans that answer none stand without a problem."""

    problem: StatedIn | None
    plans: tuple[StatedIn, ...]


class YearStated(NamedTuple):
    """What the report of a year says of problems and plans."""

    report: Held
    said: tuple[Answered, ...]
    problems: int
    plans: int


class Matrix(NamedTuple):
    """How many statements of a label there are in each category and year."""

    label: str
    years: tuple[int, ...]
    rows: tuple[tuple[str, tuple[int, ...]], ...]


class BodyFacts(NamedTuple):
    """All that the page shows of a body, in no language."""

    body: BodyReports
    others: tuple[BodyReports, ...]
    genre: Genre
    genres: tuple[Genre, ...]
    reports: tuple[ReportRow, ...]
    years: tuple[YearStated, ...]
    matrices: tuple[Matrix, ...]
    promises: tuple[BodyPromises, ...]
    repeats: tuple[BodyRepeat, ...]
    whole_archive: bool
    gaps: tuple[Gap, ...]
    failing: tuple[Failing, ...]


def describe(asked: Asked) -> Mapping[str, Any]:
    """What the page of the body in the address shows. Raises NotFound where no report is of one."""
    name = unquote(asked.request.url_vars["name"])
    at, genre = asked.get("at"), asked.get("genre")
    if genre and genre not in _GENRES:
        raise QueryError(f"genre={genre!r}: choose from {', '.join(_GENRES)}.")
    facts = kept(asked, ("org", name, at, genre), lambda: _facts(asked, name, at, genre))
    language = asked.language
    return {
        "facts": facts,
        "body": facts.body,
        # As the address names it, so that a chart is of the same.
        "chosen": {"body": facts.body.org, "at": seat_of(facts.body), "genre": facts.genre},
        "condition": f'org:"{facts.body.org.replace(chr(34), " ")}"',
        "seat": seat_of,
        "shown": _SHOWN,
        "outcomes": OUTCOMES,
        "path": asked.archive.path.name,
        "line": lambda text: "".join(text.splitlines()),
        "anchor": anchor_of,
        "word": lambda kind, code: named(language, kind, code),
    }


def _facts(asked: Asked, name: str, at: str, genre: str) -> BodyFacts:
    with asked.archive.reading() as store:
        body = the_body(store, name, at)
        genres = tuple(each for each in _GENRES if any(one.genre == each for one in body.reports))
        chosen = next((each for each in genres if each == genre), genres[0])
        standing = _standing(body.reports, chosen)
        ids = tuple(one.id for one in standing)
        of_genre = tuple(one.id for one in body.reports if one.genre == chosen)
        stated = {key: list(each) for key, each in groupby(store.stated(body.ids), _report_of)}
        failing = _failing(store, body.ids)
        return BodyFacts(
            body=body,
            others=tuple(each for each in store.bodies(name) if each.body != body.body),
            genre=chosen,
            genres=genres,
            reports=tuple(_rows(body.reports, ids, stated, failing)),
            years=tuple(_year(one, stated.get(one.id, [])) for one in reversed(standing)),
            matrices=tuple(_matrices(standing, stated)),
            promises=tuple(find_promises(store, genre=chosen, reports=of_genre)),
            repeats=body_repeats(store, of_genre),
            whole_archive=store.repeats_current(),
            gaps=tuple(store.gaps(reports=body.ids)),
            failing=failing,
        )


def _report_of(stated: StatedIn) -> str:
    return stated.report_id


def _standing(reports: Sequence[Held], genre: Genre) -> list[Held]:
    """The report that stands for each year, the first year first."""
    years: dict[int, Held] = {}
    for one in reports:
        if one.genre == genre and one.year is not None:
            years.setdefault(one.year, one)
    return [years[year] for year in sorted(years)]


def _rows(
    reports: Sequence[Held],
    standing: Sequence[str],
    stated: Mapping[str, Sequence[StatedIn]],
    failing: Sequence[Failing],
) -> Iterator[ReportRow]:
    wrong = Counter(each.report_id for each in failing)
    stand = {one.id for genre in _GENRES for one in _standing(reports, genre)} | set(standing)
    for one in reversed(reports):
        labels = Counter[str](each.label for each in stated.get(one.id, ()))
        yield ReportRow(one, one.id in stand or one.year is None, labels, wrong[one.id])


def _failing(store: Store, ids: Sequence[str]) -> tuple[Failing, ...]:
    """What does not add up within the reports, and from one year to the next."""
    found = [
        Failing(each.report_id, each.year, each.message, next((place[0] for place in each.places), None))
        for each in store.failing(ids)
    ]
    for finding in check_series(store.report_tables(ids)):
        if finding.check.state == "fails":
            found.append(
                Failing(finding.report_id, finding.year, finding.check.message, _place(finding.check))
            )
    return tuple(sorted(found, key=lambda each: -(each.year or 0)))


def _place(check: Check) -> int | None:
    return next((start for start, _ in check.places), None)


def _year(report: Held, stated: Sequence[StatedIn]) -> YearStated:
    plans = [each for each in stated if each.label == "plan"]
    problems = [each for each in stated if each.label == "problem"]
    numbers = {each.n for each in problems}
    said = [
        Answered(each, tuple(plan for plan in plans if plan.answers == each.n and each.n is not None))
        for each in problems
    ]
    free = tuple(plan for plan in plans if plan.answers is None or plan.answers not in numbers)
    said += [Answered(None, free)] if free else []
    return YearStated(report, tuple(said), len(problems), len(plans))


def _matrices(standing: Sequence[Held], stated: Mapping[str, Sequence[StatedIn]]) -> Iterator[Matrix]:
    years = tuple(one.year for one in standing if one.year is not None)
    for label in _LABELS:
        counted = Counter(
            (each.category or "general", one.year)
            for one in standing
            for each in stated.get(one.id, ())
            if each.label == label
        )
        categories = Counter[str]()
        for (category, _), number in counted.items():
            categories[category] += number
        rows = tuple(
            (category, tuple(counted[category, year] for year in years))
            for category, _ in categories.most_common()
        )
        if rows:
            yield Matrix(label, years, rows)
