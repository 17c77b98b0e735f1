"""The data dictionary as a page of Markdown."""

from collections.abc import Iterator

from ..store import ColumnEntry, Dictionary
from .tables import dictionary_tables

_HEAD = """\
# The data dictionary

Every table and column, as `nianbao schema dictionary --markdown` prints it. `nianbao export dictionary` has
the same as a table, `dictionary_codes` the codes, `dictionary_cells` the cells of the official forms. Schema
{schema}. *Since* is the version of the schema that brought a column, where that is not the one of its table.
What each format makes of it: [data](data.md).

"""


def dictionary_page(dictionary: Dictionary) -> str:
    """The page, ending in a line end."""
    return _HEAD.format(schema=dictionary.schema) + "\n".join(_lines(dictionary)) + "\n"


def _lines(dictionary: Dictionary) -> Iterator[str]:
    for table in dictionary.tables:
        yield f"## `{table.name}` {table.chinese}\n"
        yield f"{table.meaning}. ({table.kind.capitalize()}, since {table.since})\n"
        yield "| column | type | 中文 | what it is | unit | codes | since |"
        yield "| --- | --- | --- | --- | --- | --- | --- |"
        for column in table.columns:
            since = "" if column.since == table.since else str(column.since)
            cells = (_type(column), column.chinese, column.meaning, column.unit, column.codes, since)
            yield f"| `{column.name}` | " + " | ".join(map(_cell, cells)) + " |"
        yield ""
    yield "## Codes\n"
    yield "| codes | code | 中文 | English |"
    yield "| --- | --- | --- | --- |"
    for row in dictionary_tables(dictionary)[1].read():
        yield "| " + " | ".join(map(_cell, row)) + " |"


def _type(column: ColumnEntry) -> str:
    marks = " key" if column.key else ""
    return f"{column.type}{marks}" + (f" → {column.refers}" if column.refers else "")


def _cell(text: str | None) -> str:
    return (text or "").replace("|", "\\|")
