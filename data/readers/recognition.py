"""Recognition (OCR) of a file's pages: within its limits, and what is to be said of it."""

import time
from collections.abc import Iterable
from itertools import groupby
from typing import TYPE_CHECKING

from ..errors import LimitExceeded
from ..limits import Limits
from .ocr import recogniser
from .ocr_page import recognised_page
from .pdf_lines import TableBlock

if TYPE_CHECKING:
    from .ocr import Picture

# `SourceText.fields` has these where text was recognised, and where it should have been.
RECOGNISED, UNRECOGNISED = "识别", "未识别"
# A file is given up when half of what its other pages should take is already too long: the first also loads
# the models, so pages seem dearer than they are.
_FORECAST = 0.5


class Recognition:
    """Recognises pages of the file `name`, `total` of them as far as known.

    Raises ToolMissing where the extra is not installed.
    """

    def __init__(self, name: str, limits: Limits, total: int = 1) -> None:
        self._recogniser = recogniser(name)
        self._name, self._limits, self._total = name, limits, total
        self._started = time.monotonic()
        self._done = 0
        self._scores: dict[int, float] = {}

    def blocks(self, number: int, picture: "Picture", points: float) -> list[str | TableBlock]:
        """What page `number` (from 1) shows; a pixel of `picture` measures `points`.

        Raises LimitExceeded where the pages take longer than the limits allow.
        """
        self._check_time()
        with self._recogniser.memory_named():
            page = recognised_page(picture, points, self._recogniser)
        self._done += 1
        self._scores[number] = max(page.score, self._scores.get(number, 0.0))
        return page.blocks

    def fields(self) -> dict[str, str]:
        """The mark that text was recognised: by what, on which pages, how sure it is (0 to 1)."""
        scores = [score for score in self._scores.values() if score]
        if not scores:
            return {}
        sure = sum(scores) / len(scores)
        return {RECOGNISED: f"{self._recogniser.label}，{page_list(self._scores)}，可信度{sure:.2f}"}

    def _check_time(self) -> None:
        elapsed = time.monotonic() - self._started
        forecast = elapsed / max(1, self._done) * max(1, self._total - self._done)
        if elapsed + _FORECAST * forecast > self._limits.seconds:
            raise LimitExceeded(
                f"{self._name}: to recognise its {max(self._total, self._done + 1)} pages takes "
                f"about {elapsed + forecast:.0f} seconds, more than {self._limits.seconds} (--max-seconds). "
                "Allow more, or split the file."
            )


def page_list(numbers: Iterable[int]) -> str:
    """Page numbers in words, runs by their ends: 第1、3—5页."""
    runs: list[str] = []
    for _, run in groupby(enumerate(sorted(numbers)), lambda placed: placed[1] - placed[0]):
        pages = [number for _, number in run]
        runs.append(str(pages[0]) if len(pages) == 1 else f"{pages[0]}—{pages[-1]}")
    return f"第{'、'.join(runs)}页"
