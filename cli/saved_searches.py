"""The searches that were kept, with how many reports are new."""

from collections.abc import Sequence
from typing import Any

import msgspec
from rich.text import Text

from ..data.store import SavedSearch
from .output import note, stdout, write_csv, write_json, write_jsonl


def print_saved(saved: Sequence[SavedSearch], form: str) -> None:
    """A line for each search: its name, what it looks for, how many reports are new."""
    rows = [_row(each) for each in saved]
    if form == "json":
        write_json(rows)
    elif form == "jsonl":
        write_jsonl(rows)
    elif form == "csv":
        write_csv(rows, _row_names())
    else:
        for row in rows:
            line = Text(row["name"], style="bold").append(f"  {row['new']} new", style="cyan")
            stdout.print(line.append(f"  {row['query']}  {row['options']}", style="dim"))
        if not rows:
            note("No search is saved; keep one with --save NAME.")


def _row_names() -> tuple[str, ...]:
    return ("name", "query", "options", "new", "created", "shown")


def _row(each: SavedSearch) -> dict[str, Any]:
    given = {"in": each.sought.in_} | msgspec.structs.asdict(each.sought.filters)
    options = " ".join(
        f"--{name.removesuffix('s')} {_written(value)}" for name, value in given.items() if value
    )
    values = (each.name, each.sought.words, options, each.new, each.created, each.shown)
    return dict(zip(_row_names(), values, strict=True))


def _written(value: object) -> str:
    return f"{value[0]}..{value[1]}" if isinstance(value, tuple) else str(value)
