"""JSON Lines and JSON files with a report in each object."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain, islice
from pathlib import Path
from typing import Any

import msgspec

from ..errors import BrokenFile, InputError, LimitExceeded
from .columns import labelled, missing_column, text_column
from .member import Member
from .rows import text_member
from .spool import Spool
from .text_lines import LINE, text_lines

_DAMAGES = (msgspec.MsgspecError, RecursionError, ValueError)
# Objects looked at for the names of their keys; not each has all.
_SAMPLE = 20

# A row, or why it is none.
_Row = Mapping[str, Any] | InputError


class JsonContainer:
    """Takes JSON Lines, arrays of objects, and objects that hold one such array apart.

    `text_column` names the key of the reports; without it that is found by its usual names.
    """

    name = "json"
    suffixes = frozenset({".json", ".jsonl", ".ndjson"})

    def __init__(self, text_column: str | None = None) -> None:
        self.text_column = text_column

    def accepts(self, path: Path, head: bytes) -> bool:
        """Whether the suffix says so and an object or array begins."""
        begins = head.replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")[:1]
        return path.suffix.lower() in self.suffixes and begins in (b"{", b"[")

    def unpack(self, path: Path, name: str, spool: Spool) -> Iterator[Member]:
        """Its objects, named by line or place; raises UnknownFormat where no key holds texts."""
        rows = _rows(path, name, spool)
        sample = list(islice(rows, _SAMPLE))
        keys = list(dict.fromkeys(key for _, row in sample if isinstance(row, Mapping) for key in row))
        at = text_column(keys, self.text_column)
        if not keys and sample:
            raise BrokenFile(f"{name}: none of its first lines is a JSON object. Save it as JSON Lines.")
        if at is None:
            raise missing_column(name, keys, self.text_column)
        for number, row in chain(sample, rows):
            if isinstance(row, InputError):
                spool.count(name)
                yield spool.refuse(str(number), row)
                continue
            cells = {key: _written(value) for key, value in row.items()}
            text = cells.pop(keys[at], "")
            yield text_member(text, labelled(cells), str(number), name, spool)


def _rows(path: Path, name: str, spool: Spool) -> Iterator[tuple[int, _Row]]:
    """Objects with their numbers: of the whole file where it is one value, else line by line."""
    if path.suffix.lower() == ".json":
        size, most = path.stat().st_size, spool.limits.file_mb
        if size > most * 2**20:
            raise LimitExceeded(
                f"{name}: {size / 2**20:.0f} MB are more than the {most} MB that are read at once "
                "(--max-file-mb). Save it as JSON Lines."
            )
        try:
            whole = msgspec.json.decode("".join(text_lines(path, name, most * 2**20)))
        except _DAMAGES:
            pass
        else:
            return enumerate(_objects(whole, name), 1)
    return _line_rows(text_lines(path, name, LINE * spool.limits.characters), name)


def _objects(whole: Any, name: str) -> Iterable[_Row]:  # noqa: ANN401
    """The objects of a decoded file."""
    if isinstance(whole, Mapping):
        lists = [value for value in whole.values() if isinstance(value, list) and _holds_objects(value)]
        whole = lists[0] if len(lists) == 1 else [whole]
    if not isinstance(whole, list):
        return ()
    wrong = BrokenFile(f"{name}: an entry is no object with keys. Leave it out.")
    return (value if isinstance(value, Mapping) else wrong for value in whole)


def _holds_objects(values: list[Any]) -> bool:
    return bool(values) and all(isinstance(value, Mapping) for value in values)


def _line_rows(lines: Iterator[str], name: str) -> Iterator[tuple[int, _Row]]:
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            yield number, msgspec.json.decode(line, type=dict[str, Any])
        except _DAMAGES as error:
            yield number, BrokenFile(f"{name}!/{number}: this line is no JSON object ({error}). Mend it.")


def _written(value: Any) -> str:  # noqa: ANN401
    """A value as text; paragraphs of a list as lines."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, list) and all(isinstance(one, str) for one in value):
        return "\n".join(value)
    return msgspec.json.encode(value).decode()
