"""What a search looks for, as one value: the query, what is found, and the filters."""

import json

import msgspec
from sqlite_utils import Database

from ..errors import QueryError
from ..query import SCOPES, And, Node, Scope, read_query
from .plan import Plan, make_plan
from .search import Filters, narrowed

_AMONG = "r.id in (select value from json_each(:among))"


class Sought(msgspec.Struct, frozen=True, kw_only=True):
    """A query with its filters; without words, all that the filters leave.

    `reports` are the ids of those among which is searched, None for all.
    """

    words: str = ""
    in_: Scope = "reports"
    filters: Filters = Filters()
    reports: tuple[str, ...] | None = None


def find_plan(db: Database, sought: Sought) -> tuple[Node, Plan]:
    """The tree and how to find its rows; raises QueryError."""
    if sought.in_ not in SCOPES:
        raise QueryError(f"{sought.in_!r} cannot be searched; choose from {', '.join(SCOPES)}.")
    typed = read_query(sought.words) if sought.words.strip() else And(())
    tree = narrowed(typed, sought.filters)
    plan = make_plan(db, sought.words, tree, sought.in_)
    if sought.reports is None:
        return tree, plan
    named = plan.named | {"among": json.dumps(sought.reports)}
    return tree, plan._replace(where=f"({plan.where}) and {_AMONG}", named=named)
