"""`nianbao extract`: texts in, facts out, no database."""

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated, Any

import msgspec
import typer

from ..data.errors import InputError, RecordError
from .archive import archive_files
from .output import warn, write_jsonl


def command(
    files: Annotated[list[Path] | None, typer.Argument(help="Files and folders of reports.")] = None,
    records: Annotated[
        bool, typer.Option("--records", help="Read JSON Lines {id, text, year?, org?, …} on stdin instead.")
    ] = False,
) -> None:
    """Write every fact of each report as one line of JSON, offsets in characters of its text.

    Examples: nianbao extract 年报/2023.pdf > facts.jsonl

    nianbao extract --records < texts.jsonl > facts.jsonl
    """
    if records == bool(files):
        raise typer.BadParameter("give files, or --records with JSON Lines on stdin.")
    failed = _records(sys.stdin.buffer) if records else _files(files or [])
    if failed:
        raise typer.Exit(1)


def _files(paths: list[Path]) -> int:
    """One line a file; returns how many files failed."""
    from ..nlp.summaries import summarise
    from .report_source import read_report

    failed = 0
    for path in archive_files(paths):
        try:
            report = read_report(path)
        except InputError as error:
            warn(f"failed: {path}: {error}")
            failed += 1
            continue
        line: dict[str, Any] = msgspec.to_builtins(report)
        write_jsonl([{"path": str(path), **line, "summary": summarise(report)}])
    return failed


def _records(lines: Iterable[bytes]) -> int:
    """One line a record, in order; returns how many lines were no record."""
    from ..nlp.exchange import extract_record, read_record

    failed = 0
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            record = read_record(line)
        except RecordError as error:
            warn(f"line {number}: {error}")
            failed += 1
            continue
        write_jsonl([extract_record(record)])
    return failed
