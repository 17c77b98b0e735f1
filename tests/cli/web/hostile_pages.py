"""An archive whose reports want to be more than text, and what may stand in a page of it.

Each payload says `hacked`: what a browser would run sets `window.hacked`, and an element or attribute that bears
the word was made by a payload.
"""

import re
from urllib.parse import urlsplit

import lxml.html

from nianbao.data.records import (
    Cell,
    Check,
    Citation,
    Count,
    Date,
    Organisation,
    Person,
    Region,
    Report,
    Section,
    Statement,
    Table,
    Zero,
)
from nianbao.data.store import SourceFile, Store, make_indexed

PAYLOADS = (
    "<script>window.hacked=1</script>",
    '"><img src=x onerror="window.hacked=1">',
    "'><svg/onload='window.hacked=1'>",
    "</textarea></title></style></script><script>window.hacked=1</script>",
    "javascript:window.hacked=1",
    "\" autofocus onfocus='window.hacked=1' hacked='",
    '--><iframe srcdoc="<script>parent.hacked=1</script>"></iframe>',
    "{{7*7}}{%raw%}${7*7}<%=7*7%>hacked&lt;b&gt;&#60;i",
    "[hacked](javascript:window.hacked=1)<a href='javascript:window.hacked=1'>",
    '\\u003cscript>hacked</script>\\";window.hacked=1//',
    "\x00\x01\x08\x1b[31m\x7f\x85hacked\u202e\u2066\ufeff\ufffe\U000e0001",
)
SQL = (
    "' OR 1=1 --",
    '" OR ""="',
    "'; DROP TABLE reports; --",
    "') UNION SELECT name, sql, 1, 2 FROM sqlite_master --",
    "1; ATTACH DATABASE '/tmp/hacked.db' AS x",
    "%27%20OR%201%3D1",
    "reports WHERE 0 UNION SELECT text FROM reports",
)
# Wrong types, nothing, too small, too great, too long; Arabic digits, which Python takes for a number.
ODD = ("", " ", "-1", "0", "NaN", "null", "٣", "1e400", "[]", "../../etc/passwd", "9" * 5000, "甲" * 7_000)

# What pages are made of; what runs or loads is left out but for scripts and styles by their address.
_ELEMENTS = frozenset(
    [
        "html",
        "head",
        "meta",
        "title",
        "link",
        "body",
        "a",
        "header",
        "footer",
        "main",
        "nav",
        "section",
        "article",
        "aside",
        "form",
        "fieldset",
        "legend",
        "label",
        "input",
        "button",
        "select",
        "option",
        "datalist",
        "h1",
        "h2",
        "h3",
        "p",
        "pre",
        "code",
        "b",
        "q",
        "mark",
        "span",
        "div",
        "ul",
        "ol",
        "li",
        "dl",
        "dt",
        "dd",
        "details",
        "summary",
        "figure",
        "figcaption",
        "noscript",
        "script",
        "table",
        "caption",
        "thead",
        "tbody",
        "tr",
        "th",
        "td",
    ]
)
_ADDRESSES = ("href", "src", "action", "data-spec", "data-facets")
_OURS = re.compile(r"/-/nianbao/[0-9a-f]{12}/[\w.-]+")


def reports():
    """Two reports, of two years, for each payload: in every field that a report's text decides."""
    for number, payload in enumerate(PAYLOADS):
        for year in (2021, 2022):
            yield _report(f"{number * 2 + year - 2020:016x}", payload, year)


