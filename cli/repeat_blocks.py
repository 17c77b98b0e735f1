"""Repeats for people: the sentence once, then bodies and years, what differs marked."""

import re
from collections.abc import Iterable, Sequence
from itertools import groupby

from rich.text import Text

from ..data.store.repeats import Chain, Member, Repeat, RepeatFilters, RepeatPair
from ..data.terms import term
from .output import note, stdout

_BLANKS = re.compile(r"\s+")
_PAGE_MARK = re.compile(r"\n[ \t]*[-—][ \t]*\d{1,4}[ \t]*[-—][ \t]*(?=\n)")
# Numbers change as a whole.
_PIECE = re.compile(r"\d[\d.%]*|.")
# Bodies, and characters of a sentence, that are shown of a repeat; the formats for pipes have them all.
_BODIES, _LENGTH = 8, 400
_IN, _OUT = ("bold green", "[+", "+]"), ("red strike", "[-", "-]")


def print_repeats(repeats: Sequence[Repeat], total: int, filters: RepeatFilters) -> None:
    """A block for each repeat, and how many there are."""
    for repeat in repeats:
        _print_repeat(repeat)
    if not repeats:
        note("Nothing returns among these statements.")
        return
    if len(repeats) < total:
        note(f"{len(repeats):,} of {total:,} shown (--limit {total})")
    if not filters.set_phrases:
        note("Phrases that everybody uses are left out: --set-phrases shows them.")


def print_pairs(pairs: Sequence[RepeatPair]) -> None:
    """A block for each pair: who, how much, who was first, and an example."""
    for pair in pairs:
        head = Text(pair.one, style="bold").append(" ↔ ", style="dim").append(pair.other)
        told = f"  {pair.repeats}处相同，共{pair.characters:,}字（折合独有{pair.distinct_characters:,.0f}字）"
        stdout.print(head.append(told, style="cyan"))
        firsts = [(pair.one, pair.one_first), (pair.other, pair.other_first)]
        said = [f"{org}在先{number}处" for org, number in firsts if number]
        left = pair.repeats - pair.one_first - pair.other_first
        said += [f"同年{left}处"] if left else []
        stdout.print(Text(f"  {'，'.join(said)}", style="dim"))
        for example in pair.examples:
            stdout.print(Text(f"    {_plain(example)}"))
    if not pairs:
        note("No two of these bodies share text that is not everybody's.")


def _print_repeat(repeat: Repeat) -> None:
    head = Text(term("repeat_kind", repeat.kind), style="bold")
    named = " · ".join(filter(None, (term("label", repeat.label), term("category", repeat.category))))
    head.append(f"  {named}", style="cyan").append(f"  {_extent(repeat)}", style="dim")
    stdout.print(head)
    stdout.print(Text(f"  {_plain(repeat.text)}"))
    for chain in repeat.chains[:_BODIES]:
        _print_chain(repeat, chain)
    if len(repeat.chains) > _BODIES:
        stdout.print(Text(f"    … 另有{len(repeat.chains) - _BODIES}个机构", style="dim"))
    stdout.print()


def _extent(repeat: Repeat) -> str:
    """How long and by how many it is said."""
    said = [] if repeat.years < 2 else [f"{repeat.years}年" + (f"（连续{repeat.run}年）" * (repeat.run > 1))]
    if repeat.bodies > 1:
        said.append(f"{repeat.bodies}个机构（{repeat.share:.0%}）")
    return "，".join(said)


def _print_chain(repeat: Repeat, chain: Chain) -> None:
    head = Text("    ").append(chain.org, style="bold").append(f"  {_verbatim(chain.members)}")
    others = [member for member in chain.members if member.kind != "verbatim"]
    lines = [
        Text(f"{member.year}  ", style="yellow").append(_marked(_plain(repeat.text), _plain(member.text)))
        for member in others
    ]
    if len(chain.members) == len(others) == 1:
        head.append(lines.pop())
    stdout.print(head)
    for line in lines:
        stdout.print(Text("      ").append(line))


def _verbatim(members: Iterable[Member]) -> str:
    """The years in which it stands word for word: 2019-2021、2023."""
    years = sorted({member.year for member in members if member.kind == "verbatim"})
    runs = groupby(enumerate(years), key=lambda each: each[1] - each[0])
    spans = [[year for _, year in run] for _, run in runs]
    return "、".join(f"{span[0]}-{span[-1]}" if len(span) > 1 else str(span[0]) for span in spans)


def _plain(text: str) -> str:
    text = _BLANKS.sub("", _PAGE_MARK.sub("", text))
    return text if len(text) <= _LENGTH else text[:_LENGTH] + "…"


def _marked(before: str, after: str) -> Text:
    """`after` with what is new in it and what is gone, in colours or, where there are none, in signs."""
    from rapidfuzz.distance import LCSseq

    old, new = _PIECE.findall(before), _PIECE.findall(after)
    marked = Text()
    gone, come = "", ""
    for step in LCSseq.opcodes(old, new):
        if step.tag == "equal":
            _append(marked, gone, come)
            gone, come = "", ""
            marked.append("".join(new[step.dest_start : step.dest_end]))
        else:
            gone += "".join(old[step.src_start : step.src_end])
            come += "".join(new[step.dest_start : step.dest_end])
    _append(marked, gone, come)
    return marked


def _append(marked: Text, gone: str, come: str) -> None:
    coloured = stdout.is_terminal and not stdout.no_color
    for (style, begin, end), part in ((_OUT, gone), (_IN, come)):
        if part:
            marked.append(part if coloured else f"{begin}{part}{end}", style=style)
