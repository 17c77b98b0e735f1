"""The numbers that Word counts itself (ECMA-376 part 1, 17.9): 一、 （一） 1. before a paragraph."""

import re
from collections.abc import Iterator, Mapping

import msgspec

from .number_forms import numbered
from .xml_parts import Element, attribute, child, local_name, number

_PLACE = re.compile("%([1-9])")
# Word has nine levels, 0 to 8.
_LEVELS = 9
# Styles rest on one another in a chain; one longer than this runs in a circle.
_CHAIN = 20


class _Level(msgspec.Struct, frozen=True):
    """How one level counts."""

    start: int = 1
    form: str = "decimal"
    pattern: str = ""
    restart: int | None = None
    legal: bool = False
    style: str | None = None


class _List(msgspec.Struct, frozen=True):
    """A `w:num`: the definition whose counters it shares, its levels, and where it starts anew."""

    abstract: str
    levels: Mapping[int, _Level]
    starts: Mapping[int, int]


class Styles:
    """What styles say of a paragraph: its number, and whether it is an entry of a table of contents."""

    def __init__(self, root: Element | None) -> None:
        self._styles: dict[str, Element] = {}
        self._default: str | None = None
        for style in root if root is not None else ():
            if local_name(style) == "style" and attribute(style, "type") == "paragraph":
                key = attribute(style, "styleId") or ""
                self._styles[key] = style
                if attribute(style, "default") in ("1", "true", "on"):
                    self._default = key

    def chain(self, paragraph: Element) -> Iterator[tuple[str, Element]]:
        """The paragraph's style and those it rests on, nearest first."""
        named = child(paragraph, "pPr", "pStyle")
        key = attribute(named, "val") if named is not None else self._default
        for _ in range(_CHAIN):
            style = self._styles.get(key or "")
            if style is None:
                return
            yield key or "", style
            based = child(style, "basedOn")
            key = attribute(based, "val") if based is not None else None

    def is_contents(self, paragraph: Element) -> bool:
        """Whether the paragraph is an entry of a table of contents."""
        if child(paragraph, "pPr", "pStyle") is None:
            return False
        names = (_value(style, "name") or "" for _, style in self.chain(paragraph))
        return any(name.lower().startswith("toc ") for name in names)

    def list_of(self, key: str) -> str | None:
        """The list that a numbering style stands for."""
        style = self._styles.get(key)
        return _value(child(style, "pPr", "numPr"), "numId")


class Numbers:
    """Counts the numbered paragraphs of a document, given in their order."""

    def __init__(self, root: Element | None, styles: Styles) -> None:
        self._styles = styles
        self._lists = _lists(root)
        self._counts: dict[str, dict[int, int]] = {}
        self._begun: set[str] = set()

    def of(self, paragraph: Element) -> str:
        """The number that Word shows before `paragraph`; empty where it shows none, or a bullet."""
        key, depth = self._place(paragraph)
        numbering = self._lists.get(key or "")
        if key is None or numbering is None or depth not in numbering.levels:
            return ""
        counts = self._counts.setdefault(numbering.abstract, {})
        if key not in self._begun:
            self._begun.add(key)
            for level in numbering.starts:
                counts.pop(level, None)
        self._count(counts, numbering, depth)
        return _shown(counts, numbering, depth)

    def _place(self, paragraph: Element) -> tuple[str | None, int]:
        """The list that a paragraph belongs to and its level there."""
        own = child(paragraph, "pPr", "numPr")
        key, depth = _value(own, "numId"), _value(own, "ilvl")
        for name, style in self._styles.chain(paragraph):
            if key is not None:
                break
            given = child(style, "pPr", "numPr")
            key = _value(given, "numId")
            depth = depth or self._level_of(key, name) or _value(given, "ilvl")
        return key, number(depth, 0)

    def _level_of(self, key: str | None, style: str) -> str | None:
        numbering = self._lists.get(key or "")
        levels = numbering.levels.items() if numbering else ()
        return next((str(depth) for depth, level in levels if level.style == style), None)

    def _count(self, counts: dict[int, int], numbering: _List, depth: int) -> None:
        level = numbering.levels[depth]
        if depth in counts:
            counts[depth] += 1
        else:
            counts[depth] = numbering.starts.get(depth, level.start)
        for deeper in range(depth + 1, _LEVELS):
            restart = numbering.levels[deeper].restart if deeper in numbering.levels else None
            # `lvlRestart` n: only level n (counted from 1) and those above start it anew, 0: none does.
            if restart is None or depth < restart:
                counts.pop(deeper, None)


def _shown(counts: Mapping[int, int], numbering: _List, depth: int) -> str:
    own = numbering.levels[depth]
    if own.form == "bullet":
        return ""

    def counter(place: re.Match[str]) -> str:
        level = int(place[1]) - 1
        its = numbering.levels.get(level, own)
        form = "decimal" if own.legal and its.form != "none" else its.form
        return numbered(counts.get(level, its.start), form)

    return _PLACE.sub(counter, own.pattern).strip()


def _lists(root: Element | None) -> dict[str, _List]:
    elements = list(root) if root is not None else []
    abstracts = {attribute(one, "abstractNumId"): one for one in elements if local_name(one) == "abstractNum"}
    styled = {
        _value(one, "styleLink"): key for key, one in abstracts.items() if child(one, "styleLink") is not None
    }
    lists = {}
    for one in elements:
        if local_name(one) != "num":
            continue
        key = _value(one, "abstractNumId")
        link = _value(abstracts.get(key), "numStyleLink")
        key = styled.get(link, key) if link else key
        levels, starts = _levels(abstracts.get(key)), {}
        for override in one.iterchildren("{*}lvlOverride"):
            depth = number(attribute(override, "ilvl"), 0)
            levels |= _levels(override)
            start = _value(override, "startOverride")
            if start is not None:
                starts[depth] = number(start, 1)
        lists[attribute(one, "numId") or ""] = _List(key or "", levels, starts)
    return lists


def _levels(definition: Element | None) -> dict[int, _Level]:
    levels = {}
    for level in definition.iterchildren("{*}lvl") if definition is not None else ():
        restart = _value(level, "lvlRestart")
        legal = child(level, "isLgl")
        levels[number(attribute(level, "ilvl"), 0)] = _Level(
            start=number(_value(level, "start"), 0),
            form=_form(level),
            pattern=_value(level, "lvlText") or "",
            restart=number(restart, 0) if restart is not None else None,
            legal=legal is not None and attribute(legal, "val") not in ("0", "false", "off"),
            style=_value(level, "pStyle"),
        )
    return levels


def _form(level: Element) -> str:
    """The number format; where a newer one stands beside an older, the one for readers that know it not."""
    found = [_value(holder, "numFmt") for holder in (level, child(level, "AlternateContent", "Fallback"))]
    return next((form for form in found if form), "decimal")


def _value(element: Element | None, name: str) -> str | None:
    found = child(element, name)
    return attribute(found, "val") if found is not None else None
