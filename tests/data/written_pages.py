"""Pages written in the manner of the common site systems, with what a reader ought to find marked in them.

A `.page` file has a head (`title: …`, `encoding: …`, a line each) and, after `---`, the page itself. In it

    ⟦…⟧          is a line of the article, as shown (tags inside do not count)
    ⟦?…⟧         is a line that may be left out or kept: a title, attachments, who edited it
    ⟪label=…⟫    is the value of a field that the page states
    ⟬…⟭          is a table of the article
    @@prose overview 3@@    three paragraphs of a section of `prose.txt`, each set as the head's `wrap:` says
    @@table requests mso@@  an official table of 2021 with the markup of an editor (or `requests/2019`)
    @@links 12@@            items of other news, each with a link; `@@nav 8@@` short ones
    @@set wrap <div>{}</div>@@  another setting from here on
"""

import html
import random
import re
import sys
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "nlp"))
import rendered_tables as rendered

PAGES = Path(__file__).with_name("pages")
TABLES = {
    "plain": ("<table border=1>", "<tr>", "<td{}>{}</td>", "</table>"),
    "mso": (
        '<div align="center"><table class="MsoTableGrid" border="1" cellspacing="0" style="border-collapse:collapse;mso-table-layout-alt:fixed"><colgroup><col width="72"><col width="60"></colgroup><tbody>',
        '<tr style="height:21.0pt;mso-yfti-irow:0">',
        '<td{} valign="center" style="border:solid windowtext 1.0pt;padding:0cm 5.4pt"><p class="MsoNormal" align="center" style="text-align:center"><span style="font-family:宋体;mso-bidi-font-size:12.0pt">{}<o:p></o:p></span></p></td>',
        "</tbody></table></div>",
    ),
    "spans": (
        '<table cellpadding="0" cellspacing="0" width="660" style="margin:auto"><tbody>',
        '<tr class="firstRow">',
        '<td{} style="word-break:break-all"><p style="text-align: center;"><span style="font-size:14px"><strong>{}</strong></span></p></td>',
        "</tbody></table>",
    ),
    "unclosed": (
        '<TABLE borderColor=#000000 cellSpacing=0 width="98%" align=center border=1>',
        "<TR>",
        "<TD{}>\n<FONT face=宋体 size=3>{}</FONT>",
        "</TABLE>",
    ),
    "head": (
        '<div class="table-responsive"><table class="table"><thead></thead><tbody>',
        "<tr>",
        "<th{}>&nbsp;{}&nbsp;</th>",
        "</tbody></table></div>",
    ),
}
_MARKED = re.compile(r"⟦(\?)?(.*?)⟧|⟬(.*?)⟭", re.DOTALL)
_FIELD = re.compile(r"⟪([^=⟫]+)=([^⟫]*)⟫")
_MACRO = re.compile(r"@@(\w+) ?(.*?)@@", re.DOTALL)
_TAG = re.compile(r'<span style="display:none">.*?</span>|<[^<>]*>')
_DIGITS = re.compile(r"\d+")


@dataclass(frozen=True)
class WrittenPage:
    """A page as bytes and what stands in it; `lines` and `cells` without blanks."""

    name: str
    data: bytes
    title: str
    lines: tuple[str, ...]
    optional: frozenset[str]
    tables: tuple[tuple[tuple[str, ...], ...], ...]
    fields: dict[str, str] = field(default_factory=dict)


def squeezed(text: str) -> str:
    return "".join(text.replace("\u200b", "").split())


def shown(markup: str) -> str:
    return squeezed(html.unescape(_TAG.sub("", markup)))


def pages(part: str) -> list[WrittenPage]:
    return [load(path) for path in sorted((PAGES / part).glob("*.page"))]


