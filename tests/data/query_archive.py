"""Small archives of made-up reports, and a plain evaluator of queries on them: no index, no SQL, no parser.

A query is a tree of tuples; `written` says it in the query language, `holds` tells whether it is true of a report.
"""

import random
import re
from dataclasses import dataclass, field

from nianbao.data.records import Cell, Citation, Count, Date, Region, Report, Section, Statement, Table, Zero
from nianbao.nlp.reading import Reading

PIECES = [
    "政务",
    "公开",
    "信息",
    "信息公开",
    "人员",
    "人",
    "员",
    "不足",
    "不够",
    "及时",
    "更新",
    "街道",
    "甲",
    "乙",
    "丙",
    "一",
    "开公",
    "務",
    "資訊",
    "公",
    "",
    "开",
    "工\n作",
    "《条例》",
    "，，，",
    "、",
    "“十四五”",
    "gov",
    "egov",
    "open",
    "data",
    "G20",
    "5G",
    "2023",
    "12",
    "120",
    "A4",
    "𠮷",
    "🎉",
    "100%",
    "Wi-Fi",
]
OPENINGS = {"problem": "存在", "plan": "将", "initiative": "已", "other": "又"}
CATEGORIES = ("staff", "timeliness", "content")
KINDS = ("overview", "proactive", "problems")
CELLS = ("new_requests.total", "carried_over.total", "granted.total")
CELL_NAMES = {"新收申请": CELLS[0], "carried_over": CELLS[1], "requests/granted.total": CELLS[2]}
UNITS = ("条", "件", "万元", None)
ITEMS = ("公开信息", "申请", None)
ORGS = ("青田县人民政府", "宿遷市水利局", "Gov 青田局", None)
TITLES = ("2020年报", "政府信息公开年报", None)
REGIONS = (
    Region(code="331121", province="浙江省", city="丽水市"),
    Region(code="321300", city="宿迁市"),
    None,
)


@dataclass
class Row:
    """A fact with its texts as they read."""

    fact: object
    texts: tuple
    section: str | None = None


@dataclass
class Plain:
    """A report with the text as it is searched and its facts by kind."""

    report: Report
    key: str
    rows: dict = field(default_factory=dict)


def searched(text):
    """A text as it is searched, told character by character."""
    return "".join(chr(ord(c) + 32) if "A" <= c <= "Z" else c for c in Reading(text).view)


def make_report(rnd, number):
    """A report of a few sentences with facts; places of facts other than statements are made up."""
    text, statements = f"第{number}篇。\n", []
    for _ in range(rnd.randint(2, 7)):
        label, opening = rnd.choice(list(OPENINGS.items()))
        sentence = opening + "".join(rnd.choices(PIECES, k=rnd.randint(1, 9))) + "。"
        category = None if label == "other" else rnd.choice(CATEGORIES)
        place = {"text": sentence, "start": len(text), "end": len(text) + len(sentence)}
        statements.append(Statement(label=label, category=category, **place))
        text += sentence + rnd.choice(["", "\n"])
    half = len(text) // 2
    sections = (_section(rnd, 0, half), _section(rnd, half, len(text)))
    facts = {"counts": _counts, "zeros": _zeros, "citations": _citations, "dates": _dates}
    values = {name: tuple(make(rnd, text) for _ in range(rnd.randint(0, 3))) for name, make in facts.items()}
    cells = {code: _cell(rnd) for code in CELLS if rnd.random() < 0.7}
    tables = (Table(table="requests", form="2021", cells=cells),) if cells else ()
    year = rnd.choice([None, 2019, 2020, 2021, 2022])
    head = {"title": rnd.choice(TITLES), "org": rnd.choice(ORGS), "region": rnd.choice(REGIONS), "year": year}
    head |= {"level": rnd.choice(["county", "city", None]), "genre": rnd.choice(["disclosure", "work"])}
    head |= {"published": rnd.choice([None, "2021-01-15", "2022-03-31"])}
    found = {"statements": tuple(statements), "sections": sections, "tables": tables} | values
    return Report(id=f"{number:016x}", text=text, **head, **found)


def _section(rnd, start, end):
    kind = rnd.choice(KINDS)
    return Section(text="", start=start, end=start, kind=kind, depth=1, content_end=end)


def _counts(rnd, text):
    value = rnd.choice([0, 3, 12, 500, 501, 1200.5])
    return Count(text=text[:2], start=0, end=2, value=value, unit=rnd.choice(UNITS), item=rnd.choice(ITEMS))


def _zeros(rnd, text):
    return Zero(text=text[:3], start=0, end=3, item=rnd.choice(["行政复议", "行政訴訟", None]))


def _citations(rnd, text):
    title, number = rnd.choice(
        [("信息公开条例", None), (None, "国办发〔2019〕14号"), ("条例 实施细则", "1号")]
    )
    return Citation(text=text[:3], start=0, end=3, title=title, number=number)


def _dates(rnd, text):
    first, last, kind = rnd.choice(
        [
            ("2020-05-04", "2020-05-04", "date"),
            ("2020-01-01", "2020-12-31", "range"),
            ("2021-02-01", "2021-02-28", "date"),
            (None, None, "duration"),
        ]
    )
    return Date(text=text[:2], start=0, end=2, kind=kind, iso_start=first, iso_end=last)


def _cell(rnd):
    state = rnd.choice(["value", "zero", "blank", "nil"])
    value = {"value": rnd.choice([1, 50, 101, 500]), "zero": 0}.get(state)
    return Cell(raw=str(value), value=value, state=state)


