"""Styles and scripts of the pages, from this package alone, compressed and kept by the browser."""

import gzip
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

_FOLDER = Path(__file__).with_name("static")
_TYPES = {".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".svg": "image/svg+xml"}


class Asset(NamedTuple):
    """A file as it is sent: its gzipped content, its type, and what names this version of it."""

    packed: bytes
    content_type: str
    version: str


@cache
def assets() -> dict[str, Asset]:
    """All files by name."""
    return {path.name: _asset(path) for path in sorted(_FOLDER.iterdir()) if path.suffix in _TYPES}


def asset_path(name: str) -> str:
    """The path under which a file is served; it changes with the content. Raises KeyError for no file."""
    return f"/-/nianbao/{assets()[name].version}/{name}"


def _asset(path: Path) -> Asset:
    content = path.read_bytes()
    return Asset(gzip.compress(content, 9, mtime=0), _TYPES[path.suffix], sha256(content).hexdigest()[:12])
