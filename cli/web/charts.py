"""Charts of an archive for a page to draw: their specifications, and the data behind them."""

import csv
import io
from collections.abc import Mapping
from typing import Any, get_args
from urllib.parse import unquote

import msgspec
import typer
from datasette.utils.asgi import Response

from ...data.errors import NotFound, QueryError
from ...data.records import Genre
from ...data.store import Store
from ...nlp.trends import By
from ...nlp.trends.archive import Of
from ..charts import AskedChart, Kind, Spec, chart_rows, make_chart, row_columns
from ..search_options import years_of
from ..trends import categories_named, indicators_named
from .bodies import the_body
from .kept import kept
from .pages import Asked

_JSON = "application/json; charset=utf-8"
_CHOICES: Mapping[str, tuple[str, ...]] = {
    "kind": get_args(Kind),
    "of": get_args(Of),
    "by": get_args(By),
    "genre": get_args(Genre),
}


def write_spec(asked: Asked) -> Response:
    """The Vega-Lite specification of a chart, its data in it."""
    return Response(kept(asked, _key(asked, "spec"), lambda: _spec_text(asked)), content_type=_JSON)


def write_rows(asked: Asked) -> Response:
    """The rows behind a chart as CSV, with the byte order mark that spreadsheets know UTF-8 by."""
    name = unquote(asked.request.url_vars["kind"])
    headers = {"content-disposition": f'attachment; filename="nianbao-{name}.csv"'}
    body = kept(asked, _key(asked, "rows"), lambda: _rows_text(asked))
    return Response(body, headers=headers, content_type="text/csv; charset=utf-8")


def _key(asked: Asked, form: str) -> tuple[str, ...]:
    return form, asked.language.code, asked.request.path, asked.request.query_string


def _spec_text(asked: Asked) -> str:
    return msgspec.json.encode(_spec(asked)).decode()


def _rows_text(asked: Asked) -> str:
    rows = chart_rows(_spec(asked))
    written = io.StringIO()
    writer = csv.DictWriter(written, row_columns(rows), lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(rows)
    return "\ufeff" + written.getvalue()


def _spec(asked: Asked) -> Spec:
    with asked.archive.reading() as store:
        return make_chart(store, _chart(asked, store))


def _chart(asked: Asked, store: Store) -> AskedChart:
    """The chart an address asks for. Raises NotFound for no such kind, QueryError for what is unknown."""
    chosen: dict[str, Any] = {"kind": asked.request.url_vars["kind"]}
    if chosen["kind"] not in _CHOICES["kind"]:
        raise NotFound(f"There is no chart {chosen['kind']!r}; choose from {', '.join(_CHOICES['kind'])}.")
    for name in ("of", "by", "genre"):
        value = asked.get(name)
        if value and value not in _CHOICES[name]:
            raise QueryError(f"{name}={value!r}: choose from {', '.join(_CHOICES[name])}.")
        chosen |= {name: value} if value else {}
    body = asked.get("body")
    return AskedChart(
        **chosen,
        **_named(asked),
        query=asked.get("q"),
        org=asked.get("org") or None,
        region=asked.get("region") or None,
        language=asked.language.code,
        reports=the_body(store, body, asked.get("at")).ids if body else None,
    )


def _named(asked: Asked) -> dict[str, Any]:
    """Categories, indicators and years, as a person may write them on the command line too."""
    several = asked.request.args.getlist
    try:
        return {
            "categories": categories_named(several("category")),
            "indicators": tuple(each.column for each in indicators_named(several("indicator"))),
            "years": years_of(asked.get("year") or None),
        }
    except typer.BadParameter as error:
        raise QueryError(error.message) from None
