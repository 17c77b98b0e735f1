"""The facts that lie inside the passages of a page of hits, read at once."""

import json
from collections.abc import Sequence
from typing import Literal

import msgspec
from sqlite_utils import Database

FactKind = Literal["dates", "counts", "zeros", "citations"]

# Of each kind: value, unit, bound, item, title, number.
_FIELDS: dict[FactKind, str] = {
    "dates": "coalesce(f.edtf, f.value), null, null, null, null, null",
    "counts": "f.value, f.unit, f.bound, f.item, null, null",
    "zeros": "0, null, null, f.item, null, null",
    "citations": "null, null, null, null, f.title, f.number",
}
# A report has its facts in one place of each table: some 0.1 ms a passage.
_EACH = """
select p.at, '{kind}', f.id, f.start, f."end", f.text, {fields} from passage p
cross join {kind} f on f.report_id = p.report_id and f.start >= p.first and f."end" <= p.last
"""
_PASSAGES = """
with passage(at, report_id, first, last) as materialized (
  select key, json_extract(value, '$[0]'), json_extract(value, '$[1]'), json_extract(value, '$[2]')
  from json_each(?)
)
"""
_SQL = _PASSAGES + "union all".join(
    _EACH.format(kind=kind, fields=fields) for kind, fields in _FIELDS.items()
)

# A report, and `[start, end)` of its text.
Passage = tuple[str, int, int]


class PassageFact(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, gc=False):
    """A date, count, stated zero or citation inside a passage; `text` is `[start, end)` of the report's text.

    `kind` and `id` are its table and row. `value` is a count's number, 0 of a zero, a date's period as EDTF
    or its length as ISO 8601 (`P20D`); `unit`, `bound` and `item` are those of a count (`item` also of a
    zero), `title` and `number` those of the document cited. JSON leaves out what is None.
    """

    kind: FactKind
    id: int
    start: int
    end: int
    text: str
    value: int | float | str | None = None
    unit: str | None = None
    bound: str | None = None
    item: str | None = None
    title: str | None = None
    number: str | None = None


def facts_in(db: Database, passages: Sequence[Passage]) -> list[tuple[PassageFact, ...]]:
    """Of each passage the facts that lie wholly inside, in the order of the text."""
    found: list[list[PassageFact]] = [[] for _ in passages]
    for at, *fields in db.execute(_SQL, (json.dumps(passages),)) if passages else ():
        found[at].append(PassageFact(**dict(zip(PassageFact.__struct_fields__, fields, strict=True))))
    return [tuple(sorted(facts, key=lambda fact: (fact.start, -fact.end, fact.kind))) for facts in found]
