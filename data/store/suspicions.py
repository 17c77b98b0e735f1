"""Why a report looks wrong: no body or year, days and years that do not agree, too short, tables, copies."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import pairwise

import msgspec
from sqlite_utils import Database

from ..folding import fold
from ..forms import Form, FormTable, load_forms
from ..likeness import Shingles, likeness, shingles
from .holdings import Held, Series

# The shortest report met in each genre has 1,000 and 3,400 characters; a third of it is no report.
LENGTH_MIN = {"disclosure": 300, "work": 1100}
# Reports are due in January (governments: March) of the next year; years later they are misdated or misread.
_LATE_YEARS = 2
# Reports of one body of two years share 17-59 % of the runs of their prose in an archive of 1,500 invented
# ones, digits aside; copies in which only years and numbers were changed share more than 95 %.
COPIED_SHARE = 0.9
# Prose of fewer characters is alike by custom: 本年无此类情况.
_PROSE_MIN = 200
# A table with fewer of the cells that its form has for every report was cut or misread.
_CELLS_SHARE = 0.8
# Since this form every report has its tables in the text; before, they were often a file of their own.
_TABLES_IN_TEXT = 2019

_DAY = re.compile(r"\d{4}[-_.年/]\d{1,2}[-_.月/]\d{1,2}日?|\d{4}年\d{1,2}月")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d{2}(?!\d)|二[〇零][一二三四五六七八九〇零]{2}(?=年)")
_DIGITS = str.maketrans("〇零一二三四五六七八九", "00123456789")
_NAME = re.compile(r"[^/\\]*$")

_COUNTED = """
select t.report_id, t."table", t.form, count(c.id) as cells from tables t
left join table_cells c on c.table_id = t.id
where t.report_id in (select value from json_each(?)) group by t.id
"""


class Suspicion(msgspec.Struct, frozen=True, kw_only=True):
    """What looks wrong with a report, the figures it rests on, and what to do, in Chinese."""

    rule: str
    figures: dict[str, int | float | str | None]
    message: str


def suspect(one: Held) -> Iterator[Suspicion]:
    """What a report's own row tells."""
    if not one.org:
        yield _said("no_org", "没有认出发布机构。请看标题与落款，或改用带机构名的文件名后重新索引。")
    if one.year is None:
        yield _said("no_year", "没有认出报告年度。请看标题与数据期间，或改用带年份的文件名后重新索引。")
    yield from _years(one)
    yield from _days(one)
    least = LENGTH_MIN[one.genre]
    if one.length < least:
        message = f"全文仅{one.length}字，不足{least}字。请查是否只存了网页的一部分，或正文另有附件。"
        yield _said("short", message, length=one.length, least=least)


def _said(rule: str, message: str, **figures: int | float | str | None) -> Suspicion:
    return Suspicion(rule=rule, figures=figures, message=message)


def _years(one: Held) -> Iterator[Suspicion]:
    """The years of title and file name against the period and the year reported on."""
    period = int(one.period_end[:4]) if one.period_end and one.genre == "disclosure" else None
    named = _named_years(one.title)
    if period and named and period not in named:
        message = f"标题写{_listed(named)}年，数据期间却到{one.period_end}。请核对是否沿用了旧标题或旧数据。"
        yield _said("title_year", message, title_year=named[0], period_end=one.period_end)
    name = _NAME.search(one.path or "")
    named = _named_years(name.group() if name else "")
    if one.year is None or not named:
        return
    # A work report is called after the year it was delivered in, the one after that it looks back on.
    fit = {one.year, one.year + 1} if one.genre == "work" else {one.year}
    if not fit.intersection(named):
        message = f"文件名写{_listed(named)}年，报告却是{one.year}年的。请核对文件是否放错或改错了名。"
        yield _said("file_year", message, file_year=named[0], year=one.year)


