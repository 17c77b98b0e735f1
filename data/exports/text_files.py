"""CSV (RFC 4180) and JSON Lines, row by row."""

import csv
from collections.abc import Callable
from typing import IO

import msgspec

from .tables import ExportTable

Tick = Callable[[int], None]


class _Lines:
    """What csv.writer writes to: its line ends, CR LF, become LF.

    With LF for its own it leaves a lone CR in a field without quotation marks, and readers break the line
    there.
    """

    def __init__(self, stream: IO[str]) -> None:
        self._write = stream.write

    def write(self, row: str) -> None:
        self._write(row[:-2] + "\n")


def write_csv(table: ExportTable, stream: IO[str], tick: Tick) -> None:
    """A head and the rows; nothing stands for NULL. The stream must not change line ends."""
    writer = csv.writer(_Lines(stream), lineterminator="\r\n")
    writer.writerow(table.columns)
    for batch in table.batches():
        writer.writerows(batch)
        tick(len(batch))


def write_jsonl(table: ExportTable, stream: IO[str], tick: Tick) -> None:
    """An object a line, with a field for each column."""
    names = table.columns
    encoder = msgspec.json.Encoder()
    for batch in table.batches():
        stream.writelines(encoder.encode(dict(zip(names, row, strict=True))).decode() + "\n" for row in batch)
        tick(len(batch))
