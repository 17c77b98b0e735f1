"""Facets of a search: how many of what is found fall under each value."""

from collections.abc import Mapping, Sequence

import typer
from rich.box import SIMPLE_HEAD
from rich.table import Table

from ..data.store import FacetCount, Scope, facets_of
from ..data.terms import term
from .output import stderr, write_json
from .search_options import ALL


def facet_names(typed: str | None, scope: Scope) -> tuple[str, ...]:
    """The facets that `--facets` asks for: those named, or all that rows of this kind have."""
    known = facets_of(scope)
    if typed is None or typed == ALL:
        return known if typed else ()
    names = tuple(dict.fromkeys(name.strip() for name in typed.split(",")))
    for name in names:
        if name not in known:
            raise typer.BadParameter(f"{name!r} is no facet of {scope}; choose from {','.join(known)}.")
    return names


def names_facets(word: str | None) -> bool:
    """Whether a word of the command line names facets and is none of the query."""
    return word is not None and bool(
        {ALL, *facets_of("reports")} & {name.strip() for name in word.split(",")}
    )


def write_facets(facets: Mapping[str, Sequence[FacetCount]], form: str) -> None:
    """Facets by themselves: JSON, or tables on stderr."""
    if form == "json":
        write_json({"facets": facets})
    else:
        print_facets(facets)


def print_facets(facets: Mapping[str, Sequence[FacetCount]]) -> None:
    """A small table of each facet on stderr."""
    for facet, values in facets.items():
        shown = Table(box=SIMPLE_HEAD, pad_edge=False, padding=(0, 2, 0, 0))
        shown.add_column(term("facet", facet), no_wrap=True)
        shown.add_column("", justify="right", no_wrap=True)
        shown.add_column(style="dim", no_wrap=True)
        for each in values:
            code = str(each.value) if each.value is not None and str(each.value) != each.name else ""
            shown.add_row(each.name, f"{each.count:,}", code)
        stderr.print(shown)
