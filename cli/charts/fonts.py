"""The fonts that a drawing may use: those installed, or a file."""

import os
import struct
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

_SUFFIXES = frozenset((".ttf", ".otf", ".ttc", ".otc"))
_HOME = Path.home()
_FOLDERS = {
    "darwin": (Path("/System/Library/Fonts"), Path("/Library/Fonts"), _HOME / "Library/Fonts"),
    "win32": (
        Path(os.environ.get("WINDIR", r"C:\Windows")) / "Fonts",
        Path(os.environ.get("LOCALAPPDATA", _HOME)) / "Microsoft/Windows/Fonts",
    ),
}
_UNIX = (
    *(Path("/usr/share/fonts"), Path("/usr/local/share/fonts")),
    *(_HOME / ".fonts", _HOME / ".local/share/fonts"),
)
# Name records (OpenType 1.9, table `name`): the family, and the family whatever the weight.
_FAMILY, _TYPOGRAPHIC = 1, 16


@cache
def installed() -> frozenset[str]:
    """The families of the fonts in the folders where systems keep them."""
    return frozenset(name for path in _files() for name in families(path))


def families(path: Path) -> tuple[str, ...]:
    """The families that a font file names; none where it is no font."""
    try:
        data = path.read_bytes()
        return tuple(dict.fromkeys(name for at in _starts(data) for name in _names(data, at)))
    except (OSError, struct.error, UnicodeDecodeError):
        return ()


def _files() -> Iterator[Path]:
    for folder in _FOLDERS.get(sys.platform, _UNIX):
        if folder.is_dir():
            yield from (path for path in folder.rglob("*") if path.suffix.lower() in _SUFFIXES)


def _starts(data: bytes) -> tuple[int, ...]:
    """Where the fonts of a file begin: a collection has several."""
    if data[:4] != b"ttcf":
        return (0,)
    (number,) = struct.unpack_from(">I", data, 8)
    return struct.unpack_from(f">{min(number, 64)}I", data, 12)


def _names(data: bytes, start: int) -> Iterator[str]:
    (tables,) = struct.unpack_from(">H", data, start + 4)
    for number in range(tables):
        tag, _, offset, _ = struct.unpack_from(">4sIII", data, start + 12 + 16 * number)
        if tag == b"name":
            yield from _records(data, offset)


def _records(data: bytes, table: int) -> Iterator[str]:
    _, number, strings = struct.unpack_from(">HHH", data, table)
    for each in range(number):
        platform, _, _, name, length, offset = struct.unpack_from(">6H", data, table + 6 + 12 * each)
        if name in (_FAMILY, _TYPOGRAPHIC):
            raw = data[table + strings + offset : table + strings + offset + length]
            yield raw.decode("utf-16-be" if platform in (0, 3) else "latin-1")
