"""Options that several commands share."""

from pathlib import Path
from typing import Annotated

import typer

DEFAULT_DATABASE = Path("nianbao.db")

Database = Annotated[
    Path,
    typer.Option("--db", envvar="NIANBAO_DB", help="The database file.", show_default=True),
]
Json = Annotated[bool, typer.Option("--json", help="Write JSON instead of text for people.")]
