"""JioNLP: its times with their parsed values, and money, the one kind of quantity that it extracts."""

import contextlib
import re
from collections.abc import Iterator
from datetime import date

from msgspec.structs import replace
from peers import Facts, Read, dated, lasting, reference_day

from nianbao.data.gold import Passage
from nianbao.data.records import Count, Date

_BOUNDS = {"accurate": "exact", "blur+": "more", "blur-": "less"}
_WITHIN = re.compile(r"[之以]?内$")
# The rules below: places without dates, words that are none, years' ends, spans that name where they begin.
_TITLE = re.compile(r"《[^《》]*》|[〔﹝\[【(（]\s*(?:19|20)\d\d\s*[〕﹞\]】)）](?:\s*第?\d+号)?")
_LOOSE = re.compile(r"现在|一时|一号|一刻钟|周年$|^\D*号$|^[^年月日号天周季时分]*$")
_EDGE = re.compile(r"年?年([底末初])$")
_OPEN = re.compile(r"(?:以来|以后|之后|以前|之前|开始|起)$")


def load() -> Read:
    """Spans of time from the reference day on (20个工作日内) are read as the length that is marked."""
    import jionlp

    def read(passage: Passage) -> Facts:
        return {"dates": list(_dates(jionlp, passage)), "counts": list(_counts(jionlp, passage.text))}

    return read


def load_with_rules() -> Read:
    """The same dates after the repairs that any user would make for reports: the package at its best."""
    import jionlp

    def read(passage: Passage) -> Facts:
        titles = [found.span() for found in _TITLE.finditer(passage.text)]
        found = (_mended(jionlp, one, passage) for one in _dates(jionlp, passage))
        return {"dates": [one for one in found if one and not _inside(one, titles)]}

    return read


def _base(day: date) -> dict[str, int]:
    return {"year": day.year, "month": day.month, "day": day.day, "hour": 0, "minute": 0, "second": 0}


def _dates(jionlp, passage: Passage) -> Iterator[Date]:
    text, base = passage.text, _base(reference_day(passage))
    for found in jionlp.ner.extract_time(text, time_base=base, with_parsing=True):
        start, end = found["offset"]
        detail = found["detail"]
        length = _length(jionlp, found["text"], detail, base)
        if length:
            yield lasting(text, start, end, length)
        elif detail["type"] in ("time_point", "time_span"):
            yield dated(text, start, end, *map(_iso, detail["time"][:2]))


def _length(jionlp, words: str, detail: dict, base: dict[str, int]) -> str | None:
    """The ISO length of a duration, None for any other time."""
    if detail["type"] == "time_span" and _WITHIN.search(words) and detail["time"][0][:10] == _day(base):
        with contextlib.suppress(ValueError):
            detail = jionlp.parse_time(_WITHIN.sub("", words), time_base=base)
    if detail["type"] != "time_delta":
        return None
    delta = detail["time"]
    parts = delta[0] if isinstance(delta, list) else delta
    days = (parts.get("day") or 0) + (parts.get("workday") or 0)
    dates = {"Y": parts.get("year"), "M": parts.get("month"), "D": days}
    clock = {name[0].upper(): parts.get(name) for name in ("hour", "minute", "second")}
    calendar, time = ("".join(f"{n:g}{unit}" for unit, n in some.items() if n) for some in (dates, clock))
    return f"P{calendar}" + (f"T{time}" if time else "")


def _day(base: dict[str, int]) -> str:
    return f"{base['year']:04}-{base['month']:02}-{base['day']:02}"


def _iso(moment: str) -> str | None:
    return moment[:10] if re.match(r"\d{4}-\d\d-\d\d", moment) else None


def _counts(jionlp, text: str) -> Iterator[Count]:
    for found in jionlp.ner.extract_money(text, with_parsing=True):
        start, end = found["offset"]
        detail = found["detail"] or {}
        amount, said = detail.get("num"), detail.get("definition")
        if isinstance(amount, list):
            amount, said = amount[0], "blur+"
        if amount and re.fullmatch(r"[\d.]+", str(amount)):
            yield Count(
                text=text[start:end],
                start=start,
                end=end,
                value=float(amount),
                unit=detail.get("case"),
                bound=_BOUNDS.get(said, "about"),
            )


def _inside(one: Date, places: list[tuple[int, int]]) -> bool:
    return any(start < one.end and one.start < end for start, end in places)


def _mended(jionlp, one: Date, passage: Passage) -> Date | None:
    """The date as the marking guide has it; None for words that are no date."""
    report_itself = one.text.startswith("本年") and passage.text.startswith("报", one.end)
    if _LOOSE.search(one.text) or report_itself:
        return None
    edge = _EDGE.search(one.text)
    if edge and one.iso_start:
        first, last = ("01-01", "01-31") if edge[1] == "初" else ("12-31", "12-31")
        year = one.iso_start[:4]
        return replace(one, kind="date", iso_start=f"{year}-{first}", iso_end=f"{year}-{last}")
    if _OPEN.search(one.text):
        with contextlib.suppress(ValueError):
            named = re.sub("^[从自]", "", _OPEN.sub("", one.text))
            time = jionlp.parse_time(named, time_base=_base(reference_day(passage)))["time"]
            return replace(one, kind="date", iso_start=time[0][:10], iso_end=time[1][:10])
    return one
