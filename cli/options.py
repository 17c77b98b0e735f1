"""Options that several commands share."""

import os
from pathlib import Path
from typing import Annotated

import typer

DEFAULT_DATABASE = Path("nianbao.db")
CORES = os.cpu_count() or 1

Database = Annotated[
    Path,
    typer.Option("--db", envvar="NIANBAO_DB", help="The database file.", show_default=True),
]
Json = Annotated[bool, typer.Option("--json", help="Write JSON instead of text for people.")]
Jobs = Annotated[
    int, typer.Option("--jobs", "-j", min=1, help="Files read at the same time.", show_default="all cores")
]
