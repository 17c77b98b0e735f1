"""Which address shows which page."""

import re
from typing import Any

from datasette.utils.asgi import Request, Response

from .archive import survey
from .assets import assets
from .charts import write_rows, write_spec
from .org import describe
from .pages import View, answer, page
from .report import show
from .search import find, narrow, write_csv, write_json

# The plugin setting under which the front page is ours.
HOME = "home"

# Addresses of our pages, with whatever Datasette's base address puts before them.
OURS = re.compile(r".*/-/(?:search|report|org|archive|chart|nianbao)(?:[/.?]|$)")

_FOREVER = "public, max-age=31536000, immutable"


def routes(*, home: bool = False) -> list[tuple[str, View]]:
    """Patterns of addresses and their views; with `home` the front page is ours too."""
    front = [(r"^/$", page("archive.html", survey))] if home else []
    return [
        *front,
        (r"^/-/nianbao/(?P<version>[0-9a-f]{12})/(?P<name>[\w.-]+)$", _asset),
        (r"^/-/search$", page("search.html", find)),
        (r"^/-/search/facets$", page("_facets.html", narrow)),
        (r"^/-/search\.json$", answer(write_json)),
        (r"^/-/search\.csv$", answer(write_csv)),
        (r"^/-/archive$", page("archive.html", survey)),
        (r"^/-/org/(?P<name>.+)$", page("org.html", describe)),
        (r"^/-/chart/(?P<kind>[^/]+)\.json$", answer(write_spec)),
        (r"^/-/chart/(?P<kind>[^/]+)\.csv$", answer(write_rows)),
        (r"^/-/report/(?P<report>[^/]+)$", page("report.html", show)),
    ]


async def _asset(request: Request, datasette: Any) -> Response:  # noqa: ANN401
    """A style or script; one of another version is gone."""
    found = assets().get(request.url_vars["name"])
    if found is None or found.version != request.url_vars["version"]:
        return Response.text("There is no such file.\n", status=404)
    headers = {"cache-control": _FOREVER, "content-encoding": "gzip", "vary": "accept-encoding"}
    return Response(found.packed, headers=headers, content_type=found.content_type)
