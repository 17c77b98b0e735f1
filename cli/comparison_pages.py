"""A comparison as Markdown, every line with its places `[start-end)` in characters, left then right."""

from collections.abc import Iterator

from ..data.records import Statement
from ..data.terms import term
from ..nlp.compare import Comparison, Held, Passage, StatementPair
from .comparison_words import (
    LABELS,
    PASSAGES,
    described,
    difference,
    group_names,
    held,
    indicator_name,
    quoted,
    remarks,
    short_names,
    shown_indicators,
    shown_passages,
    side_name,
)

_SIGNS = str.maketrans({sign: f"\\{sign}" for sign in "\\`*_#|<>[]~"})


def markdown(found: Comparison, *, every: bool = False) -> str:
    """The whole comparison; `every` has what is the same, too."""
    parts = [*_head(found), *_figures(found, every), *_statements(found), *_passages(found, every)]
    return "\n".join(parts).rstrip()


def _head(found: Comparison) -> Iterator[str]:
    yield f"# {_safe(side_name(found.left))} 与 {_safe(side_name(found.right))}"
    yield ""
    for side in (found.left, found.right):
        yield f"- {_safe(side.title or side_name(side))} · `{side.id}`"
    yield from ("", *(f"- {_safe(line)}" for line in remarks(found)), "")


def _figures(found: Comparison, every: bool) -> Iterator[str]:
    shown = shown_indicators(found, every)
    if not shown:
        return
    left, right = short_names(found)
    yield from (
        "## 数字",
        "",
        f"| 指标 | {_safe(left)} | {_safe(right)} | 变化 |",
        "| --- | ---: | ---: | ---: |",
    )
    for change in shown:
        sides = [
            _safe(held(one, share)) + _place(one)
            for one, share in ((change.left, change.left_share), (change.right, change.right_share))
        ]
        yield f"| {indicator_name(change)} | {sides[0]} | {sides[1]} | {difference(change)} |"
    yield ""


def _place(one: Held | Statement) -> str:
    return "" if one.start is None else f" `[{one.start}-{one.end})`"


def _statements(found: Comparison) -> Iterator[str]:
    names = group_names(found)
    for label in LABELS:
        groups = [found.of(label, which) for which in ("both", "left", "right")]
        if any(groups):
            yield from (f"## {term('label', label)}", "")
        for name, pairs in zip((names[0], names[1], names[2]), groups, strict=True):
            if pairs:
                yield from (f"**{_safe(name)}**（{len(pairs)}）", "", *map(_pair, pairs), "")


def _pair(pair: StatementPair) -> str:
    kind = f"【{described(pair)}】" if described(pair) else ""
    sides = [f"{_safe(quoted(one))}{_place(one)}" for one in (pair.left, pair.right) if one]
    if pair.sameness == "word_for_word" and pair.left and pair.right:
        return f"- {kind}{_safe(quoted(pair.right))}{_place(pair.left)}{_place(pair.right)}"
    return f"- {kind}" + "\n    - → ".join(sides)


def _passages(found: Comparison, every: bool) -> Iterator[str]:
    shown = shown_passages(found, every)
    if not shown:
        return
    yield from ("## 段落", "", "~~删去的字~~ **加上的字**", "")
    for passage in shown:
        yield from (_passage(passage), "")


def _passage(passage: Passage) -> str:
    places = [f"`[{place[0]}-{place[1]})`" for place in (passage.left, passage.right) if place]
    marks = {"same": "{}", "deleted": "~~{}~~", "inserted": "**{}**"}
    text = "".join(marks[edit.operation].format(_safe(edit.text)) for edit in passage.edits)
    return f"【{PASSAGES[passage.kind]}】{text} {' '.join(places)}"


def _safe(text: str) -> str:
    return text.translate(_SIGNS)