def load(path: Path) -> WrittenPage:
    head, _, page = path.read_text(encoding="utf-8").partition("\n---\n")
    settings = dict(line.partition(": ")[::2] for line in head.splitlines())
    page = _expanded(page, settings, random.Random(path.stem))
    lines, optional, tables = [], {shown(settings["title"])}, []
    for matched in _MARKED.finditer(page):
        if matched[3] is not None:
            tables.append(_cells(matched[3]))
            lines += ["".join(row) for row in tables[-1] if "".join(row)]
        elif matched[1]:
            optional.add(shown(_FIELD.sub(r"\2", matched[2])))
        else:
            lines.append(shown(matched[2]))
    fields = {label: shown(value) for label, value in _FIELD.findall(page)}
    page = re.sub("[⟬⟭⟧]|⟦[?]?", "", _FIELD.sub(r"\2", page))
    data = page.encode(settings.get("encoding", "utf-8"), "xmlcharrefreplace")
    return WrittenPage(
        path.stem, data, settings["title"], tuple(lines), frozenset(optional), tuple(tables), fields
    )


def _cells(table: str) -> tuple[tuple[str, ...], ...]:
    rows = re.split(r"<tr\b[^>]*>", table, flags=re.IGNORECASE)[1:]
    parts = (re.split(r"<t[dh]\b[^>]*>", row, flags=re.IGNORECASE)[1:] for row in rows)
    return tuple(tuple(map(shown, row)) for row in parts)


@cache
def _bank() -> dict[str, list[str]]:
    bank: dict[str, list[str]] = {}
    for line in (PAGES / "prose.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("# "):
            section = bank.setdefault(line[2:], [])
        else:
            section.append(line)
    return bank


def _expanded(page: str, settings: dict[str, str], rng: random.Random) -> str:
    used: dict[str, list[str]] = {}

    def prose(section: str, number: str) -> str:
        left = used.setdefault(section, rng.sample(_bank()[section], len(_bank()[section])))
        taken = [left.pop() for _ in range(int(number))]
        return "\n".join(settings["wrap"].replace("{}", f"⟦{_set(line, settings, rng)}⟧") for line in taken)

    def news(number: str, short: bool = False) -> str:
        lines = rng.sample(_bank()["nav" if short else "news"], int(number))
        day = f"2023-0{rng.randint(1, 9)}-1{rng.randint(0, 9)}"
        after = "" if short else f"<span>{day}</span>"
        return "".join(
            f'<li><a href="./t{day}_{i}.html" title="{line}">{line}</a>{after}</li>'
            for i, line in enumerate(lines)
        )

    def expand(matched: re.Match[str]) -> str:
        word, rest = matched[1], matched[2]
        if word == "set":
            settings.__setitem__(*rest.split(" ", 1))
            return ""
        made = {
            "prose": lambda: prose(*rest.split()),
            "table": lambda: _table(*rest.split(), rng=rng),
            "links": lambda: news(rest),
            "nav": lambda: news(rest, short=True),
        }
        return made[word]()

    return _MACRO.sub(expand, page)


def _set(line: str, settings: dict[str, str], rng: random.Random) -> str:
    line = re.sub(r"\{n\}", lambda _: str(rng.randint(2, 989)), line).replace(
        "{year}", settings.get("year", "2023")
    )
    cut = settings.get("numbers")
    return _DIGITS.sub(lambda digits: cut.replace("{}", digits[0]), line) if cut else line


def _table(name: str, style: str, rng: random.Random) -> str:
    name, _, form = name.partition("/")
    form = form or "2021"
    values = {
        address: str(rng.choice([0, 0, 0, 1, 3, 12, 47, 1806])) for address in rendered.addresses(form, name)
    }
    opened, row_open, cell, closed = TABLES[style]
    rows = []
    for row in rendered.lay_out(form, name, values):
        made = "".join(cell.format(_spans(laid), laid.text or "&nbsp;") for laid in row)
        rows.append(row_open + made + ("" if style == "unclosed" else "</tr>"))
    return f"⟬{opened}{chr(10).join(rows)}{closed}⟭"


def _spans(laid: rendered.Laid) -> str:
    rows = f' rowspan="{laid.rowspan}"' if laid.rowspan > 1 else ""
    return rows + (f' colspan="{laid.colspan}"' if laid.colspan > 1 else "")
