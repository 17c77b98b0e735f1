"""Names, labels and lines by which the parts of a Chinese government page are known."""

import re
import tomllib
from functools import cache, lru_cache
from pathlib import Path

import msgspec
from lxml.html import HtmlElement

from ..errors import ResourceError
from ..folding import fold

# Longer lines are prose; the longest path of a page seen has 110 characters.
_LINE_MAX = 300


class PageMarks(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The lists of `page_marks.toml`; every field there says what it names."""

    content: tuple[str, ...]
    furniture: tuple[str, ...]
    headline: tuple[str, ...]
    furniture_lines: tuple[str, ...]
    footer_marks: tuple[str, ...]
    footer_words: tuple[str, ...]
    labels: tuple[str, ...]
    common_labels: tuple[str, ...]
    other_labels: tuple[str, ...]
    meta: dict[str, str]


@cache
def page_marks(path: Path | None = None) -> PageMarks:
    """The marks, read once; raises ResourceError naming the file and what is wrong with it."""
    path = path or Path(__file__).with_name("page_marks.toml")
    try:
        marks = msgspec.convert(tomllib.loads(path.read_text(encoding="utf-8")), PageMarks)
        for pattern in (*marks.furniture_lines, *marks.footer_marks, *marks.footer_words):
            re.compile(pattern)
    except (tomllib.TOMLDecodeError, msgspec.ValidationError, re.error) as error:
        raise ResourceError(f"{path.name}: {error}. Mend the entry named.") from error
    return marks


@cache
def whole_line(patterns: tuple[str, ...]) -> re.Pattern[str]:
    """One pattern that matches where any of `patterns` does, in folded text."""
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns), re.IGNORECASE)


def is_furniture(line: str) -> bool:
    """Whether a line belongs to the site: a path, buttons, a counter, the pages before and after."""
    if len(line) > _LINE_MAX:
        return False
    return bool(whole_line(page_marks().furniture_lines).fullmatch("".join(fold(line).split())))


class Names:
    """Finds elements by `id` and class; pages repeat their names, so each is looked at once."""

    def __init__(self, pattern: re.Pattern[str]) -> None:
        self._search = lru_cache(maxsize=4096)(lambda names: bool(pattern.search(names)))

    def found(self, element: HtmlElement) -> bool:
        """Whether the pattern finds one of the element's names."""
        return self._search(f"{element.get('id') or ''} {element.get('class') or ''}"[:_LINE_MAX])


def named(names: tuple[str, ...]) -> re.Pattern[str]:
    """A pattern that finds one of `names` as a whole name in an element's `id` and classes."""
    return re.compile(rf"(?:^|\s)(?:{'|'.join(map(re.escape, names))})(?=\s|$)", re.IGNORECASE)


def worded(words: tuple[str, ...]) -> re.Pattern[str]:
    """A pattern that finds one of `words` as a word of a name: `page-nav2`, `nav_top`, `siteFooter`."""
    either = "|".join(map(re.escape, words))
    return re.compile(
        rf"(?:^|[\s_-])(?i:{either})\d*(?=$|[\s_-])|(?<=[a-z])(?:{either.title()})(?=$|[\s_A-Z-])"
    )
