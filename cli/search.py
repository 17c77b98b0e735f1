"""`nianbao search`: words in, passages out."""

from collections.abc import Sequence
from itertools import zip_longest
from typing import Any

import msgspec
import typer

from ..data.store import Filters, SearchResult, Sought, Store
from . import search_options as option
from .facets import facet_names, names_facets, print_facets, write_facets
from .hits import Page, show_hits
from .options import DEFAULT_DATABASE, Database, Json
from .output import note, stdout
from .plain_values import PlainCommand
from .saved_searches import print_saved
from .term_table import write_terms


class Command(PlainCommand):
    """Lets `--saved` and `--facets` stand without a value, which Typer has no way to say."""

    # The context is click's, or that of Typer's own copy of it.
    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:  # noqa: ANN401
        """The arguments with the values that were left out."""
        given: list[str] = []
        for word, following in zip_longest(args, args[1:]):
            given.append(word)
            if word == "--saved" and (following is None or following.startswith("-")):
                given.append("")
            if word == "--facets" and not names_facets(following):
                given.append(option.ALL)
        return super().parse_args(ctx, given)


_SHOWN = 20
_EVERYTHING = 10**9


def command(
    words: option.Words = None,
    db: Database = DEFAULT_DATABASE,
    in_: option.In = "reports",
    year: option.Year = None,
    org: option.Org = None,
    region: option.Region = None,
    section: option.Section = None,
    label: option.Labelled = None,
    sort: option.Sorted = "score",
    limit: option.Limit = None,
    offset: option.Offset = 0,
    after: option.After = None,
    explain: option.Explain = False,
    facets: option.FacetNames = None,
    terms: option.Terms = None,
    long: option.Long = False,
    save: option.Save = None,
    saved: option.Saved = None,
    new: option.New = False,
    forget: option.Forget = None,
    related: option.Related = False,
    like: option.Like = None,
    near: option.Near = False,
    as_json: Json = False,
    as_jsonl: option.JsonLines = False,
    as_csv: option.Csv = False,
) -> None:
    """Search the reports: Chinese words of any length, all of which must occur, and much more.

    Exact matching, best first; the best passage of each report is shown with the hits marked. Where nothing
    is found, a terminal shows near hits, marked ≈; --near gives them to a pipe.

    Phrases in "…", AND, OR, NOT or -, brackets, NEAR/10, and fields: org: year: region: title: published:
    label: category: section: problem: plan: count: unit: zero: cites: date: cell: has: …

    Example: nianbao search '(更新 OR 发布) NEAR/8 不及时 label:problem year:2019..2023 cell:新收申请>100'
    """
    form = "jsonl" if as_jsonl else "csv" if as_csv else "json" if as_json else "text"
    filters = Filters(years=option.years_of(year), org=org, region=region, section=section, label=label)
    sought = Sought(words=" ".join(words or ()), in_=in_, filters=filters)
    with Store.open(db, read_only=not (save or new or forget)) as store:
        if forget is not None:
            store.forget(forget)
            note(f"{forget} is forgotten.")
        elif saved == "":
            print_saved(store.saved(), form)
        elif like is not None:
            hits = store.similar(like, limit or _SHOWN)
            show_hits(SearchResult(total=len(hits), hits=hits), form, f"--like {like}")
        elif terms is not None:
            write_terms(store, terms, _resolved(store, sought, saved, new), form, long=long)
        else:
            sought = _resolved(store, sought, saved, new)
            shown = limit or (_EVERYTHING if new else _SHOWN)
            nearest = near or (form == "text" and stdout.is_terminal)
            page = Page(sort=sort, limit=shown, offset=offset, after=after, near=nearest)
            beside = store.related(sought.words) if related else ()
            _show(store, sought, page, form, facet_names(facets, sought.in_), saved if new else None)
            if related:
                note("beside: " + "  ".join(each.word for each in beside))
            if explain:
                _print_reading(store, sought)
            if save is not None:
                store.save(save, sought)
                note(f"Saved; what comes later: nianbao search --saved {save} --new")


def _resolved(store: Store, sought: Sought, saved: str | None, new: bool) -> Sought:
    """What is sought: what is typed, or what was saved."""
    if saved is None:
        if new:
            raise typer.BadParameter("--new says what a saved search has not shown; add --saved NAME.")
        return sought
    if sought != Sought():
        raise typer.BadParameter("--saved brings its own words and filters; leave out the others.")
    return store.saved_search(saved)


def _show(
    store: Store, sought: Sought, page: Page, form: str, facets: Sequence[str], unseen: str | None
) -> None:
    """Hits and facets; what a saved search has shown is marked as seen once it is written."""
    counted = store.facets(sought.words, in_=sought.in_, filters=sought.filters, of=facets) if facets else {}
    if facets and not sought.words.strip():
        write_facets(counted, form)
        return
    narrow = msgspec.structs.asdict(sought.filters)
    result = store.search(
        sought.words, in_=sought.in_, **narrow, **msgspec.structs.asdict(page), unseen=unseen
    )
    show_hits(result, form, sought.words, counted, marked=page.near)
    if form != "json":
        print_facets(counted)
    if unseen is not None:
        store.mark_seen(unseen, {hit.report_id for hit in result.hits})


def _print_reading(store: Store, sought: Sought) -> None:
    """How the query was read, part by part, with the number of reports that each is true of."""
    explanation = store.explain(sought.words, sought.in_)
    for part in explanation.parts:
        note(f"{'  ' * part.depth}{part.chinese} / {part.english}: {part.reports:,} reports")
    if explanation.words:
        note(f"ranked by BM25 over: {' '.join(explanation.words)}")
