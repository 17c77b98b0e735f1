"""Invented reports as records, with facts found by plain patterns: no extraction, but as many rows."""

import hashlib
import re
from bisect import bisect_left
from collections import defaultdict
from functools import cache
from importlib.util import find_spec
from itertools import accumulate, islice
from pathlib import Path
from random import Random

from archives.bodies import _seats
from archives.drafts import NUMERALS
from archives.reports import GeneratedReport, report_texts

from nianbao.data.records import (
    Cell,
    Check,
    Citation,
    Count,
    Date,
    Organisation,
    Region,
    Report,
    Section,
    Statement,
    Table,
    Zero,
)
from nianbao.data.store import SourceFile, make_indexed
from nianbao.data.terms import codes
from nianbao.nlp.reading import Reading

# Names of things and places that no pattern has, so that words have a long tail, as in real archives.
_RARE = 24
_SENTENCE = re.compile(r"[^。；\n]+[。；]?")
_COUNT = re.compile(r"([\u4e00-\u9fff]{2,8}?)(\d{1,9}(?:\.\d{1,4})?)(件|条|次|期|个|人次|万元|份|篇|场|%)")
_DATE = re.compile(r"(20\d\d)年(?:(\d{1,2})月(?:(\d{1,2})日)?)?")
_ZERO = re.compile(r"[^。；，\n]{0,30}(?:未收到|未发生|没有发生|没有收到)[^。；，\n]{1,30}")
_CITATION = re.compile(r"《([^》\n]{2,40})》(?:〔\d{4}〕\d{1,4}号)?")
_KINDS = {
    "总体": "overview",
    "主动公开": "proactive",
    "申请": "requests",
    "复议": "reviews",
    "问题": "problems",
    "其他": "other",
}
_PLAN = re.compile(r"将|下一步|针对|计划")


@cache
def _tail():
    """The words of jieba's dictionary with their cumulated frequencies."""
    # Not imported: that warns, and loads what is not needed.
    dictionary = Path(str(find_spec("jieba").origin)).with_name("dict.txt")
    lines = dictionary.read_text("utf-8").splitlines()
    pairs = [line.split(" ")[:2] for line in lines]
    words = [(word, int(number)) for word, number in pairs if 2 <= len(word) <= 4 and word.isalpha()]
    return [word for word, _ in words], list(accumulate(number for _, number in words))


def _rare_words(rng):
    """Words drawn by their frequency: some in every archive, most in few reports."""
    words, sums = _tail()
    return [words[bisect_left(sums, rng.random() * sums[-1])] for _ in range(_RARE)]


@cache
def _places():
    return {name: (province, division) for name, province, division in _seats()}


def _region(org, province):
    for size in range(len(org), 1, -1):
        if org[:size] in _places():
            division = _places()[org[:size]][1]
            names = {2: "city", 3: "county"}
            place = {names[division.depth]: division.name} if division.depth in names else {}
            return Region(code=division.code, province=province, **place)
    return Region(province=province)


def _text(generated: GeneratedReport, rng):
    """The report with a paragraph of rare words behind its first heading."""
    head, mark, rest = generated.text.partition("\n一、")
    said = f"本年度信息检索热词依次为{'、'.join(_rare_words(rng))}。"
    line, newline, others = rest.partition("\n")
    return f"{head}{mark}{line}\n{said}{newline}{others}" if mark else f"{head}{said}\n"


def _sections(text, headings):
    found, at = [], 0
    for heading in headings:
        start = text.find(heading, at)
        if start >= 0:
            kind = next((kind for word, kind in _KINDS.items() if word in heading), "unknown")
            depth = 1 if heading[0] in NUMERALS else 2
            found.append((start, start + len(heading), kind, depth))
            at = start + len(heading)
    ends = [each[0] for each in found[1:]] + [len(text)]
    return tuple(
        Section(text=text[a:b], start=a, end=b, kind=kind, depth=depth, content_end=end)
        for (a, b, kind, depth), end in zip(found, ends, strict=True)
    )


