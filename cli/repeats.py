"""`nianbao repeats`: what returns year after year, and whose text is copied from whose."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any

import msgspec
import typer

from ..data.records import Label
from ..data.store import Store
from ..data.store.repeat_rows import RepeatKind
from ..data.store.repeats import Repeat, RepeatFilters, RepeatPair
from .options import DEFAULT_DATABASE, Database, Json
from .output import note, stderr, write_csv, write_json, write_jsonl
from .repeat_blocks import print_pairs, print_repeats
from .search_options import Csv, JsonLines, Org, Region, Year, years_of
from .trends import categories_named

# The columns of CSV: a row for each statement of each repeat, or for each pair of bodies.
COLUMNS = (
    *("repeat", "repeat_kind", "label", "category", "bodies", "years", "run", "share", "set_phrase"),
    *("org", "region_code", "year", "kind", "likeness", "report_id", "start", "end", "text"),
)
PAIR_COLUMNS = (
    *("one", "one_region", "other", "other_region", "repeats", "characters", "distinct_characters"),
    *("one_first", "other_first", "examples"),
)
_SHOWN = 20


def command(
    db: Database = DEFAULT_DATABASE,
    org: Org = None,
    region: Region = None,
    year: Year = None,
    label: Annotated[Label | None, typer.Option(help="Only statements of this kind.")] = None,
    category: Annotated[str | None, typer.Option(help="Only this category (timeliness or 更新时效).")] = None,
    kind: Annotated[
        RepeatKind | None, typer.Option(help="Word for word, but for figures, or nearly.")
    ] = None,
    within: Annotated[bool, typer.Option("--within", help="In several years of one body.")] = False,
    between: Annotated[bool, typer.Option("--between", help="In several bodies.")] = False,
    min_years: Annotated[int, typer.Option(min=1, help="In so many years of one body at least.")] = 1,
    pairs: Annotated[bool, typer.Option("--pairs", help="Pairs of bodies that share text.")] = False,
    set_phrases: Annotated[
        bool, typer.Option("--set-phrases", help="Phrases that everybody uses, left out otherwise.")
    ] = False,
    limit: Annotated[
        int | None, typer.Option("--limit", "-n", min=1, help="Shown at most.", show_default="20; pipes: all")
    ] = None,
    as_json: Json = False,
    as_jsonl: JsonLines = False,
    as_csv: Csv = False,
) -> None:
    """Show statements that return word for word, but for figures, or nearly: in a body's years, in bodies.

    What is kept up longest comes first. They are found when the archive has changed and kept in the
    database. --pairs tells who shares text with whom, and in how much of it each was the earlier.

    Example: nianbao repeats --label problem --min-years 3 --db 年报.db
    """
    if within and between:
        raise typer.BadParameter("--within and --between: give one of them, or neither for both.")
    filters = RepeatFilters(
        org=org,
        region=region,
        years=years_of(year),
        label=label,
        category=next(iter(categories_named([category] if category else [])), None),
        kind=kind,
        where="within" if within else "between" if between else None,
        min_years=min_years,
        set_phrases=set_phrases,
    )
    piped = as_json or as_jsonl or as_csv
    with _opened(db) as store:
        found = _found(store, filters, pairs, limit if piped or limit else _SHOWN)
        if as_jsonl:
            write_jsonl(found)
        elif as_csv and pairs:
            write_csv(map(_pair_row, found), PAIR_COLUMNS)
        elif as_csv:
            write_csv((row for each in found for row in _rows(each)), COLUMNS)
        elif as_json:
            write_json(list(found))
        elif pairs:
            print_pairs(list(found))
        else:
            print_repeats(list(found), store.count_repeats(filters), filters)


def _found(store: Store, filters: RepeatFilters, pairs: bool, limit: int | None) -> Iterator[Any]:
    return store.repeat_pairs(filters, limit) if pairs else store.repeats(filters, limit)


@contextmanager
def _opened(db: Path) -> Iterator[Store]:
    """The database with its repeats found; one that may not be written keeps them for this run alone."""
    with Store.open(db, read_only=not _changeable(db)) as store:
        if not store.repeats_current():
            _find(store)
        yield store


def _changeable(db: Path) -> bool:
    return os.access(db, os.W_OK) and os.access(db.absolute().parent, os.W_OK)


def _find(store: Store) -> None:
    from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

    from ..nlp.repeats import make_repeats

    columns = (
        TextColumn("[bold]{task.description}"),
        BarColumn(),
        TaskProgressColumn(),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=stderr, transient=True, disable=not stderr.is_terminal) as bar:
        tasks: dict[str, Any] = {}

        def watch(stage: str, done: int, total: int) -> None:
            if stage not in tasks:
                tasks[stage] = bar.add_task(stage)
            bar.update(tasks[stage], completed=done, total=total)

        try:
            make_repeats(store, watch)
        except KeyboardInterrupt:
            bar.stop()
            note("Stopped; nothing was changed.")
            raise


def _rows(repeat: Repeat) -> Iterator[dict[str, Any]]:
    head = {name: getattr(repeat, name) for name in COLUMNS[2:9]}
    head |= {"repeat": repeat.id, "repeat_kind": repeat.kind, "set_phrase": int(repeat.set_phrase)}
    for chain in repeat.chains:
        for member in chain.members:
            own = {"org": chain.org, "region_code": chain.region_code}
            yield head | own | msgspec.structs.asdict(member)


def _pair_row(pair: RepeatPair) -> dict[str, Any]:
    return msgspec.structs.asdict(pair) | {"examples": " | ".join(pair.examples)}
