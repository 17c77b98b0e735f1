"""Reports as text files: encodings, traditional characters, wrapped lines, Markdown."""

from functools import cache
from random import Random

from nianbao.data.folding import fold

from .drafts import Block
from .reports import GeneratedReport

_HAN = range(0x4E00, 0x9FFF)
_WRAPPED_AT = 36


def _in_big5(sign: str) -> bool:
    try:
        return bool(sign.encode("cp950"))
    except UnicodeEncodeError:
        return False


@cache
def _traditional_signs() -> dict[int, str]:
    """Signs that Big5 lacks, each with the first one it has that folds to it."""
    signs: dict[int, str] = {}
    for code in _HAN:
        simple = fold(chr(code))
        if simple != chr(code) and _in_big5(chr(code)) and not _in_big5(simple):
            signs.setdefault(ord(simple), chr(code))
    return signs


def traditional(text: str) -> str:
    """`text` in traditional characters, sign by sign."""
    return text.translate(_traditional_signs())


def utf8(report: GeneratedReport, rng: Random) -> bytes:
    return report.text.encode()


def utf8_marked(report: GeneratedReport, rng: Random) -> bytes:
    return report.text.replace("\n", "\r\n").encode("utf-8-sig")


def gb18030(report: GeneratedReport, rng: Random) -> bytes:
    return report.text.encode("gb18030")


def utf16(report: GeneratedReport, rng: Random) -> bytes:
    return report.text.encode("utf-16")


def big5(report: GeneratedReport, rng: Random) -> bytes:
    return traditional(report.text).encode("cp950", "replace")


def spaced(report: GeneratedReport, rng: Random) -> bytes:
    """Paragraphs indented by two full-width blanks, an empty line between them."""
    lines = [("" if block.kind == "table" else "　　") + block.text for block in report.blocks]
    return "\n\n".join(lines).encode()


def wrapped(report: GeneratedReport, rng: Random) -> bytes:
    """Paragraphs broken into lines, a page mark now and then between them."""
    lines: list[str] = []
    for number, block in enumerate(report.blocks):
        if number and number % 12 == 0:
            lines.append(f"- {number // 12 + 1} -")
        text = block.text
        cuts = range(0, len(text), _WRAPPED_AT) if block.kind == "paragraph" else (0,)
        lines += [text[at : at + _WRAPPED_AT] for at in cuts] if len(cuts) > 1 else [text]
    return "\n".join(lines).encode()


def markdown(report: GeneratedReport, rng: Random) -> bytes:
    return "\n\n".join(_marked(block) for block in report.blocks).encode()


def _marked(block: Block) -> str:
    if block.kind == "table":
        lines = [_bars(row) for row in spread(block)]
        return "\n".join([lines[0], "|" + "---|" * (lines[0].count("|") - 1), *lines[1:]])
    return {"title": "# ", "heading": "## "}.get(block.kind, "") + block.line


def _bars(row: list[str]) -> str:
    return "| " + " | ".join(row) + " |"


def spread(block: Block) -> list[list[str]]:
    """The table's full grid; cells that another covers are empty."""
    covered: dict[tuple[int, int], str] = {}
    for at, row in enumerate(block.rows):
        column = 0
        for cell in row:
            while (at, column) in covered:
                column += 1
            for down in range(cell.rowspan):
                for right in range(cell.colspan):
                    covered[at + down, column + right] = "" if down or right else cell.text
            column += cell.colspan
    width = 1 + max(column for _, column in covered)
    return [[covered.get((at, column), "") for column in range(width)] for at in range(len(block.rows))]
