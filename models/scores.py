"""Score found facts against marked passages: precision, recall and F1 of each kind, as sums that add up.

Figures are named as in the project's scoring tool (`dates.value.f1`, `statements.macro_f1`), and agree with
it. Every figure is made from counts per passage, so that passages, and bootstrap draws of reports, add up.
"""

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from ..data.gold import Passage
from ..data.records import Citation, Count, Date, Fact, Report, Zero
from .figures import Figures, precision_recall, ratio
from .matching import match
from .statement_scores import statement_figures, tally_statements

_DURATION = re.compile(
    r"P(?:(\d+(?:\.\d+)?)Y)?(?:(\d+(?:\.\d+)?)M)?(?:(\d+(?:\.\d+)?)W)?(?:(\d+(?:\.\d+)?)D)?"
    r"(?:T(?:(\d+(?:\.\d+)?)H)?(?:(\d+(?:\.\d+)?)M)?(?:(\d+(?:\.\d+)?)S)?)?"
)
_BRACKETS = str.maketrans("﹝﹞〔〕[]()【】［］（）", "()" * 7)


def tally(passage: Passage, report: Report) -> Counter[str]:
    """The sums of one passage; kinds that the passage does not mark count for nothing."""
    sums: Counter[str] = Counter()
    if "dates" in passage.marked:
        tests: dict[str, Callable[[Date, Date], bool]] = {
            "overlap": _any,
            "exact": _same_span,
            "value": _same_date,
            "interval": _same_interval,
        }
        _count(sums, "dates", passage.dates, report.dates, tests)
    if "counts" in passage.marked:
        _tally_counts(sums, passage.counts, report.counts)
    if "zeros" in passage.marked:
        pairs = _count(sums, "zeros", passage.zeros, report.zeros, {"overlap": _any, "exact": _same_span})
        _items(sums, "zeros", [(passage.zeros[i], report.zeros[j]) for i, j in pairs["overlap"]])
    if passage.statements:
        tally_statements(sums, passage, report.statements)
    if "citations" in passage.marked:
        _tally_citations(sums, passage.citations, report.citations)
    return sums


def figures(sums: Mapping[str, float]) -> Figures:
    """Every figure of some sums by name; None where there is nothing to count."""
    out: Figures = {}
    for kind, tests in (
        ("dates", ("exact", "overlap", "value", "interval")),
        ("counts", ("exact", "overlap", "value", "full")),
        ("zeros", ("exact", "overlap")),
    ):
        for test in tests:
            right, marked, found = (sums.get(f"{kind}.{key}", 0) for key in (f"{test}.tp", "gold", "pred"))
            out |= precision_recall(f"{kind}.{test}", right, marked, found)
    for kind in ("counts", "zeros"):
        out[f"{kind}.item_char_f1"] = ratio(sums.get(f"{kind}.item.sum", 0), sums.get(f"{kind}.item.n", 0))
    for field in ("title", "number"):
        name = f"citations.{field}"
        out |= precision_recall(name, *(sums.get(f"{name}.{key}", 0) for key in ("tp", "gold", "pred")))
    return out | statement_figures(sums)


def _count(
    sums: Counter[str],
    kind: str,
    marked: Sequence[Any],
    found: Sequence[Any],
    tests: Mapping[str, Callable[[Any, Any], bool]],
) -> dict[str, list[tuple[int, int]]]:
    sums[f"{kind}.gold"] += len(marked)
    sums[f"{kind}.pred"] += len(found)
    pairs = {test: match(marked, found, right) for test, right in tests.items()}
    for test, matched in pairs.items():
        sums[f"{kind}.{test}.tp"] += len(matched)
    return pairs


def _tally_counts(sums: Counter[str], marked: Sequence[Count], found: Sequence[Count]) -> None:
    tests: dict[str, Callable[[Count, Count], bool]] = {
        "overlap": _any,
        "exact": _same_span,
        "value": _same_number,
        "full": _same_count,
    }
    pairs = _count(sums, "counts", marked, found, tests)
    _items(sums, "counts", [(marked[i], found[j]) for i, j in pairs["overlap"]])


def _tally_citations(sums: Counter[str], marked: Sequence[Citation], found: Sequence[Citation]) -> None:
    for field in ("title", "number"):
        left = [one for one in marked if getattr(one, field)]
        right = [one for one in found if getattr(one, field)]
        sums[f"citations.{field}.gold"] += len(left)
        sums[f"citations.{field}.pred"] += len(right)
        sums[f"citations.{field}.tp"] += len(match(left, right, _SAME[field]))


def _same_title(one: Citation, other: Citation) -> bool:
    return plain(one.title) == plain(other.title)


def _same_document(one: Citation, other: Citation) -> bool:
    return plain(one.number) == plain(other.number)


_SAME = {"title": _same_title, "number": _same_document}


def _items(
    sums: Counter[str], kind: str, pairs: Sequence[tuple[Count, Count]] | Sequence[tuple[Zero, Zero]]
) -> None:
    for one, other in pairs:
        # A float among integer sums: Counter adds any number.
        sums[f"{kind}.item.sum"] += character_f1(one.item, other.item)  # type: ignore[assignment]
        sums[f"{kind}.item.n"] += 1


def _any(_one: Fact, _other: Fact) -> bool:
    return True


def _same_span(one: Fact, other: Fact) -> bool:
    return (one.start, one.end) == (other.start, other.end)


def _same_interval(one: Date, other: Date) -> bool:
    if "duration" in (one.kind, other.kind):
        length = duration_length(one.value)
        return one.kind == other.kind and length is not None and length == duration_length(other.value)
    return (one.iso_start, one.iso_end) == (other.iso_start, other.iso_end)


def _same_date(one: Date, other: Date) -> bool:
    return one.kind == other.kind and _same_interval(one, other)


def _same_number(one: Count, other: Count) -> bool:
    return math.isclose(one.value, other.value, rel_tol=1e-9, abs_tol=1e-12)


def _same_count(one: Count, other: Count) -> bool:
    return _same_number(one, other) and (one.unit, one.bound) == (other.unit, other.bound)


def duration_length(value: str | None) -> tuple[float, float] | None:
    """An ISO 8601 duration as (months, seconds), None where it is none: P1Y is P12M, PT24H is P1D."""
    found = _DURATION.fullmatch(value or "")
    if not found or not any(found.groups()):
        return None
    years, months, weeks, days, hours, minutes, seconds = (float(part or 0) for part in found.groups())
    return 12 * years + months, 86400 * (7 * weeks + days) + 3600 * hours + 60 * minutes + seconds


def character_f1(one: str | None, other: str | None) -> float:
    """F1 of the characters of two strings, order and blanks aside; None stands for nothing named."""
    left, right = (Counter(re.sub(r"\s", "", text or "")) for text in (one, other))
    both = sum((left & right).values())
    total = sum(left.values()) + sum(right.values())
    return 2 * both / total if total else 1.0


def plain(text: str | None) -> str | None:
    """A title or number as compared: width folded, blanks dropped, one kind of bracket."""
    if text is None:
        return None
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text).translate(_BRACKETS))
