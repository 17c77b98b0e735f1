"""Stacks as a flame graph: an SVG without scripts."""

from collections import Counter
from collections.abc import Iterator
from html import escape
from typing import NamedTuple
from zlib import crc32

WIDTH, ROW = 1200, 18
# Bars narrower than this share are left out, and names do not stand in bars narrower than that many signs.
_LEAST = 0.002
_SIGN, _FEWEST = 6.6, 4
_STYLE = "text{font:11px monospace;fill:#222;pointer-events:none}rect{stroke:#fff;stroke-width:.5}"

Stacks = Counter[tuple[str, ...]]


class Bar(NamedTuple):
    """A function at a depth: where it begins and how wide it is, in samples."""

    name: str
    depth: int
    start: int
    width: int


def bars(stacks: Stacks, depth: int = 0, start: int = 0) -> Iterator[Bar]:
    """Bars of all stacks, the calls of each function together, widest first."""
    groups: dict[str, Stacks] = {}
    for frames, number in stacks.items():
        if len(frames) > depth:
            groups.setdefault(frames[depth], Counter())[frames] += number
    for name, some in sorted(groups.items(), key=lambda pair: (-pair[1].total(), pair[0])):
        yield Bar(name, depth, start, some.total())
        yield from bars(some, depth + 1, start)
        start += some.total()


def drawn(stacks: Stacks) -> str:
    """The SVG, outermost function on top."""
    whole = stacks.total()
    wide = [bar for bar in bars(stacks) if bar.width >= _LEAST * whole]
    height = ROW * (1 + max((bar.depth for bar in wide), default=0))
    body = "\n".join(_bar(bar, whole) for bar in wide)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" role="img" '
        f'aria-label="Flame graph of the extraction">\n<style>{_STYLE}</style>\n{body}\n</svg>\n'
    )


def _bar(bar: Bar, whole: int) -> str:
    left, width = bar.start / whole * WIDTH, bar.width / whole * WIDTH
    top = bar.depth * ROW
    room = int(width / _SIGN) - 1
    said = bar.name if len(bar.name) <= room else bar.name.partition(" ")[0]
    label = f'<text x="{left + 3:.1f}" y="{top + 13}">{escape(said[:room])}</text>' if room >= _FEWEST else ""
    title = f"<title>{escape(bar.name)} {bar.width / whole:.1%}</title>"
    rect = (
        f'<rect x="{left:.1f}" y="{top}" width="{width:.1f}" height="{ROW - 1}" fill="{_colour(bar.name)}"/>'
    )
    return f"<g>{title}{rect}{label}</g>"


def _colour(name: str) -> str:
    """A warm colour, one for each file."""
    file = name.partition(" (")[2]
    return f"hsl({crc32(file.encode()) % 55},75%,{66 + crc32(name.encode()) % 10}%)"
