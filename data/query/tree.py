"""A query as a tree of conditions, each about a report, or about one row of a kind of fact."""

from __future__ import annotations

from typing import Literal, TypeAlias, get_args

import msgspec

Scope = Literal["reports", "statements", "counts", "dates", "zeros", "citations", "cells"]
SCOPES: tuple[str, ...] = get_args(Scope)


class Between(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """Bounds of a number, or of a day (`YYYY-MM-DD`); None leaves a side open.

    `low_open`, `high_open`: the bound itself is out.
    """

    low: int | float | str | None = None
    high: int | float | str | None = None
    low_open: bool = False
    high_open: bool = False


class Contains(msgspec.Struct, frozen=True, tag=True):
    """The text holds this, folded, A-Z in lower case."""

    text: str


class Is(msgspec.Struct, frozen=True, tag=True):
    """The code is this one."""

    code: str


class Quantity(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """A number within bounds, in this unit, of an item whose name holds `item`; None for any."""

    bounds: Between | None = None
    unit: str | None = None
    item: str | None = None


class CellIs(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """A cell of an official table, by an indicator's name or a code: its number, or its state."""

    name: str
    bounds: Between | None = None
    state: str | None = None


Value: TypeAlias = Between | Contains | Is | Quantity | CellIs


class Word(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """A word or phrase as texts are searched: folded, A-Z in lower case, without blanks that views leave out.

    `begins`: it must begin a word of ASCII letters and digits (`gov*` is not in `egov`).
    """

    text: str
    phrase: bool = False
    begins: bool = False
    at: int = 0


class Near(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """Two words, in either order, with at most `distance` characters between them; they may overlap."""

    left: Word
    right: Word
    distance: int


class Condition(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """A field and what it must be; `scope` is the kind of row that it speaks of."""

    field: str
    scope: Scope
    value: Value
    at: int = 0


class Not(msgspec.Struct, frozen=True, tag=True):
    """What does not hold."""

    part: Node


class And(msgspec.Struct, frozen=True, tag=True):
    """All of the parts."""

    parts: tuple[Node, ...]


class Or(msgspec.Struct, frozen=True, tag=True):
    """One of the parts at least."""

    parts: tuple[Node, ...]


class Holds(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """The report has a row of this kind of which `where` is true; `reports` stands for the report itself."""

    scope: Scope
    where: Node


Node: TypeAlias = Word | Near | Condition | Not | And | Or | Holds


def conjunction(parts: list[Node]) -> Node:
    """All of the parts; a single one stands for itself."""
    return parts[0] if len(parts) == 1 else And(tuple(parts))


def disjunction(parts: list[Node]) -> Node:
    """One of the parts; a single one stands for itself."""
    return parts[0] if len(parts) == 1 else Or(tuple(parts))


def positive_words(node: Node) -> list[Word]:
    """The words that a hit may show, each once, in order: those under no NOT."""
    found: list[Word] = []
    match node:
        case Word():
            found = [node]
        case Near():
            found = [node.left, node.right]
        case And() | Or():
            found = [word for part in node.parts for word in positive_words(part)]
        case Holds():
            found = positive_words(node.where)
        case _:
            pass
    first: dict[str, Word] = {}
    for word in found:
        first.setdefault(word.text, word)
    return list(first.values())


def leaves(node: Node) -> list[Word | Near | Condition]:
    """The words and conditions of a tree, in order."""
    match node:
        case And() | Or():
            return [leaf for part in node.parts for leaf in leaves(part)]
        case Not():
            return leaves(node.part)
        case Holds():
            return leaves(node.where)
    return [node]


def speaks_of_rows(node: Node, scope: Scope) -> bool:
    """Whether a bound tree asks anything of the row of `scope` itself, and not of its report alone."""
    match node:
        case And() | Or():
            return any(speaks_of_rows(part, scope) for part in node.parts)
        case Not():
            return speaks_of_rows(node.part, scope)
        case Condition():
            return node.scope == scope
        case Holds():
            return False
    return True