def _named_years(name: str | None) -> list[int]:
    """Years in a title or file name, days and months aside."""
    plain = _DAY.sub("", fold(name or "").replace(" ", ""))
    return [int(year.translate(_DIGITS)) for year in _YEAR.findall(plain)]


def _listed(years: Sequence[int]) -> str:
    return "、".join(map(str, dict.fromkeys(years)))


def _days(one: Held) -> Iterator[Suspicion]:
    """The day of publication against the end of the year reported on."""
    if one.published is None or one.year is None:
        return
    end = one.period_end or f"{one.year}-12-31"
    days = {"published": one.published, "period_end": end}
    if one.genre == "disclosure" and one.published < end:
        message = f"发布日期{one.published}早于数据截止日{end}。请核对发布日期和报告年度。"
        yield _said("published_early", message, **days)
    latest = f"{int(end[:4]) + _LATE_YEARS}{end[4:]}"
    if one.published > latest:
        message = f"发布日期{one.published}晚于数据截止日{end}两年以上。请核对是否取了网页的改版或搬迁日期。"
        yield _said("published_late", message, **days)


def suspect_tables(db: Database, held: Mapping[str, Held]) -> Iterator[tuple[str, Suspicion]]:
    """Official tables that are missing or incomplete where the form has them, by report."""
    cells: dict[str, dict[str, int]] = {}
    for report_id, table, _, number in db.execute(_COUNTED, (json.dumps(list(held)),)):
        of_report = cells.setdefault(report_id, {})
        of_report[table] = max(number, of_report.get(table, 0))
    for report_id, one in held.items():
        form = _form_of(one)
        if form is not None:
            for table in form.tables:
                found = _table(table, cells.get(report_id, {}).get(table.table), form)
                if found:
                    yield report_id, found


def _form_of(one: Held) -> Form | None:
    """The form that a report must have the tables of: its own, or the one due where it shows none."""
    if one.genre != "disclosure":
        return None
    if one.form is not None:
        return load_forms().get(one.form)
    if one.year is None or one.year < _TABLES_IN_TEXT or one.year > date.today().year:
        return None
    return next((form for form in load_forms().values() if form.due_in(one.year)), None)


def _table(table: FormTable, number: int | None, form: Form) -> Suspicion | None:
    figures = {"cells": number or 0, "of": len(table.cells)}
    name = table.title.rstrip("：:")
    if not number:
        message = f"{form.id}年式样应有的表“{name}”没有找到。请查表格是否为图片、附件，或网页未存全。"
        return _said("tables_missing", message, **figures)
    if number < _CELLS_SHARE * len(table.cells):
        message = (
            f"表“{name}”只有{number}格，{form.id}年式样应有{len(table.cells)}格。"
            "请查表格是否被截断，或对照原件。"
        )
        return _said("tables_incomplete", message, **figures)
    return None


def suspect_copies(db: Database, bodies: Sequence[Series]) -> Iterator[tuple[Held, Held, Suspicion]]:
    """Reports whose prose is that of the same body's report of the year before that is there, with this."""
    for series in bodies:
        if len(series.years) < 2:
            continue
        stand = [series.years[year][0] for year in sorted(series.years)]
        prose = [(one, _prose(db, one)) for one in stand]
        for (before, old), (one, new) in pairwise(prose):
            share = likeness(old, new)
            if share >= COPIED_SHARE and min(old.length, new.length) >= _PROSE_MIN:
                message = (
                    f"正文除数字外与{before.year}年的报告有{int(share * 100)}%相同。"
                    "请核对是否错存了同一年的文件，或照抄了上一份报告。"
                )
                yield one, before, _said("copied", message, share=round(share, 3), other_year=before.year)


def _prose(db: Database, one: Held) -> Shingles:
    """The runs of what a report states outside its tables, less its digits: they change from year to year."""
    rows = db.execute("select text from statements where report_id = ? order by n", (one.id,))
    return shingles("".join(text for (text,) in rows), digits=False)