def _statements(text, sections, rng):
    categories = [code for code in codes("category") if code != "other"]
    ends = [section.content_end for section in sections]
    found = []
    for match in _SENTENCE.finditer(text):
        sentence = match.group()
        if len(sentence) < 8 or "\t" in sentence:
            continue
        at = bisect_left(ends, match.end())
        kind = sections[at].kind if at < len(sections) else "unknown"
        label = "other" if rng.random() < 0.3 else "initiative"
        if kind == "problems":
            label = "plan" if _PLAN.search(sentence) else "problem"
        category = None if label == "other" else rng.choice(categories)
        found.append(
            Statement(
                text=sentence,
                start=match.start(),
                end=match.end(),
                label=label,
                category=category,
                confidence=round(rng.random(), 3),
            )
        )
    return tuple(found)


def _date(match):
    year, month, day = match.groups()
    first = f"{year}-{int(month or 1):02}-{int(day or 1):02}"
    last = first if day else f"{year}-{int(month or 12):02}-{28 if month else 31}"
    edtf = "-".join([year, *(f"{int(part):02}" for part in (month, day) if part)])
    return {"kind": "date", "iso_start": first, "iso_end": last, "value": edtf, "edtf": edtf}


def _found(record, pattern, text, fields):
    return tuple(
        record(text=match.group(), start=match.start(), end=match.end(), **fields(match))
        for match in pattern.finditer(text)
    )


def _count(match):
    item, number, unit = match.groups()
    return {"item": item, "value": float(number) if "." in number else int(number), "unit": unit}


def _tables(generated):
    cells = defaultdict(dict)
    for (table, code), value in generated.cells.items():
        cells[table][code] = Cell(raw=str(value), value=value, state="value" if value else "zero")
    return tuple(Table(table=table, form="2021", cells=each) for table, each in cells.items())


def _published(said):
    return "{:04}-{:02}-{:02}".format(*map(int, re.findall(r"\d+", said)))


def record(generated: GeneratedReport, rng: Random):
    """A generated report as record, its source and what of it is indexed."""
    text = _text(generated, rng)
    digest = hashlib.sha256(text.encode()).hexdigest()
    headings = [block.line for block in generated.blocks if block.kind == "heading"]
    sections = _sections(text, headings)
    report = Report(
        id=digest[:16],
        text=text,
        genre=generated.genre,
        title=generated.title,
        org=generated.org,
        level="province" if generated.org.endswith("厅") else "county",
        region=_region(generated.org, generated.province),
        year=generated.year,
        published=_published(generated.published),
        form="2021",
        sections=sections,
        statements=_statements(text, sections, rng),
        dates=_found(Date, _DATE, text, _date),
        counts=_found(Count, _COUNT, text, _count),
        zeros=_found(Zero, _ZERO, text, lambda match: {"item": match.group()[-6:]}),
        citations=_found(Citation, _CITATION, text, lambda match: {"title": match.group(1)}),
        organisations=_found(Organisation, re.compile(re.escape(generated.org)), text, lambda _: {}),
        tables=_tables(generated),
        checks=tuple(
            Check(kind="identity", state="holds" if rng.random() < 0.9 else "fails", rule=f"2021.req.{rule}")
            for rule in range(8)
        ),
    )
    reading = Reading(text)
    titles = [section.text for section in sections]
    indexed = make_indexed(reading.view, reading.places, report.title, report.org, titles)
    path = f"/archive/{generated.province}/{generated.org}/{generated.title}.txt"
    size = len(text.encode())
    source = SourceFile(path=path, size=size, mtime_ns=size, sha256=digest, format="text", encoding="utf-8")
    return source, report, indexed


def records(number: int, seed: int, start: int = 0):
    """So many reports from `start` on by bodies and years; the same for the same number and seed."""
    for at, generated in islice(enumerate(report_texts(number, seed)), start, None):
        yield record(generated, Random(f"{seed}-{at}"))
