"""A comparison on the terminal: side by side where it is wide enough, one below the other where not."""

from collections.abc import Sequence

from rich.box import SIMPLE_HEAD
from rich.table import Table
from rich.text import Text

from ..data.terms import term
from ..nlp.compare import Comparison, Passage, StatementPair
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
from .output import note, stdout

# Columns from which on two texts fit beside each other.
_WIDE = 100
# Room for a label beside three columns of numbers.
_LABEL = 24
_STYLES = {"same": "", "deleted": "red strike", "inserted": "green bold"}
# As `git diff --word-diff` has them: colours are not for everybody, nor for pipes.
_MARKS = {"same": ("", ""), "deleted": ("[-", "-]"), "inserted": ("{+", "+}")}
# Of the same words between two changes so many are shown at either end.
_AROUND = 24


def print_comparison(found: Comparison, *, every: bool = False) -> None:
    """Figures, statements, passages; `every` has what is the same, too."""
    head = Text(side_name(found.left), style="bold red").append("  ⇄  ", style="dim")
    stdout.print(head.append(side_name(found.right), style="bold green"))
    for line in remarks(found):
        stdout.print(Text(line, style="dim"))
    _print_figures(found, every)
    for label in LABELS:
        _print_statements(found, label, stdout.width >= _WIDE)
    shown = shown_passages(found, every)
    if shown:
        stdout.print(_heading("段落", len(shown)))
        for passage in shown:
            stdout.print(_passage(passage))
            stdout.print()
    same = sum(passage.kind == "same" for passage in found.passages)
    note(f"{len(found.passages)}段中{same}段相同；--format json 有全部位置。")


def _heading(name: str, number: int) -> Text:
    return Text(f"\n{name}", style="bold").append(f"  {number:,}", style="cyan")


def _print_figures(found: Comparison, every: bool) -> None:
    shown = shown_indicators(found, every)
    if not shown:
        return
    table = Table(box=SIMPLE_HEAD, pad_edge=False, padding=(0, 2, 0, 0))
    for place, name in enumerate(("指标", *short_names(found), "变化")):
        least = _LABEL if place == 0 else None
        table.add_column(name, justify="right" if place else "left", overflow="fold", min_width=least)
    for change in shown:
        sides = (held(change.left, change.left_share), held(change.right, change.right_share))
        table.add_row(indicator_name(change), *sides, difference(change))
    stdout.print(_heading("数字（括号内为占合计的份额）", len(shown)))
    stdout.print(table, soft_wrap=False)


def _print_statements(found: Comparison, label: str, wide: bool) -> None:
    groups = {
        name: found.of(label, which)  # type: ignore[arg-type]
        for name, which in zip(group_names(found), ("both", "left", "right"), strict=True)
    }
    if not any(groups.values()):
        return
    stdout.print(_heading(term("label", label), sum(map(len, groups.values()))))
    for name, pairs in groups.items():
        if pairs and wide:
            stdout.print(_beside(name, pairs, short_names(found)), soft_wrap=False)
        elif pairs:
            stdout.print(Text(f"{name}（{len(pairs)}）", style="bold dim"))
            for pair in pairs:
                for line in _below(pair):
                    stdout.print(line)


def _beside(name: str, pairs: Sequence[StatementPair], heads: tuple[str, str]) -> Table:
    table = Table(box=SIMPLE_HEAD, pad_edge=False, padding=(0, 2, 0, 0), expand=True)
    table.add_column(f"{name}（{len(pairs)}）", style="dim", no_wrap=True)
    both = all(pair.left and pair.right for pair in pairs)
    for head in heads if both else ("",):
        table.add_column(head, ratio=5, overflow="fold")
    for pair in pairs:
        sides = (pair.left, pair.right) if both else (pair.left or pair.right,)
        texts = [quoted(one) if one else "" for one in sides]
        if pair.sameness == "word_for_word":
            texts[0] = "″"
        table.add_row(described(pair), *map(Text, texts))
    return table


def _below(pair: StatementPair) -> list[Text]:
    kind = Text(f"  [{described(pair)}] ", style="dim") if described(pair) else Text("  ")
    if pair.left and pair.right:
        lines = [kind, Text(f"    {quoted(pair.right)}")]
        if pair.sameness != "word_for_word":
            lines.insert(1, Text(f"  - {quoted(pair.left)}", style="red"))
            lines[2] = Text(f"  + {quoted(pair.right)}", style="green")
        return lines
    one, mark, style = (pair.left, "-", "red") if pair.left else (pair.right, "+", "green")
    return [kind, Text(f"  {mark} {quoted(one)}", style=style)] if one else []


def _passage(passage: Passage) -> Text:
    """What was changed with the words around; long stretches that are the same are left out."""
    text = Text(f"[{PASSAGES[passage.kind]}] ", style="dim")
    for place, edit in enumerate(passage.edits):
        shown = edit.text
        if edit.operation == "same" and len(shown) > 2 * _AROUND + 2:
            ends = (
                shown[:_AROUND] if place else "",
                shown[-_AROUND:] if place < len(passage.edits) - 1 else "",
            )
            shown = "…".join(ends)
        before, after = _MARKS[edit.operation]
        text.append(f"{before}{shown}{after}", style=f"not dim {_STYLES[edit.operation]}".strip())
    return text
