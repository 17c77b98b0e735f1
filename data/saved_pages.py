"""Pages saved "complete" by a browser or Word: a page, and beside it a folder with what it shows."""

import re
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path, PurePath

# Folders as browsers name them: Chrome and Firefox 页_files, IE and Word 页.files, Chinese versions 页_文件.
_FOLDER = re.compile(r"(?P<page>.{1,250})(?:_files|\.files|_文件|\.文件)", re.IGNORECASE)
_PAGES = frozenset({".html", ".htm", ".shtml", ".xhtml"})
_FRAMES = re.compile(rb"<\s{0,9}frameset\b", re.IGNORECASE)
_HAN = re.compile("[\u4e00-\u9fff]")
# A page of frames says so in its first lines; a frame shows in so many bytes whether it holds the article.
_HEAD = 64 * 1024


def pages_beside(name: PurePath) -> list[PurePath]:
    """The pages, without suffix, in whose folders `name` may stand, the outermost first."""
    found = ((at, _FOLDER.fullmatch(folder)) for at, folder in enumerate(name.parts[:-1]))
    return [PurePath(*name.parts[:at], folder["page"]) for at, folder in found if folder]


def is_page(name: PurePath) -> bool:
    """Whether a file is a page by its suffix."""
    return name.suffix.lower() in _PAGES


def is_frameset(path: Path) -> bool:
    """Whether the page at `path` only places other pages; False where it cannot be read."""
    return bool(_FRAMES.search(_head(path)))


def companions(files: Mapping[PurePath, Path | None]) -> frozenset[PurePath]:
    """Which of `files` (names, and where they can be read) only belong to a page among them.

    All that stands in a page's folder; where the page is made of frames, the fullest frame is the report,
    and the page itself is its companion.
    """
    pages = {PurePath(name.with_suffix("")): name for name in files if is_page(name)}
    inside: dict[PurePath, list[PurePath]] = defaultdict(list)
    for name in files:
        page = next((pages[page] for page in pages_beside(name) if page in pages), None)
        if page:
            inside[page].append(name)
    left: set[PurePath] = set()
    for page, names in inside.items():
        left.update(names)
        report = _report_frame(page, names, files)
        if report:
            left.add(page)
            left.discard(report)
    return frozenset(left)


def _report_frame(
    page: PurePath, names: list[PurePath], files: Mapping[PurePath, Path | None]
) -> PurePath | None:
    """The fullest frame of a page made of frames; None for other pages."""
    path = files[page]
    if path is None or not is_frameset(path):
        return None
    frames = {name: _fullness(frame) for name in names if is_page(name) and (frame := files[name])}
    report = max(frames, key=lambda name: frames[name], default=None)
    return report if report and frames[report] else None


def _fullness(path: Path) -> int:
    from .readers.decoding import decode

    decoded = decode(_head(path))
    return len(_HAN.findall(decoded.text)) if decoded else 0


def _head(path: Path) -> bytes:
    try:
        with path.open("rb") as stream:
            return stream.read(_HEAD)
    except OSError:
        return b""
