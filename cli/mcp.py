"""`nianbao mcp`: the database for assistants, by the Model Context Protocol on standard input and output."""

from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, ParamSpec, TypeVar

import msgspec
import typer

from .. import __version__
from ..data.errors import NianbaoError, QueryError, ToolMissing
from ..data.records import Label, SectionKind
from ..data.store import Filters, Scope, Sort, Sought, Store
from ..nlp.archive.stores import Stores
from ..nlp.summaries import EVERYTHING, fit, summarise, summarise_found, summarise_series
from . import mcp_answers as answers
from .mcp_answers import Answer, Chosen, FactKind, RowKind
from .options import DEFAULT_DATABASE, Database
from .search_options import years_of

if TYPE_CHECKING:
    from mcp.server import MCPServer

INSTRUCTIONS = """\
A database of Chinese government annual reports (政府信息公开工作年度报告, 政府工作报告): their text and the
facts found in it. Read-only. Every answer names the report (report_id, title, org, year) and the place
[start, end) of each fact, in characters of the report's text: cite both. `report` gives the text there.
Search before you read: words and phrases in "…", AND OR NOT, NEAR/10, and fields such as org: year:2019..2023
region: label:problem category:timeliness count:>100 unit:件 cell:新收申请>100. Labels: initiative 举措,
problem 问题, plan 计划, other. Pages go on with `after`, the `next` of the page before. A blank is not 0.
"""

P = ParamSpec("P")
T = TypeVar("T")


def command(db: Database = DEFAULT_DATABASE) -> None:
    """Serve a database to an assistant by the Model Context Protocol, on standard input and output.

    Read-only: tools search, report, facts, panel and summary, each answer with the report, year and place it
    stands at. The client starts this command itself; its configuration names the command and its arguments.

    Example: nianbao mcp --db 年报.db
    """
    Store.open(db, read_only=True).close()
    make_server(db).run("stdio")


def make_server(db: Path) -> "MCPServer[Any]":
    """The server over a database; raises ToolMissing where the protocol's package is not installed."""
    try:
        from mcp.server import MCPServer
    except ImportError:
        raise ToolMissing(
            "nianbao mcp needs the package of the Model Context Protocol: pip install 'nianbao[mcp]'."
        ) from None
    server: MCPServer[Any] = MCPServer(
        "nianbao", instructions=INSTRUCTIONS, version=__version__, log_level="WARNING"
    )
    _Tools(db).add_to(server)
    server.resource(
        "nianbao://panel-columns", mime_type="application/json", description="The columns of the panel."
    )(answers.columns_of_panel)
    return server


def _filters(
    year: str | int | None = None,
    org: str | None = None,
    region: str | None = None,
    section: SectionKind | None = None,
    label: Label | None = None,
) -> Filters:
    try:
        years = years_of(None if year is None else str(year))
    except typer.BadParameter as error:
        raise QueryError(error.message) from None
    return Filters(years=years, org=org, region=region, section=section, label=label)


def _checked(name: str, value: int, least: int, most: int) -> int:
    if not least <= value <= most:
        raise QueryError(f"{name} {value}: give a number from {least} to {most}.")
    return value


