"""Hostile texts of any length: one piece over and over, long lines, many lines, deep nesting."""

from collections.abc import Callable, Iterator
from itertools import count

from nianbao.data.forms import load_forms

from .pieces import Choices, Dice, labels, listed, offices, pick, places, units, words


def hostile_texts() -> dict[str, str]:
    """The piece that each hostile text repeats, by name."""
    named = {repr(unit): unit for unit in listed("hostile.txt")}
    named |= {f"label {label!r}": label for label in labels()[::9]}
    named |= {f"unit 2{unit}": f"2{unit}" for unit in units()[::15]}
    named |= {f"office {name}": f"{name}局" for name in offices()[::25]}
    named |= {f"place {name}": name for name in places()[::300]}
    return named


def pairs(seed: int) -> Iterator[tuple[str, str]]:
    """Pairs of lexicon words with a sign now and then, without end."""
    for number in count():
        dice = Dice((seed, number))
        yield f"pair {number}", "".join(_part(dice) for _ in range(2))


def _part(choices: Choices) -> str:
    return pick(choices, words()) + pick(
        choices, ["", "", "、", "，", "。", "1", "的", "\n", " ", "（", "：", "年"]
    )


def repeated(unit: str, length: int) -> str:
    """`unit` over and over, `length` characters long."""
    return (unit * (length // len(unit) + 1))[:length]


def shapes(length: int) -> dict[str, str]:
    """Texts that repeat no single piece: one line of words, many short lines, outlines, random text."""
    dice = Dice(length)
    run = "".join(pick(dice, words()) for _ in range(length))[:length]

    def lines(make: Callable[[int], str], step: int, joint: str = "\n") -> str:
        return joint.join(map(make, range(0, length, step)))

    def label(at: int) -> str:
        return labels()[at % len(labels())]

    return {
        "one line of words": run,
        "many lines of two words": lines(lambda at: run[at : at + 4], 5),
        "many lines of sixty": lines(lambda at: run[at : at + 60], 61),
        "words with commas": lines(lambda at: run[at : at + 6], 7, "，"),
        "words with full stops": lines(lambda at: run[at : at + 9], 10, "。"),
        "words with 、": lines(lambda at: run[at : at + 3], 4, "、"),
        "words with numbers": lines(lambda at: f"{run[at : at + 3]}{at}件", 8, "")[:length],
        "an outline": lines(lambda at: f"{at % 9 or '一'}、{run[at : at + 12]}情况", 16),
        "deep numbers": ".".join(map(str, range(length)))[:length],
        "open brackets": ("《（〔【“" * length)[:length],
        "nested brackets": "（" * (length // 2) + "）" * (length // 2),
        "nested titles": "《" * (length // 2) + "》" * (length // 2),
        "problems": lines(lambda at: f"{run[at : at + 8]}存在问题，有待加强。", 18),
        "problems and plans": "一、存在的问题和改进情况\n"
        + lines(lambda at: f"{run[at : at + 6]}还不够{run[at]}。下一步，将加强{run[at : at + 3]}。", 22),
        "scripts in turns": lines(lambda at: f"{run[at]}a1", 3, ""),
        "one word a line, then one line": "一、\n" * (length // 6) + run[: length // 2],
        "digits, then words": "1" * (length // 2) + run[: length // 2],
        "table rows": lines(lambda at: f"{label(at)}\t{at}\t{at}", 14),
        "table cells": lines(lambda at: label(at) if at % 3 else str(at), 6),
        "a label, then words": f"{label(0)}\n{label(1)}\n{label(2)}\n{label(3)}\n"
        + lines(lambda at: run[at : at + 2], 3),
        "table in a line": lines(lambda at: f"{label(at)}{at} ", 12, ""),
        "table of torn labels": lines(lambda at: f"|{label(at)[1:]}{run[at]}|{at}|", 14),
        "markup table": "<table>" + lines(lambda at: f"<tr><td>{label(at)}<td>{at}", 24, ""),
        "markup of torn labels": "<table>"
        + lines(lambda at: f"<tr><td>{label(at)[1:]}{run[at]}<td>1", 24, ""),
    }


def dressed(text: str, dress: str) -> str:
    """The text `as it is`, `in lines` (eight), or `below a table` and the lead-in of a list."""
    if dress == "in lines":
        size = len(text) // 8 + 1
        return "\n".join(text[at : at + size] for at in range(0, len(text), size))
    if dress == "below a table":
        return f"{_above()}{text}"
    return text


def _above() -> str:
    """The top of a report, with the tables of the last form filled in with small numbers."""
    form = next(iter(load_forms().values()))
    rows = [
        "\t".join([row.label, *("0" for _ in block.columns)])
        for table in form.tables
        for block in table.blocks
        for row in block.rows
    ]
    head = "望川县人民政府2023年政府信息公开工作年度报告\n一、总体情况\n2023年收到申请3件。\n"
    return "\n".join([head, *rows, "三、存在的主要问题及改进情况\n存在以下问题：一是"])
