"""Rows in an order of one's choice, a page after the other."""

import binascii
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Sequence
from typing import Annotated, Any, Literal, get_args

import msgspec
from sqlite_utils import Database

from ..errors import QueryError
from ..query import Scope
from .evaluation import texts_of
from .plan import Plan

Sort = Literal[
    "score",
    "year",
    "-year",
    "org",
    "-org",
    "length",
    "-length",
    "published",
    "-published",
    "count",
    "-count",
]
SORTS: tuple[str, ...] = get_args(Sort)

_VALUES = {"year": "r.year", "org": "r.org", "length": "r.length", "published": "r.published"}
# Occurrences are counted in the texts themselves, some 0.1 ms each.
_COUNTED_MAX = 20_000

# What SQLite takes for a whole number.
_Whole = Annotated[int, msgspec.Meta(ge=-(2**63), le=2**63 - 1)]


class PageKey(msgspec.Struct, frozen=True, kw_only=True, array_like=True):
    """The last row of a page: what it was sorted by, its report and its row.

    Sorted by score the value is the number of rows up to it.
    """

    sort: str
    scope: str
    value: str | _Whole | float | None
    report_id: str
    row: _Whole

    def written(self) -> str:
        """The key as letters, digits, `-` and `_`."""
        return urlsafe_b64encode(msgspec.json.encode(self)).decode().rstrip("=")


def read_key(written: str, sort: Sort, scope: Scope) -> PageKey:
    """The key of a page; raises QueryError where it is none, or one of another order."""
    try:
        packed = urlsafe_b64decode(written + "=" * (-len(written) % 4))
        key = msgspec.json.decode(packed, type=PageKey)
    except (binascii.Error, ValueError, msgspec.DecodeError) as error:
        raise QueryError(f"{written!r} is no key of a page; take `next` of the page before.") from error
    if (key.sort, key.scope) != (sort, scope):
        raise QueryError(
            f"This key goes on with {key.scope} sorted by {key.sort}, not {scope} by {sort}; "
            "ask for the same order as before."
        )
    return key


def row_key(row: dict[str, Any]) -> int:
    """The row's own number: of its fact, or of its report."""
    return int(row["number"] if row["fact_id"] is None else row["fact_id"])


def sorted_rows(
    db: Database,
    plan: Plan,
    sort: Sort,
    words: Sequence[str],
    *,
    after: PageKey | None,
    limit: int,
    offset: int,
) -> list[dict[str, Any]]:
    """`limit` rows from `offset` on, or of those that follow `after`, each with its `value`.

    Rows whose value is unknown come last; of equal ones the lesser report id, then the lesser row, first.
    Raises QueryError where rows of this kind cannot be sorted so.
    """
    if sort.lstrip("-") == "count" and plan.scope == "reports":
        return _by_occurrences(db, plan, sort, words, after)[offset : offset + limit]
    value, named = _value(sort, plan.scope), dict(plan.named)
    direction = "desc" if sort.startswith("-") else "asc"
    row = "r.number" if plan.scope == "reports" else "f.id"
    following = ""
    if after is not None:
        following = f"and {_after(value, row, after)}"
        named |= {"after_value": after.value, "after_id": after.report_id, "after_row": after.row}
    tail = (
        f"{following} order by {value} is null, {value} {direction}, r.id, {row} limit :limit offset :offset"
    )
    return list(db.query(plan.sorted(value, tail), named | {"limit": limit, "offset": offset}))


def _value(sort: Sort, scope: Scope) -> str:
    name = sort.lstrip("-")
    if name != "count":
        return _VALUES[name]
    if scope not in ("counts", "cells"):
        raise QueryError(f"{scope} have no count to be sorted by; sort reports, counts or cells by it.")
    return "f.value"


def _after(value: str, row: str, key: PageKey) -> str:
    """SQL: the row comes after the key's."""
    same = f"(r.id, {row}) > (:after_id, :after_row)"
    if key.value is None:
        return f"({value} is null and :after_value is null and {same})"
    beyond = f"{value} {'<' if key.sort.startswith('-') else '>'} :after_value"
    return f"({value} is null or {beyond} or ({value} = :after_value and {same}))"


def _by_occurrences(
    db: Database, plan: Plan, sort: Sort, words: Sequence[str], after: PageKey | None
) -> list[dict[str, Any]]:
    """All reports by how often the words stand in them."""
    numbers = plan.newest(db)
    if not words or len(numbers) > _COUNTED_MAX:
        many = f"there are {len(numbers):,} reports, over {_COUNTED_MAX:,}"
        raise QueryError(
            f"Nothing to be sorted by count: {many if words else 'no word is looked for'}. Narrow the query."
        )
    counted = {number: sum(map(text.count, words)) for number, text in texts_of(db, "reports", numbers)}
    sign = -1 if sort.startswith("-") else 1
    rows = [row | {"value": counted.get(row["number"], 0)} for row in plan.rows(db, numbers)]
    rows.sort(key=lambda row: (sign * row["value"], row["report_id"]))
    if after is None:
        return rows
    if not isinstance(after.value, int):
        raise QueryError(f"{after.value!r} is no number of occurrences; take `next` of the page before.")
    last = (sign * after.value, after.report_id)
    return [row for row in rows if (sign * row["value"], row["report_id"]) > last]
