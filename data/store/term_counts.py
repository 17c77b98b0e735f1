"""How often each of many terms stands in each report."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import msgspec
from sqlite_utils import Database

from ..errors import InputError, QueryError
from ..query import positive_words, read_query
from .evaluation import texts_of
from .sought import Sought, find_plan

_TERMS_MAX = 2_000
# So many texts are held at a time.
_BATCH = 200
_SIGN = " = "
_COMMENT = "#"


class Term(msgspec.Struct, frozen=True, kw_only=True):
    """A term under the name of its column, and the query that finds it."""

    name: str
    query: str


class TermCounts(msgspec.Struct, frozen=True, kw_only=True):
    """A report, and how often each term stands in it, in the order of the terms.

    A word counts as often as it stands there without overlapping itself; a query as often as all its words,
    where it is true of the report, or once where it has none.
    """

    report_id: str
    org: str | None
    year: int | None
    title: str | None
    counts: tuple[int, ...]


def read_terms(path: Path) -> tuple[Term, ...]:
    """The terms of a file: a line is one, as it stands, or `name = query`; blank lines and `# …` are none.

    Raises InputError naming a line that is no term, or two of the same name.
    """
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{path}: cannot be read as UTF-8 text; check its name and its encoding.") from error
    terms: dict[str, Term] = {}
    for number, line in enumerate(lines, 1):
        if not line.strip() or line.startswith(_COMMENT):
            continue
        term = _term(line)
        if term.name in terms:
            raise InputError(
                f"{path.name}:{number}: {term.name!r} stands twice; give each a name of its own."
            )
        try:
            read_query(term.query)
        except QueryError as error:
            raise InputError(f"{path.name}:{number}: {error}") from error
        terms[term.name] = term
    if not terms:
        raise InputError(f"{path}: there is no term in it; write one on each line.")
    return tuple(terms.values())


def count_terms(db: Database, terms: Sequence[Term], sought: Sought) -> Iterator[TermCounts]:
    """A row for each report that is sought, by body and year; raises QueryError."""
    if len(terms) > _TERMS_MAX:
        raise QueryError(f"There are {len(terms):,} terms; {_TERMS_MAX:,} are the most. Take them in parts.")
    plan = find_plan(db, sought)[1]
    columns = "r.number, r.id as report_id, r.org, r.year, r.title"
    sql = plan.statement(columns, "order by r.org is null, r.org, r.year, r.id")
    reports = list(db.query(sql, plan.named))
    wanted: dict[int, list[int]] = defaultdict(list)
    words = []
    for place, term in enumerate(terms):
        tree, found = find_plan(db, Sought(words=term.query))
        words.append([word.text for word in positive_words(tree)])
        for (number,) in db.execute(found.statement("r.number"), found.named):
            wanted[number].append(place)
    return _rows(db, reports, wanted, words)


def _rows(
    db: Database, reports: list[dict[str, Any]], wanted: dict[int, list[int]], words: list[list[str]]
) -> Iterator[TermCounts]:
    for first in range(0, len(reports), _BATCH):
        batch = reports[first : first + _BATCH]
        texts = dict(texts_of(db, "reports", [row["number"] for row in batch if row["number"] in wanted]))
        for row in batch:
            counts = [0] * len(words)
            number = row.pop("number")
            for place in wanted.get(number, ()):
                counts[place] = sum(map(texts[number].count, words[place])) if words[place] else 1
            yield TermCounts(**row, counts=tuple(counts))


def _term(line: str) -> Term:
    name, sign, query = line.partition(_SIGN)
    if sign and name.strip():
        return Term(name=name.strip(), query=query.strip())
    line = line.strip()
    return Term(name=line, query='"{}"'.format(line.replace('"', '""')))