def _report(key, payload, year):
    text = f"{payload}年报\n更新{payload}12件。"
    whole = {"text": text, "start": 0, "end": len(text)}
    start = len(payload) + 3
    said = {"text": text[start:], "start": start, "end": len(text)}
    part = {"text": payload, "start": start + 2, "end": start + 2 + len(payload)}
    title = f"{payload}年报"
    return Report(
        id=key,
        text=text,
        title=title,
        org=f"{payload}局",
        region=Region(code="341823", province=payload, city=payload, county=payload),
        year=year,
        published=payload,
        index_number=payload,
        document_number=payload,
        period=Date(**part, kind="range", value=payload, edtf=payload),
        form="2021",
        sections=(
            Section(text=title, start=0, end=len(title), kind="problems", depth=1, content_end=len(text)),
        ),
        statements=(
            Statement(**said, label="problem", category="timeliness", uncertain=True),
            Statement(**said, label="plan", category="timeliness", answers=0),
            Statement(**said, label="initiative", category="platform"),
        ),
        dates=(Date(**part, kind="date", iso_start=f"{year}-01-01", edtf=payload, value=payload),),
        counts=(Count(**part, value=12, unit=payload, item=payload),),
        zeros=(Zero(**part, item=payload),),
        citations=(Citation(**part, title=payload, number=payload), Citation(**whole, title=payload)),
        organisations=(Organisation(**part),),
        people=(Person(**part, name=payload, title=payload),),
        tables=(Table(table="requests", form="2021", cells=_cells(payload, part), notes=(payload,)),),
        checks=(_check("fails", payload, part), _check("not_assessable", payload, part)),
    )


def _cells(payload, part):
    place = {"start": part["start"], "end": part["end"], "note": payload, "unit": payload}
    return {
        "new_natural.total": Cell(raw=payload, value=12, state="value", **place),
        "new_natural.natural": Cell(raw=payload, state="nil", **place),
    }


def _check(state, payload, part):
    return Check(
        kind="prose",
        state=state,
        left=1,
        right=2,
        difference=-1,
        cells=("new_natural.total",),
        message=payload,
        rule=payload,
        places=((part["start"], part["end"]),),
    )


def write_archive(path):
    """A database of the reports, from files of hostile names."""
    with Store.open(path, create=True) as store:
        for report in reports():
            places = list(range(len(report.text)))
            payload = report.index_number
            source = SourceFile(path=f"{report.id}{payload}.txt", format=payload, remark=payload)
            indexed = make_indexed(report.text, places, report.title, report.org)
            store.add(source, report, "test", indexed=indexed)


def intruders(text):
    """What stands in a page of ours that no page of ours has: elements, attributes, addresses."""
    for element in _elements(text):
        yield from _made(element)
        if element.tag not in _ELEMENTS:
            yield f"<{element.tag}>"
        if element.tag == "script" and not (_OURS.fullmatch(element.get("src", "")) and not element.text):
            yield lxml.html.tostring(element)
        for name in _ADDRESSES:
            if name in element.attrib and not _own(element.get(name)):
                yield f"{name}={element.get(name)!r}"


def made_by_payload(text):
    """The same of a page of Datasette's, which has scripts in it: only what bears a payload's word."""
    for element in _elements(text):
        yield from _made(element)
        if element.tag in ("script", "style") and "hacked" in (element.text or ""):
            yield lxml.html.tostring(element)
        for name in _ADDRESSES:
            scheme = urlsplit(re.sub(r"[\x00-\x20]", "", element.get(name, ""))).scheme
            if scheme not in ("", "http", "https"):
                yield f"{name}={element.get(name)!r}"


def _made(element):
    """Attributes that run, style or bear a payload's name."""
    for name, value in element.attrib.items():
        if (
            (name.startswith("on") and "hacked" in value)
            or "hacked" in name
            or name in ("srcdoc", "autofocus")
        ):
            yield f"<{element.tag} {name}={value!r}>"
        if element.get("src") == "x":
            yield "<img src=x>"


def _elements(text):
    page = lxml.html.document_fromstring(text)
    assert page.find(".//footer") is not None, "the page ends early"
    return (element for element in page.iter() if isinstance(element.tag, str))


def _own(address):
    return address.startswith(("#", "/")) and not address.startswith("//") and "\\" not in address[:2]
