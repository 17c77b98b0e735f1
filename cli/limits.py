"""Options that bound what one file may cost."""

from typing import Annotated

import typer

from ..data.limits import DEFAULT_LIMITS

_PANEL = "Limits on one file"


def _bound(name: str, meaning: str, least: int = 1) -> typer.models.OptionInfo:
    option: typer.models.OptionInfo = typer.Option(
        f"--max-{name}", help=meaning, min=least, rich_help_panel=_PANEL
    )
    return option


FileMb = Annotated[int, _bound("file-mb", "MB of a file, or of one in an archive.")]
Characters = Annotated[int, _bound("characters", "Characters of its text.")]
Seconds = Annotated[int, _bound("seconds", "Seconds that reading it may take.")]
MemoryMb = Annotated[int, _bound("memory-mb", "MB of memory that reading it may take.")]
Pages = Annotated[int, _bound("pages", "Pages of a PDF.")]
Megapixels = Annotated[int, _bound("megapixels", "Millions of pixels of a picture.")]
Cells = Annotated[int, _bound("cells", "Cells of its tables.")]
Depth = Annotated[int, _bound("depth", "Depth of nested tags.")]
Members = Annotated[int, _bound("members", "Files in an archive.")]
UnpackedMb = Annotated[int, _bound("unpacked-mb", "MB of an archive, unpacked.")]
Ratio = Annotated[int, _bound("ratio", "Unpacked bytes for each packed one.")]
Nesting = Annotated[int, _bound("nesting", "Archives inside one another.", least=0)]

DEFAULT = DEFAULT_LIMITS
