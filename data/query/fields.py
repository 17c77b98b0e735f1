"""The fields of the query language and the things that `has:` asks for, read from their tables."""

from functools import cache
from pathlib import Path
from typing import Literal, TypeVar, get_args

import msgspec

from ..errors import ResourceError
from ..lines import data_lines
from .tree import SCOPES, Scope

_FIELDS = Path(__file__).with_name("fields.tsv")
_THINGS = Path(__file__).with_name("things.tsv")

_Named = TypeVar("_Named")

ValueKind = Literal[
    "text",
    "exact",
    "number",
    "day",
    "genre",
    "level",
    "label",
    "category",
    "section",
    "words",
    "thing",
    "quantity",
    "cell",
]


class Field(msgspec.Struct, frozen=True, kw_only=True):
    """A field: what kind of row it speaks of, what its values are, its other names and its wording."""

    name: str
    scope: Scope
    value: ValueKind
    aliases: tuple[str, ...]
    chinese: str
    english: str


class Thing(msgspec.Struct, frozen=True, kw_only=True):
    """Something a report may have, with its other names and wording."""

    code: str
    aliases: tuple[str, ...]
    chinese: str
    english: str


@cache
def fields(path: Path = _FIELDS) -> dict[str, Field]:
    """Fields by name and alias; raises ResourceError naming a line malformed or a name used twice."""
    found: dict[str, Field] = {}
    for number, line in data_lines(path):
        row = line.split("\t")
        if len(row) != 6 or row[1] not in SCOPES or row[2] not in get_args(ValueKind):
            raise ResourceError(
                f"{path.name}:{number}: write name, scope, kind of value, aliases, two wordings."
            )
        names = ("name", "scope", "value", "aliases", "chinese", "english")
        field = msgspec.convert(dict(zip(names, row, strict=True)) | {"aliases": row[3].split("|")}, Field)
        _add(found, field, (field.name, *field.aliases), f"{path.name}:{number}")
    return found


@cache
def things(path: Path = _THINGS) -> dict[str, Thing]:
    """What `has:` can ask for, by code and alias; raises ResourceError as `fields` does."""
    found: dict[str, Thing] = {}
    for number, line in data_lines(path):
        row = line.split("\t")
        if len(row) != 4 or not all(row):
            raise ResourceError(f"{path.name}:{number}: write code, aliases and two wordings, tabs between.")
        thing = Thing(code=row[0], aliases=tuple(row[1].split("|")), chinese=row[2], english=row[3])
        _add(found, thing, (thing.code, *thing.aliases), f"{path.name}:{number}")
    return found


def _add(known: dict[str, _Named], value: _Named, names: tuple[str, ...], place: str) -> None:
    for name in names:
        if not name or name in known:
            raise ResourceError(f"{place}: {name!r} is empty or stands twice; name it otherwise.")
        known[name] = value
