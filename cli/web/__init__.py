"""A plugin of Datasette: its search box finds Chinese words of any length in databases of nianbao's.

Datasette finds it by itself where both are installed (entry point `datasette`); databases of other programs
keep Datasette's own search.
"""

from typing import Any

from datasette import hookimpl
from datasette.filters import FilterArguments
from datasette.utils.asgi import BadRequest

from ...data.errors import QueryError
from ...data.store import fts_match
from ...data.store.serving import SEARCHED, is_ours, serve

# Datasette's names of what a person typed (docs, "Full-text search").
_TYPED, _MODE = "_search", "_searchmode"


@hookimpl  # type: ignore[untyped-decorator]
def prepare_connection(conn: Any) -> None:  # noqa: ANN401 - Datasette bears no types
    """Let Datasette's `escape_fts` read the query language of words, and give SQL `fold`."""
    serve(conn)


@hookimpl  # type: ignore[untyped-decorator]
def get_metadata(datasette: Any) -> dict[str, Any]:  # noqa: ANN401
    """Which full-text table serves which table of the databases that are ours."""
    tables = {name: {"fts_table": table, "fts_pk": key} for name, (table, key) in SEARCHED.items()}
    ours = [name for name, database in datasette.databases.items() if _is_ours(database)]
    return {"databases": {name: {"tables": tables} for name in ours}} if ours else {}


@hookimpl  # type: ignore[untyped-decorator]
def filters_from_request(request: Any, database: str, table: str, datasette: Any) -> Any:  # noqa: ANN401
    """Answer a query that cannot be read with what is wrong with it, before SQLite is asked.

    A page then has no rows and says why; to a program it is an error (400).
    """
    typed = request.args.get(_TYPED)
    if not typed or table not in SEARCHED or request.args.get(_MODE) == "raw":
        return None
    if not _is_ours(datasette.get_database(database)):
        return None
    try:
        fts_match(typed)
    except QueryError as error:
        # Not for pages: Datasette prints all variables at every error, which takes a second.
        if request.path.endswith((".json", ".csv")):
            raise BadRequest(str(error)) from None
        return FilterArguments(["0"], human_descriptions=[str(error)])
    return None


def _is_ours(database: Any) -> bool:  # noqa: ANN401
    return bool(database.path) and is_ours(database.path)
