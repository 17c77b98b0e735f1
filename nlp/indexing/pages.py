"""Reports that go on over several saved pages: which files belong together, and what they say joined."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from itertools import takewhile
from pathlib import Path

from ...data.limits import Limits
from ...data.readers import load_bytes, read_bytes
from ...data.readers.page_links import continuations, joined
from ...data.records import SourceText

# A following page is named after the first: t2024_88.html, t2024_88_1.html.
_FOLLOWING = re.compile(r"(.+?)_\d{1,2}(\.s?html?)", re.IGNORECASE)
_PAGE = re.compile(r".+\.s?html?", re.IGNORECASE)


def page_groups(files: Iterable[tuple[str, str]]) -> dict[str, dict[str, str]]:
    """For each path that may continue another or be continued: file names to files of those it may belong to.

    `files` are (path, file): the name in the database and where the bytes lie. Only names are looked at.
    """
    pages = {path: file for path, file in files if _PAGE.fullmatch(path)}
    groups: dict[str, list[str]] = defaultdict(list)
    for path in pages:
        first = first_page(path)
        if first is not None and first in pages:
            groups[first].append(path)
    found = {}
    for first, following in groups.items():
        beside = {_name(path): pages[path] for path in (first, *following)}
        found.update(dict.fromkeys((first, *following), beside))
    return found


def first_page(path: str) -> str | None:
    """The path of the page that this one continues, by its name alone."""
    folder, slash, name = path.rpartition("/")
    following = _FOLLOWING.fullmatch(name)
    return f"{folder}{slash}{following[1]}{following[2]}" if following else None


def continues(path: str, beside: Mapping[str, str], limits: Limits) -> str | None:
    """The path of the page whose text goes on in this one: it says so itself."""
    first = first_page(path)
    if first is None or _name(first) not in beside:
        return None
    data = load_bytes(Path(beside[_name(first)]), limits)
    return first if _name(path) in continuations(data, _name(first)) else None


def with_following(
    page: SourceText, data: bytes, path: str, beside: Mapping[str, str], limits: Limits
) -> SourceText:
    """`page` with the text of the pages that continue it, as far as they are there."""
    names = takewhile(beside.__contains__, continuations(data, _name(path)))
    pages = [read_bytes(load_bytes(Path(beside[name]), limits), name, limits) for name in names]
    return joined([page, *pages]) if pages else page


def _name(path: str) -> str:
    return path.rpartition("/")[2]
