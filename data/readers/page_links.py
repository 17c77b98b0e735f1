"""Where the rest of a report stands: on following pages, or in a file that its page only links to."""

import posixpath
import re
from collections.abc import Iterator, Sequence
from itertools import count, takewhile
from urllib.parse import unquote

import msgspec
from lxml import etree
from lxml.html import HtmlElement

from ..folding import fold
from ..records import SourceText
from .page_fields import states_fields
from .page_marks import is_furniture, page_marks, whole_line

# TRS and others write their pager by a script: number of pages, this page's index, name, suffix.
_PAGER = re.compile(
    rb"""createPageHTML\(\s*+(?:["'][^"'\n]{0,60}["']\s*+,\s*+)?(\d{1,4})\s*+,\s*+(\d{1,4})\s*+,"""
    rb"""\s*+["']([^"'\n]{1,200})["']\s*+,\s*+["'](s?html?)["']"""
)
_LINK = re.compile(rb"""href\s{0,9}=\s{0,9}["']?([^"'\s<>]{1,300}_\d{1,2}\.s?html?)\b""", re.IGNORECASE)
_NUMBERED = re.compile(r"(.+?)(?:_(\d{1,2}))?(\.s?html?)", re.IGNORECASE)
# Pages of a list of articles are named like those of an article.
_LISTS = frozenset({"index", "default", "list"})
# No report was seen on more pages; a greater number is a list's.
_PAGES_MAX = 50

_ATTACHED = re.compile(r"([^/\\?=&#]+\.(?:pdf|docx?|wps|ofd|xlsx?|et|rtf|zip|rar))(?=$|[?#&])", re.IGNORECASE)
_HOLDERS = etree.XPath("//a[@href]|//iframe[@src]|//object[@data]|//embed[@src]")
# What such a page says about its file, and what any report says at least, in folded text.
_ABOUT_FILE = re.compile(
    r"附件|下载|(?:点击|在线|全文).{0,4}(?:查看|预览|阅读|浏览)|\.(?:pdf|docx?|wps|ofd)\b", re.IGNORECASE
)
_ABOUT_FILE_MAX = 60
_SAYS_SOMETHING = re.compile(r"[,。;]|\d ?[余多]?(?:条|件|次|份|元|宗|个|人|项|篇)|无。?$")


def continuations(data: bytes, name: str) -> tuple[str, ...]:
    """File names of the pages that continue the page `name` with content `data`, in order; mostly none."""
    parted = _NUMBERED.fullmatch(unquote(re.split(r"[/\\]", name)[-1]))
    if not parted or parted[1].lower() in _LISTS:
        return ()
    pager = _PAGER.search(data)
    if pager:
        base, suffix = posixpath.basename(pager[3].decode("utf-8", "replace")), pager[4].decode("ascii")
        last = min(int(pager[1]), _PAGES_MAX)
        return tuple(f"{base}_{number}.{suffix}" for number in range(int(pager[2]) + 1, last))
    return tuple(_following(data, parted[1], int(parted[2] or 0)))


def _following(data: bytes, base: str, current: int) -> Iterator[str]:
    """Linked pages of the same name whose numbers follow one another; sites begin with 1 or with 2."""
    linked: dict[int, str] = {}
    for link in _LINK.finditer(data):
        file = unquote(link[1].decode("utf-8", "replace").rpartition("/")[2])
        parted = _NUMBERED.fullmatch(file)
        if parted and parted[1] == base and parted[2]:
            linked.setdefault(int(parted[2]), file)
    first = current + 1 if current or 1 in linked else 2
    return (linked[number] for number in takewhile(linked.__contains__, count(first)))


def joined(sources: Sequence[SourceText]) -> SourceText:
    """One source text of the pages of a report, in order: what is no text is the first's.

    Grids keep quoting: they are moved to where their text now stands. A title that a following page repeats
    on top is left out. Raises ValueError where there is no page.
    """
    if not sources:
        raise ValueError("a report has at least one page")
    first = sources[0]
    texts, grids, length = [first.text], list(first.grids), len(first.text)
    for source in sources[1:]:
        cut = _repeated(source.text, first)
        grids += [grid.moved(length + 1 - cut) for grid in source.grids]
        texts.append(source.text[cut:])
        length += 1 + len(source.text) - cut
    fields = {label: value for source in reversed(sources) for label, value in source.fields.items()}
    return msgspec.structs.replace(first, text="\n".join(texts), grids=tuple(grids), fields=fields)


def _repeated(text: str, first: SourceText) -> int:
    """Length of the title and its line feed on top of `text`; 0 where it has none or a grid begins there."""
    line, feed, _ = text.partition("\n")
    titles = {_squeezed(first.title or ""), _squeezed(first.text.partition("\n")[0])}
    return len(line) + 1 if feed and "\t" not in line and _squeezed(line) in titles else 0


def attachments(root: HtmlElement) -> tuple[str, ...]:
    """Names of the documents that a page links to or shows in a viewer, in order."""
    names = []
    for holder in _HOLDERS(root):
        address = holder.get("href") or holder.get("src") or holder.get("data") or ""
        found = _ATTACHED.search(unquote(address[:2000])) if "." in address else None
        if found:
            called = "".join(holder.itertext()).strip() if holder.tag == "a" else ""
            names.append(called if _ATTACHED.fullmatch(called) else found[1])
    return tuple(dict.fromkeys(names))


def says_nothing(lines: Sequence[str], title: str | None) -> bool:
    """Whether lines hold no report: only the title, fields, furniture and words about files."""
    return not any(_reports(line) for line in lines if _squeezed(line) != _squeezed(title or ""))


def _reports(line: str) -> bool:
    folded = fold(line)
    about_file = len(line) <= _ABOUT_FILE_MAX and _ABOUT_FILE.search(folded)
    if about_file or not _SAYS_SOMETHING.search(folded) or is_furniture(line) or states_fields(line):
        return False
    return len(line) > _ABOUT_FILE_MAX or not whole_line(page_marks().footer_words).search(folded)


def _squeezed(text: str) -> str:
    return "".join(text.split())
