"""Options of the commands that draw."""

from pathlib import Path
from typing import Annotated, Literal

import typer

Language = Literal["zh", "en"]

Out = Annotated[
    Path | None,
    typer.Option("--out", "-o", help="Draw it: a file that ends in .svg, .png, .html or .json."),
]
Font = Annotated[
    str | None,
    typer.Option(metavar="FILE|NAME", help="The font of the drawing: a file, or the name of one installed."),
]
Lang = Annotated[Language, typer.Option(help="The language of the drawing.")]