def plain(report):
    """The report as the evaluator takes it."""
    reading = Reading(report.text)
    key = searched(report.text)
    rows = {"statements": []}
    for one in report.statements:
        inside = key[reading.locate(one.start) : reading.locate(one.end)]
        around = [s.kind for s in report.sections if s.start <= one.start < s.content_end]
        rows["statements"].append(Row(one, (inside,), around[-1] if around else None))
    names = {"counts": ("item",), "zeros": ("item",), "citations": ("title", "number"), "dates": ()}
    for kind, columns in names.items():
        facts = getattr(report, kind)
        texts = [(f.text, *(getattr(f, name) or "" for name in columns)) for f in facts]
        rows[kind] = [Row(f, tuple(map(searched, each))) for f, each in zip(facts, texts, strict=True)]
    cells = report.tables[0].cells if report.tables else {}
    rows["cells"] = [Row((code, cell), ()) for code, cell in cells.items()]
    return Plain(report, key, rows)


def make_archive(seed, size=14):
    """Reports of an archive; the same for a seed."""
    rnd = random.Random(seed)
    return [make_report(rnd, number) for number in range(size)]


# How a query is written

_BARE = re.compile(r"[0-9A-Za-z\u4e00-\u9fff%]+(?:-[0-9A-Za-z\u4e00-\u9fff]+)*")
_KEYWORDS = {"AND", "OR", "NOT", "NEAR", "且", "或", "非"}


def quoted(text):
    """A phrase in double quotes."""
    return '"{}"'.format(text.replace('"', '""'))


def written(node, within=False):
    """A tree in the query language."""
    match node:
        case ("word", text):
            return text if _BARE.fullmatch(text) and text not in _KEYWORDS else quoted(text)
        case ("phrase", text):
            return quoted(text)
        case ("prefix", text):
            return f"{text}*"
        case ("near", left, right, distance):
            return f"{written(left)} NEAR/{distance} {written(right)}"
        case ("not", part, sign):
            inside = written(part, True)
            return f"{sign}({inside})" if part[0] == "not" else f"{sign}{inside}"
        case ("field", name, value, _):
            return f"{name}:{value}"
        case (sign, parts):
            joined = {"and": " ", "AND": " AND ", "或": " 或 ", "or": " OR "}[sign].join(
                written(p, True) for p in parts
            )
            return f"({joined})" if within else joined


# What a query means


def contains(text, word):
    """Whether a text as it is searched holds a word."""
    return searched_word(word) in text


def searched_word(word):
    """A word as it is searched: like a text on one line."""
    return searched(word.replace("\n", " "))


def places(text, node):
    """Where a word begins, looked for at every place."""
    word = searched_word(node[1])
    found = [at for at in range(len(text)) if text.startswith(word, at)]
    if node[0] == "prefix" and re.match("[0-9a-z]", word):
        found = [at for at in found if not (at and re.match("[0-9a-z]", text[at - 1]))]
    return found


def units(text):
    return len(text.encode("utf-16-le")) // 2


def near(text, left, right, distance):
    """Whether two words stand near, each pair of places measured."""
    a, b = len(searched_word(left[1])), len(searched_word(right[1]))
    for x in places(text, left):
        for y in places(text, right):
            between = text[x + a : y] if x <= y else text[y + b : x]
            if units(between) <= distance:
                return True
    return False


def text_holds(texts, node):
    if node[0] == "near":
        return any(near(text, *node[1:]) for text in texts)
    return any(places(text, node) for text in texts)


TEXT = ("word", "phrase", "prefix", "near")


def leaves(node):
    if node[0] in (*TEXT, "field"):
        return [node]
    parts = [node[1]] if node[0] == "not" else node[1]
    return [leaf for part in parts for leaf in leaves(part)]


def speaks_of(node):
    return node[3][0] if node[0] == "field" else "text"


def is_open(node):
    """Words and fields of statements alone, no conjunction of both inside."""
    kinds = {speaks_of(leaf) for leaf in leaves(node)}
    if not kinds <= {"text", "statements"}:
        return False
    if node[0] == "not":
        return is_open(node[1])
    if node[0] in ("and", "AND"):
        return kinds != {"text", "statements"} and all(map(is_open, node[1]))
    return node[0] in (*TEXT, "field") or all(map(is_open, node[1]))


def of_count(node):
    inner = node[1] if node[0] == "not" else node
    return inner[0] == "field" and speaks_of(inner) == "counts"


def is_or(node):
    return node[0] in ("or", "或")


def holds(report, node, scope="reports", row=None):
    """Whether a query is true of a report, or of a row of it."""
    if node[0] in TEXT:
        return text_holds(row.texts if row else (report.key,), node)
    if node[0] == "not":
        return not holds(report, node[1], scope, row)
    if is_or(node):
        return any(holds(report, part, scope, row) for part in node[1])
    if node[0] == "field":
        kind, test = node[3]
        if kind == "reports":
            return test(report)
        if kind == scope:
            return test(row)
        return any(test(each) for each in report.rows[kind])
    return all_hold(report, list(node[1]), scope, row)


def all_hold(report, parts, scope, row):
    """A conjunction: what speaks of one statement, of one number, and the rest."""
    for kind, belongs in (("statements", is_open), ("counts", of_count)):
        group = [part for part in parts if belongs(part)]
        named = any(speaks_of(leaf) == kind for part in group for leaf in leaves(part))
        if kind == scope or not named or all(part[0] == "not" for part in group):
            continue
        parts = [part for part in parts if part not in group]
        if not any(all(holds(report, part, kind, each) for part in group) for each in report.rows[kind]):
            return False
    return all(holds(report, part, scope, row) for part in parts)
