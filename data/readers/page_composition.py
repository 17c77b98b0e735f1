"""A source text put together page by page, tables going on over the end of a page."""

import re

from .composition import Composition
from .decoding import plain
from .pdf_lines import TableBlock, nearest

# A page mark: - 4 -, — 5 —, 第 3 页, 3/9.
PAGE_MARK = re.compile(r"[-—–－ ]*(?:第? ?\d{1,4} ?页?)(?: ?[,，/]? ?共? ?\d{1,4} ?页?)?[-—–－ ]*")
# Sides of columns this far apart are the same (points).
_SAME_SIDE = 3.0


class PageComposition(Composition):
    """Pages parted by a line feed and a form feed; page marks stay as lines of their own.

    A table that goes on over the end of a page is one grid where its second part has no columns that the
    first had not, else two: so every span stays true.
    """

    def __init__(self) -> None:
        super().__init__()
        self._pages = 0
        self._table: TableBlock | None = None

    def add_page(self, blocks: list[str | TableBlock]) -> None:
        """Add what a page shows, from the top."""
        if self._pages:
            self.break_page()
        self._pages += 1
        for block in blocks:
            if isinstance(block, str):
                self._add_text(block)
            else:
                self._add_table(block)

    def _add_text(self, block: str) -> None:
        line = plain(block).replace("\n", " ")
        self.add_line(line)
        if not PAGE_MARK.fullmatch(line):
            self._table = None

    def _add_table(self, block: TableBlock) -> None:
        if self._table is not None and _goes_on(self._table, block):
            self.extend_grid(block.rows(self._table.xs))
            block.xs = self._table.xs
        else:
            self.add_grid(block.rows())
        self._table = block


def _goes_on(table: TableBlock, following: TableBlock) -> bool:
    ends = (table.xs[0], following.xs[0]), (table.xs[-1], following.xs[-1])
    inner = ((table.xs[nearest(table.xs, x)], x) for x in following.xs)
    return all(abs(one - other) <= _SAME_SIDE for one, other in (*ends, *inner))


def signs(blocks: list[str | TableBlock]) -> str:
    """The characters that a page shows, without blanks and page marks."""
    lines: list[str] = []
    for block in blocks:
        if isinstance(block, str):
            lines.append("" if PAGE_MARK.fullmatch(block) else block)
        else:
            lines += (cell.text for row in block.rows() for cell in row)
    return "".join("".join(lines).split())
