"""A chart as a file: SVG, PNG, a page of its own, or its specification. No network is asked."""

import re
import shutil
from functools import cache
from importlib import import_module
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import msgspec
import typer

from ...data.errors import ToolMissing
from .fonts import families, installed
from .theme import FONTS, Spec, config

SUFFIXES = (".svg", ".png", ".html", ".json")
# Twice the size in pixels, for screens and for print.
_SCALE = 2
_VERSION = "5.20"
_CHINESE = re.compile(r"[\u3400-\u9fff]")


def draw(spec: Spec, out: Path, font: str | None = None) -> None:
    """Write a chart to `out`, in the form that its name ends in.

    `font` is a font file or the name of an installed family. Raises BadParameter where the name ends in
    something else or the file cannot be written, ToolMissing where what draws, or a font, is not there.
    """
    suffix = out.suffix.lower()
    if suffix not in SUFFIXES:
        raise typer.BadParameter(f"{out}: the name must end in {', '.join(SUFFIXES)}.")
    data = _encoded(spec, suffix, font)
    try:
        out.write_bytes(data)
    except OSError as error:
        raise typer.BadParameter(f"{out}: cannot be written: {error.strerror}.") from None


def _encoded(spec: Spec, suffix: str, font: str | None) -> bytes:
    if suffix == ".json":
        return msgspec.json.format(msgspec.json.encode(spec), indent=2)
    library = _library()
    spec = spec | {"config": config(_fonts(library, spec, font))}
    if suffix == ".html":
        page: str = library.vegalite_to_html(spec, vl_version=_VERSION, bundle=True)
        return page.encode()
    if suffix == ".svg":
        drawn: str = library.vegalite_to_svg(spec, vl_version=_VERSION, allowed_base_urls=[])
        return drawn.encode()
    image: bytes = library.vegalite_to_png(spec, vl_version=_VERSION, scale=_SCALE, allowed_base_urls=[])
    return image


def _library() -> Any:  # noqa: ANN401 - vl-convert bears no types
    try:
        return import_module("vl_convert")
    except ModuleNotFoundError as error:
        raise ToolMissing(
            f"{error.name} is not installed, which drawing needs; install it: pip install 'nianbao[plot]'"
        ) from error


def _fonts(library: Any, spec: Spec, font: str | None) -> tuple[str, ...]:  # noqa: ANN401
    """The families to draw with, the one asked for first; checks that one has what the chart says."""
    if font is not None:
        return (_named(library, font), *FONTS)
    there = tuple(name for name in FONTS if name in installed())
    if not there and _CHINESE.search(msgspec.json.encode(spec).decode()):
        raise ToolMissing(
            f"No font with Chinese characters was found (tried {', '.join(FONTS)}); install one "
            "(Debian: apt install fonts-noto-cjk) or name one: --font FILE"
        )
    return there


def _named(library: Any, font: str) -> str:  # noqa: ANN401
    path = Path(font)
    if path.is_file():
        names = families(path)
        if not names:
            raise typer.BadParameter(f"{font}: this is no TrueType or OpenType font.")
        _register(library, path.absolute())
        return names[0]
    if font not in installed():
        raise typer.BadParameter(f"{font!r} is neither a file nor the name of an installed font.")
    return font


@cache
def _register(library: Any, path: Path) -> None:  # noqa: ANN401
    """Make one font file known: the library takes folders, and the file's own may hold thousands."""
    folder = mkdtemp(prefix="nianbao-font-")
    shutil.copy(path, folder)
    library.register_font_directory(folder)
    shutil.rmtree(folder, ignore_errors=True)
