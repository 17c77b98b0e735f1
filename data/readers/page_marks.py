"""Names, labels and lines by which the parts of a Chinese government page are known."""

import re
import tomllib
from functools import cache
from pathlib import Path

import msgspec

from ..errors import ResourceError


class PageMarks(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The lists of `page_marks.toml`; every field there says what it names."""

    content: tuple[str, ...]
    furniture: tuple[str, ...]
    headline: tuple[str, ...]
    furniture_lines: tuple[str, ...]
    labels: tuple[str, ...]
    other_labels: tuple[str, ...]
    meta: dict[str, str]


@cache
def page_marks(path: Path | None = None) -> PageMarks:
    """The marks, read once; raises ResourceError naming the file and what is wrong with it."""
    path = path or Path(__file__).with_name("page_marks.toml")
    try:
        marks = msgspec.convert(tomllib.loads(path.read_text(encoding="utf-8")), PageMarks)
        for pattern in marks.furniture_lines:
            re.compile(pattern)
    except (tomllib.TOMLDecodeError, msgspec.ValidationError, re.error) as error:
        raise ResourceError(f"{path.name}: {error}. Mend the entry named.") from error
    return marks


def named(names: tuple[str, ...]) -> re.Pattern[str]:
    """A pattern that finds one of `names` as a whole name in an element's `id` and classes."""
    return re.compile(rf"(?:^|\s)(?:{'|'.join(map(re.escape, names))})(?=\s|$)", re.IGNORECASE)


def worded(words: tuple[str, ...]) -> re.Pattern[str]:
    """A pattern that finds one of `words` as a word of a name: `page-nav2`, `nav_top`, `siteFooter`."""
    either = "|".join(map(re.escape, words))
    return re.compile(
        rf"(?:^|[\s_-])(?i:{either})\d*(?=$|[\s_-])|(?<=[a-z])(?:{either.title()})(?=$|[\s_A-Z-])"
    )
