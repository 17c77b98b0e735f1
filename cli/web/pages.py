"""A page of ours: made from an archive in a thread of its own, written in the reader's language."""

import asyncio
import gzip
from collections.abc import Awaitable, Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlencode

from datasette.utils.asgi import Forbidden, Request, Response

from ...data.errors import DatabaseError, NianbaoError, NotFound, QueryError
from ...data.store.serving import is_ours
from ...nlp.archive import Archive, open_archive
from .assets import asset_path
from .languages import CODES, COOKIE, Language, chosen

_YEAR = 365 * 24 * 3600
_STATUS: tuple[tuple[type[NianbaoError], int], ...] = (
    (QueryError, 400),
    (NotFound, 404),
    (DatabaseError, 503),
)


class Asked(NamedTuple):
    """What a page is made from: the archive, the reader's language, and the address with its parameters."""

    archive: Archive
    language: Language
    request: Request
    database: str
    parameters: Mapping[str, str]

    def get(self, name: str) -> str:
        """A parameter of the address, empty where there is none."""
        return self.parameters.get(name, "")


# What makes the context of a template: a slow function of plain values, run in a thread.
Maker = Callable[[Asked], Mapping[str, Any]]
# What Datasette calls for an address.
View = Callable[[Request, Any], Awaitable[Response]]


def page(template: str, make: Maker) -> View:
    """A view of Datasette's that shows `template` filled with what `make` finds."""

    async def view(request: Request, datasette: Any) -> Response:  # noqa: ANN401 - Datasette bears no types
        if request.method not in ("GET", "HEAD"):
            return Response.text("This page can only be read.\n", status=405, headers={"allow": "GET, HEAD"})
        language = _language(request)
        try:
            asked = await _asked(request, datasette, language)
            context = await asyncio.to_thread(make, asked)
            return await _shown(datasette, request, language, template, context, 200)
        except NianbaoError as error:
            status = next((code for kind, code in _STATUS if isinstance(error, kind)), 500)
            context = {"error": str(error), "status": status}
            return await _shown(datasette, request, language, "error.html", context, status)

    return view


def answer(make: Callable[[Asked], Response]) -> View:
    """A view that answers with what `make` gives, for programs; errors are JSON."""

    async def view(request: Request, datasette: Any) -> Response:  # noqa: ANN401
        if request.method not in ("GET", "HEAD"):
            return Response.json({"error": "This address can only be read."}, status=405)
        try:
            return _packed(
                request, await asyncio.to_thread(make, await _asked(request, datasette, _language(request)))
            )
        except NianbaoError as error:
            status = next((code for kind, code in _STATUS if isinstance(error, kind)), 500)
            return Response.json({"error": str(error)}, status=status)

    return view


async def _asked(request: Request, datasette: Any, language: Language) -> Asked:  # noqa: ANN401
    """What was asked for, of the database named `db`, or of the first that is ours."""
    wanted = request.args.get("db")
    for name, database in datasette.databases.items():
        if wanted in (None, "", name) and database.path and is_ours(database.path):
            await _permitted(request, datasette, name)
            parameters = {key: request.args.get(key) or "" for key in request.args}
            archive = await asyncio.to_thread(_archive, str(database.path))
            return Asked(archive, language, request, name, parameters)
    raise NotFound(f"No database {wanted or ''} of nianbao's is served here; give db=NAME.")


async def _permitted(request: Request, datasette: Any, name: str) -> None:  # noqa: ANN401
    try:
        await datasette.ensure_permissions(request.actor, [("view-database", name), "view-instance"])
    except Forbidden:
        raise NotFound(f"No database {name} is served to you here.") from None


@cache
def _archive(path: str) -> Archive:
    return open_archive(Path(path))


def _language(request: Request) -> Language:
    accepted = request.headers.get("accept-language", "")
    return chosen(request.args.get("lang"), request.cookies.get(COOKIE), accepted)


async def _shown(
    datasette: Any,  # noqa: ANN401
    request: Request,
    language: Language,
    template: str,
    context: Mapping[str, Any],
    status: int,
) -> Response:
    written = await datasette.render_template(
        f"nianbao/{template}", {**context, **_frame(datasette, request, language)}, request=request
    )
    response = _packed(request, Response.html(written, status=status))
    if request.args.get("lang") in CODES:
        response.set_cookie(COOKIE, language.code, max_age=_YEAR, samesite="lax", httponly=True)
    return response


def _packed(request: Request, response: Response) -> Response:
    """The answer, compressed where the browser can unpack it."""
    response.headers["vary"] = "accept-language, cookie, accept-encoding"
    if "gzip" in request.headers.get("accept-encoding", ""):
        body = response.body
        response.headers["content-encoding"] = "gzip"
        response.body = gzip.compress(body.encode() if isinstance(body, str) else body, 6)
    return response


def _frame(datasette: Any, request: Request, language: Language) -> dict[str, Any]:  # noqa: ANN401
    """What every template uses: `t` messages, `url(path, …)` and `asset(name)` addresses, `switch` the
    address of this page in the other language.
    """
    other = next(code for code in CODES if code != language.code)
    pairs = [(key, value) for key in request.args if key != "lang" for value in request.args.getlist(key)]
    database = request.args.get("db")

    def url(path: str, /, **parameters: object) -> str:
        given = {key: value for key, value in parameters.items() if value not in (None, "", [])}
        if database:
            given.setdefault("db", database)
        return str(datasette.urls.path(path)) + (f"?{urlencode(given, doseq=True)}" if given else "")

    return {
        "t": language,
        "url": url,
        "asset": lambda name: str(datasette.urls.path(asset_path(name))),
        "switch": f"{request.path}?{urlencode([*pairs, ('lang', other)])}",
        "other": other,
    }
