"""A plugin of Datasette: pages to search, read and compare reports, and a search box that finds Chinese.

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
from .headers import Application, Guarded
from .routes import HOME, OURS, routes

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
def register_routes(datasette: Any) -> list[tuple[str, Any]]:  # noqa: ANN401
    """Our pages; the front page too where `nianbao serve` asks for it."""
    return routes(home=_settings(datasette).get(HOME, False))


@hookimpl  # type: ignore[untyped-decorator]
def asgi_wrapper(datasette: Any) -> Any:  # noqa: ANN401
    """Send every page of ours, or all pages under `nianbao serve`, with a Content-Security-Policy."""
    settings = _settings(datasette)
    everywhere, hosts = settings.get(HOME, False), frozenset(settings.get("hosts", ()))

    def wrap(application: Application) -> Guarded:
        return Guarded(application, lambda path: everywhere or OURS.match(path) is not None, hosts)

    return wrap


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


def _settings(datasette: Any) -> dict[str, Any]:  # noqa: ANN401
    return datasette.plugin_config("nianbao") or {}