class _Tools:
    """The tools, each over a store that it borrows; what they document is what the assistant reads."""

    def __init__(self, db: Path) -> None:
        self._stores = Stores(db)

    def add_to(self, server: "MCPServer[Any]") -> None:
        """Register the tools as reading alone."""
        from mcp_types import ToolAnnotations

        reading = ToolAnnotations(read_only_hint=True, idempotent_hint=True, open_world_hint=False)
        for tool in (self.search, self.report, self.facts, self.panel, self.summary):
            server.add_tool(_telling(tool), annotations=reading)

    def search(
        self,
        query: str,
        kind: Scope = "reports",
        year: str | int | None = None,
        org: str | None = None,
        region: str | None = None,
        section: SectionKind | None = None,
        label: Label | None = None,
        sort: Sort = "score",
        limit: int = 10,
        after: str | None = None,
    ) -> Answer:
        """Find passages that a query is exactly true of, best first.

        kind: what is found: reports, or the statements, counts, dates, zeros, citations or cells themselves.
        year: 2020 or 2019..2023; org: part of a body's name; region: a name or GB/T 2260 code; label and
        section: of the statement that holds the words. Each hit has report_id, title, org, year, `snippet` at
        [start, end) of the report's text, `hits` as places of the words, `fact` where facts are found.
        limit: up to 50; after: the `next` of the page before.
        """
        filters = _filters(year, org, region, section, label)
        limit = _checked("limit", limit, 1, answers.HITS_MAX)
        with self._stores.borrowed() as store:
            return answers.find(store, query, kind, filters, sort, limit, after)

    def report(
        self,
        report: str,
        start: int = 0,
        characters: int = 4000,
        facts: list[FactKind] | None = None,
    ) -> Answer:
        """Read a report: its head, a slice of its text, and the facts that begin in the slice.

        report: its id (or the beginning), file, title, or body and year (泾县人民政府2023). start,
        characters: the slice, up to 20000; `next_start` is where to read on. facts: kinds wanted (statements
        unless told; [] for none). text[start:end] of the whole text is a fact's quotation.
        """
        _checked("start", start, 0, EVERYTHING)
        _checked("characters", characters, 1, answers.CHARACTERS_MAX)
        kinds: list[FactKind] = ["statements"] if facts is None else list(dict.fromkeys(facts))
        with self._stores.borrowed() as store:
            return answers.read_report(store, report, start, characters, kinds)

    def facts(
        self,
        kind: RowKind,
        query: str | None = None,
        year: str | int | None = None,
        org: str | None = None,
        region: str | None = None,
        limit: int = 50,
        after: str | None = None,
    ) -> Answer:
        """List facts of a kind from the reports that a query and filters choose, in the database's order.

        kind: statements, problems, plans (with the problem each answers), initiatives, counts, dates, zeros,
        citations, cells of the official tables, checks of sums. To find facts by their own words use
        `search` with that kind. Each row has report_id, title, org, year and [start, end). limit: up to 200.
        """
        chosen = Chosen(query, _filters(year, org, region))
        limit = _checked("limit", limit, 1, answers.ROWS_MAX)
        with self._stores.borrowed() as store:
            return answers.list_rows(store, kind, chosen, limit, after)

    def panel(
        self,
        columns: list[str] | None = None,
        query: str | None = None,
        year: str | int | None = None,
        org: str | None = None,
        region: str | None = None,
        limit: int = 20,
        after: str | None = None,
    ) -> Answer:
        """Figures of the official tables: a row per body and year, with the places of the cells.

        columns: names as in the resource nianbao://panel-columns; all that a row has unless told. A figure
        that is not there is blank or absent, never 0. limit: up to 50.
        """
        chosen = Chosen(query, _filters(year, org, region))
        limit = _checked("limit", limit, 1, answers.PANEL_MAX)
        with self._stores.borrowed() as store:
            return answers.list_panel(store, chosen, columns, limit, after)

    def summary(
        self,
        of: Literal["report", "body", "query"],
        what: str,
        year: str | int | None = None,
        region: str | None = None,
        characters: int = 1200,
    ) -> Answer:
        """Summarise by quotations with places: a report, a body through the years, or what a query finds.

        what: the report (id, title, or body and year), the body's name, or the query. year, region: narrow a
        query, year a body too. characters: 50 to 5000.
        """
        _checked("characters", characters, 50, 5000)
        filters = _filters(year, None, region)
        with self._stores.borrowed() as store:
            found: object
            if of == "report":
                found = fit(summarise(store.report(what), EVERYTHING), characters)
            elif of == "body":
                found = summarise_series(store, what, filters.years, characters)
            else:
                found = summarise_found(store, Sought(words=what, filters=filters), characters)
        answer: Answer = msgspec.to_builtins(found)
        return answer


def _telling(tool: Callable[P, T]) -> Callable[P, T]:
    """The tool with our errors as the protocol's: the assistant reads what is wrong and what to do."""
    from mcp.server.mcpserver.exceptions import ToolError

    @wraps(tool)
    def telling(*args: P.args, **kwargs: P.kwargs) -> T:
        try:
            return tool(*args, **kwargs)
        except NianbaoError as error:
            raise ToolError(str(error)) from error

    return telling
