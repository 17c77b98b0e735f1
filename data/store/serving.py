"""What another program needs to search a database of ours: SQL functions, and which table serves which."""

import sqlite3
from pathlib import Path

from ..errors import QueryError
from ..folding import fold
from .query import plain_match
from .schema import APPLICATION_ID

# By table or view: the full-text table that serves it and the column that bears its rowids.
SEARCHED = {
    "reports": ("report_bigrams", "number"),
    **dict.fromkeys(("statements", "initiatives", "problems", "plans"), ("statement_bigrams", "id")),
}
_HEADER = 100


def is_ours(path: Path | str) -> bool:
    """Whether the file is a database of nianbao's, by its header alone; False for what cannot be read."""
    try:
        with Path(path).open("rb") as file:
            header = file.read(_HEADER)
    except (OSError, ValueError):
        return False
    return int.from_bytes(header[68:72], "big") == APPLICATION_ID


def serve(connection: sqlite3.Connection) -> bool:
    """Give a connection `fold(text)` and, to a database of ours, `escape_fts(words)`; say if it is ours.

    `escape_fts` answers the expression to match a full-text table with, NULL for NULL; where the words are no
    query, one with which the statement fails and says why.
    """
    connection.create_function("fold", 1, _fold, deterministic=True)
    ours = connection.execute("pragma application_id").fetchone()[0] == APPLICATION_ID
    if ours:
        connection.create_function("escape_fts", 1, _expression, deterministic=True)
    return bool(ours)


def _fold(value: str | bytes | int | float | None) -> str | bytes | int | float | None:
    return fold(value) if isinstance(value, str) else value


def _expression(words: object) -> str | None:
    try:
        return None if words is None else plain_match(str(words))
    except QueryError as error:
        # Names what is wrong as a column that no table has: all that SQLite lets a function say.
        wrong = str(error).partition("\n")[0].replace('"', "'")
        return f'"{wrong}" : "{wrong}"'
