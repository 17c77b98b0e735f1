"""Writing for people and for pipes: data on stdout, messages on stderr, UTF-8 everywhere."""

import csv
import os
import sys
from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Any

import msgspec
from rich.console import Console

stdout = Console(highlight=False, soft_wrap=True)
stderr = Console(stderr=True, highlight=False, soft_wrap=True)


class Format(StrEnum):
    """How rows are written."""

    csv = "csv"
    jsonl = "jsonl"


def use_utf8() -> None:
    """Make both streams and the words of the command line UTF-8, whatever the machine's locale says."""
    sys.argv = [_as_utf8(word) for word in sys.argv]
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def _as_utf8(word: str) -> str:
    try:
        return os.fsencode(word).decode("utf-8", "surrogateescape")
    except UnicodeEncodeError:
        # Half a surrogate pair, as Windows passes on: whoever needs the word refuses it.
        return word


def write_json(value: object, indent: int = 2) -> None:
    """A value as indented JSON on stdout."""
    encoded = msgspec.json.encode(value)
    print_data(msgspec.json.format(encoded, indent=indent).decode())


def write_jsonl(rows: Iterable[object]) -> None:
    """Values as JSON Lines on stdout."""
    for row in rows:
        print_data(msgspec.json.encode(row).decode())


def write_csv(rows: Iterable[Mapping[str, Any]], columns: Iterable[str] | None = None) -> None:
    """Rows as CSV with a head, columns as the first row has them unless named; None is an empty field."""
    writer = None
    if columns is not None:
        writer = csv.DictWriter(sys.stdout, list(columns), lineterminator="\n", extrasaction="ignore")
        writer.writeheader()
    for row in rows:
        if writer is None:
            writer = csv.DictWriter(sys.stdout, list(row), lineterminator="\n")
            writer.writeheader()
        writer.writerow(row)


def print_data(text: str) -> None:
    """A line of data on stdout."""
    sys.stdout.write(text + "\n")


def warn(message: str) -> None:
    """A message on stderr, without markup."""
    stderr.print(message, markup=False, style="yellow")


def note(message: str) -> None:
    """A plain remark on stderr."""
    stderr.print(message, markup=False)
