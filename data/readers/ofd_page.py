"""The text of an OFD page (GB/T 33190-2016, chapters 7 and 11), line by line as it is shown."""

from collections.abc import Iterator
from typing import NamedTuple

from .xml_parts import Element, attribute, local_name

# Pieces of which the lower one's middle is within this share of the height are on one line.
_SAME_LINE = 0.5
# A gap wider than this share of the height stands for a blank.
_GAP = 0.3
# Where a size is not given or makes no sense (millimetres; 3.7 is 10.5 points, the usual 五号).
_USUAL_SIZE = 3.7
# Shapes of text are short; longer lists of steps are a slip of the file.
_STEPS_MAX = 10_000


class TextPiece(NamedTuple):
    """Characters set side by side, with the place of the first one's foot and where the last one ends."""

    text: str
    left: float
    foot: float
    right: float
    size: float


def page_lines(root: Element) -> list[str]:
    """The lines of a page from the top, pieces side by side joined."""
    rows: list[list[TextPiece]] = []
    for piece in sorted(_pieces(root), key=lambda piece: piece.foot):
        if rows and piece.foot - rows[-1][0].foot <= _SAME_LINE * min(piece.size, rows[-1][0].size):
            rows[-1].append(piece)
        else:
            rows.append([piece])
    return [_joined(row) for row in rows]


def _joined(row: list[TextPiece]) -> str:
    text, right = "", None
    for piece in sorted(row, key=lambda piece: piece.left):
        apart = right is not None and piece.left - right > _GAP * piece.size
        text += (" " if apart else "") + piece.text
        right = piece.right
    return " ".join(text.split("\n")).strip()


def _pieces(root: Element) -> Iterator[TextPiece]:
    for shown in root.iter("{*}TextObject"):
        if attribute(shown, "Visible") == "false":
            continue
        box = [*_numbers(attribute(shown, "Boundary")), 0.0, 0.0][:2]
        turn = _numbers(attribute(shown, "CTM"))
        matrix = turn if len(turn) == 6 else [1.0, 0.0, 0.0, 1.0, 0.0, 0.0]
        size = next(iter(_numbers(attribute(shown, "Size"))), _USUAL_SIZE)
        x = y = 0.0
        for code in shown:
            if local_name(code) == "TextCode":
                x, y = (_first(attribute(code, axis), old) for axis, old in (("X", x), ("Y", y)))
                yield from _placed(code, (x, y), box, matrix, size if size > 0 else _USUAL_SIZE)


def _placed(
    code: Element, at: tuple[float, float], box: list[float], matrix: list[float], size: float
) -> Iterator[TextPiece]:
    """The piece of a `TextCode`, as its matrix and the corner of its box place it."""
    text = (code.text or "").strip("\r\n")
    if not text.strip():
        return
    across = sum(_steps(attribute(code, "DeltaX"), len(text) - 1))
    (x, y), (a, b, c, d, e, f) = at, matrix
    left, foot = a * x + c * y + e + box[0], b * x + d * y + f + box[1]
    # Without steps the reader's fonts decide; Chinese signs are as wide as high.
    width = (across or size * (len(text) - 1)) + size
    yield TextPiece(text, left, foot, left + abs(a or 1.0) * width, size * abs(d or 1.0))


def _steps(given: str | None, most: int) -> list[float]:
    """Distances between signs; `g n d` stands for n times d."""
    steps: list[float] = []
    words = iter((given or "").split())
    for word in words:
        if word == "g":
            times, step = next(words, "0"), next(words, "0")
            count = min(int(_first(times, 0)), most, _STEPS_MAX)
            steps += [_first(step, 0)] * max(0, count)
        else:
            steps.append(_first(word, 0))
        if len(steps) >= most:
            break
    return steps[: max(0, most)]


def _numbers(value: str | None) -> list[float]:
    return [_first(word, 0.0) for word in (value or "").split()[:6]]


def _first(value: str | None, default: float) -> float:
    try:
        number = float(value) if value else default
    except ValueError:
        return default
    return number if abs(number) < 1e6 else default
