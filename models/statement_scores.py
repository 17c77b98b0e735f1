"""Score statements per character of marked text, so that different cuts can be compared."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import get_args

from ..data.gold import Passage
from ..data.records import Label, Statement
from .figures import Figures, precision_recall, ratio

LABELS: tuple[str, ...] = get_args(Label)
NONE = "-"

_NUMERALS = "一二三四五六七八九十"
_LEADING = re.compile(
    rf"[\s，,、；;：:。.！!？?）)】\]”’]*"
    rf"(?:[（(][{_NUMERALS}\d]{{1,3}}[)）]|第?[{_NUMERALS}\d]{{1,3}}[、.．)）](?!\d)|第[{_NUMERALS}][，,]|[{_NUMERALS}]是)?"
    rf"[\s，,、；;：:。！!？?]*"
)
_TRAILING = " \t\r\n\u3000，,、；;：:。.！!？?"


def tally_statements(sums: Counter[str], passage: Passage, found: Sequence[Statement]) -> None:
    """Add the sums of one passage: label by label per character, categories, boundaries and spans."""
    text = passage.text
    labels: list[tuple[str, str | None]] = [(NONE, None)] * len(text)
    for statement in reversed(found):
        here = (statement.label, statement.category)
        labels[statement.start : statement.end] = [here] * (statement.end - statement.start)
    for statement in passage.statements:
        votes: Counter[str] = Counter()
        for place in range(statement.start, statement.end):
            if not text[place].isspace():
                label, category = labels[place]
                votes[label] += 1
                _tally_category(sums, statement, label, category)
        for label, number in votes.items():
            sums[f"st.{statement.label}.{label}"] += number
        winner = min(votes, key=lambda label: (-votes[label], label)) if votes else NONE
        sums[f"stm.{statement.label}.{winner}"] += 1
    _tally_cuts(sums, passage, found)


def _tally_category(sums: Counter[str], statement: Statement, label: str, category: str | None) -> None:
    if label != statement.label:
        return
    if label == "other":
        sums["st:both"] += 1
        return
    right = category == statement.category
    sums["st:category"] += 1
    sums["st:category.right"] += right
    sums["st:both"] += right


def _tally_cuts(sums: Counter[str], passage: Passage, found: Sequence[Statement]) -> None:
    """Starts and whole spans of statements, enumerators and punctuation aside; outside gold text ignored."""
    inside = {place for one in passage.statements for place in range(one.start, one.end)}
    marked = {_trimmed(passage.text, one) for one in passage.statements}
    predicted = {span for one in found if (span := _trimmed(passage.text, one))[0] in inside}
    for name, left, right in (
        ("span", marked, predicted),
        ("boundary", {start for start, _ in marked}, {start for start, _ in predicted}),
    ):
        sums[f"statements.{name}.gold"] += len(left)
        sums[f"statements.{name}.pred"] += len(right)
        sums[f"statements.{name}.tp"] += len(left & right)


def _trimmed(text: str, statement: Statement) -> tuple[int, int]:
    piece = text[statement.start : statement.end]
    found = _LEADING.match(piece)
    lead = found.end() if found else 0
    body = piece[lead:].rstrip(_TRAILING)
    start = statement.start + lead
    return (start, start + len(body)) if body else (statement.start, statement.end)


def confusion(sums: Mapping[str, float], prefix: str = "st") -> dict[tuple[str, str], float]:
    """(marked, found) label to characters (`st`) or statements (`stm`)."""
    return {(a, b): sums.get(f"{prefix}.{a}.{b}", 0) for a in LABELS for b in (*LABELS, NONE)}


def statement_figures(sums: Mapping[str, float]) -> Figures:
    """The figures of statements by name."""
    out, macro, accuracy = _label_figures(confusion(sums))
    total = sum(confusion(sums).values())
    out["statements.macro_f1"] = macro
    out["statements.accuracy"] = accuracy
    out["statements.statement_macro_f1"] = _label_figures(confusion(sums, "stm"))[1]
    out["statements.category_accuracy"] = ratio(sums.get("st:category.right", 0), sums.get("st:category", 0))
    out["statements.label_and_category_accuracy"] = ratio(sums.get("st:both", 0), total)
    for name in ("boundary", "span"):
        right, gold, found = (sums.get(f"statements.{name}.{key}", 0) for key in ("tp", "gold", "pred"))
        out |= precision_recall(f"statements.{name}", right, gold, found)
    return out


def _label_figures(table: Mapping[tuple[str, str], float]) -> tuple[Figures, float | None, float | None]:
    """Precision, recall and F1 of each label; macro F1 over the labels marked; accuracy."""
    out: Figures = {}
    marked_f1 = []
    for label in LABELS:
        right = table[label, label]
        gold = sum(table[label, other] for other in (*LABELS, NONE))
        found = sum(table[other, label] for other in LABELS)
        name = f"statements.{label}"
        out |= precision_recall(name, right, gold, found)
        if gold:
            marked_f1.append(out[f"{name}.f1"] or 0.0)
    total = sum(table.values())
    right = sum(table[label, label] for label in LABELS)
    return out, ratio(sum(marked_f1), len(marked_f1)), ratio(right, total)
