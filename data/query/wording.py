"""A query in words, Chinese and English: how it was read."""

import msgspec

from ..terms import codes, english_term, term
from .fields import Field, fields, things
from .tree import (
    And,
    Between,
    CellIs,
    Condition,
    Contains,
    Holds,
    Is,
    Near,
    Node,
    Not,
    Or,
    Quantity,
    Scope,
    Value,
    Word,
)

_KINDS = {
    "reports": ("报告", "the report"),
    "statements": ("同一陈述", "one statement"),
    "counts": ("同一数量", "one count"),
    "dates": ("某一日期", "a date"),
    "zeros": ("某一零陈述", "a stated zero"),
    "citations": ("某一引用文件", "a citation"),
    "cells": ("某一表格单元", "a table cell"),
}
_STATES = {"blank": ("未填", "blank"), "nil": ("无", "a nil mark")}


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """A part of a query in words; parts of it have a greater `depth`. `scope` is what `node` is true of."""

    node: Node
    scope: Scope
    depth: int
    chinese: str
    english: str


def outline(node: Node, scope: Scope = "reports", depth: int = 0) -> list[Line]:
    """The tree line by line, each part before those inside it."""
    parts: tuple[Node, ...] = ()
    match node:
        case And() | Or() if len(node.parts) == 1:
            return outline(node.parts[0], scope, depth)
        case And():
            words, parts = ("以下各项都满足", "all of"), node.parts
        case Or():
            words, parts = ("以下至少一项", "any of"), node.parts
        case Not():
            words, parts = ("不满足", "not"), (node.part,)
        case Holds():
            words, parts = _KINDS[node.scope], (node.where,)
        case Word():
            words = _word(node)
        case Near():
            words = (
                f"“{node.left.text}”与“{node.right.text}”相距不超过{node.distance}字",
                f'"{node.left.text}" within {node.distance} characters of "{node.right.text}"',
            )
        case Condition():
            words = _condition(fields()[node.field], node.value)
    line = Line(node=node, scope=scope, depth=depth, chinese=words[0], english=words[1])
    inner = node.scope if isinstance(node, Holds) else scope
    return [line, *(below for part in parts for below in outline(part, inner, depth + 1))]


def _word(word: Word) -> tuple[str, str]:
    if word.begins:
        return f"以“{word.text}”开头的词", f'a word that begins with "{word.text}"'
    kind = ("短语", "the phrase") if word.phrase else ("", "the word")
    return f"{kind[0]}“{word.text}”", f'{kind[1]} "{word.text}"'


def _condition(field: Field, value: Value) -> tuple[str, str]:
    match value:
        case Is():
            return _choice(field, value.code)
        case Contains():
            return f"{field.chinese}含“{value.text}”", f'{field.english} holds "{value.text}"'
        case Between():
            chinese, english = _bounds(value)
            return f"{field.chinese}{chinese}", f"{field.english} {english}"
        case Quantity():
            return _quantity(value)
        case CellIs():
            return _cell(value)


def _choice(field: Field, code: str) -> tuple[str, str]:
    if field.value == "thing":
        thing = things()[code]
        return f"有{thing.chinese}", f"has {thing.english}"
    if field.value == "exact":
        return f"{field.chinese}为{code}", f"{field.english} is {code}"
    chinese = term(field.value, code) if code in codes(field.value) else code
    return f"{field.chinese}为{chinese}", f"{field.english} is {english_term(field.value, code)}"


def _quantity(value: Quantity) -> tuple[str, str]:
    item = (f"“{value.item}”", f' of "{value.item}"') if value.item else ("", "")
    chinese, english = _bounds(value.bounds) if value.bounds else ("", "")
    unit = value.unit or ""
    return f"{item[0]}数量{chinese}{unit}", f"count{item[1]} {english} {unit}".rstrip()


def _cell(value: CellIs) -> tuple[str, str]:
    if value.state:
        chinese, english = (f"为{_STATES[value.state][0]}", f"is {_STATES[value.state][1]}")
    else:
        chinese, english = _bounds(value.bounds) if value.bounds else ("有数", "has a number")
    return f"表中{value.name}{chinese}", f"table cell {value.name} {english}"


def _bounds(value: Between) -> tuple[str, str]:
    low, high = value.low, value.high
    if low is not None and low == high:
        return f"为{low}", f"= {low}"
    chinese, english = [], []
    if low is not None:
        chinese.append(f"{'大于' if value.low_open else '不小于'}{low}")
        english.append(f"{'>' if value.low_open else '>='} {low}")
    if high is not None:
        chinese.append(f"{'小于' if value.high_open else '不大于'}{high}")
        english.append(f"{'<' if value.high_open else '<='} {high}")
    return "、".join(chinese), " and ".join(english)
