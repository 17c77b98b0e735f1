"""Values of the database as dates, times, numbers and texts, and what could not be one."""

from datetime import UTC, date, datetime
from typing import Any

from ..store import ColumnEntry


class Remarks:
    """What whoever exports has to know: what was left out, cut or put elsewhere, never silently."""

    def __init__(self) -> None:
        self._said: list[str] = []
        self._refused: dict[tuple[str, str], tuple[int, str]] = {}

    def add(self, remark: str) -> None:
        """Say it once."""
        if remark not in self._said:
            self._said.append(remark)

    def refuse(self, table: str, column: str, value: object) -> None:
        """Count a value that is not what its column holds, and was left empty."""
        number, first = self._refused.get((table, column), (0, str(value)))
        self._refused[table, column] = number + 1, first

    def all(self) -> tuple[str, ...]:
        """Everything that was said."""
        refused = (
            f"{table}.{column}: left empty where it is no date, {number:,} times, first {first!r}"
            for (table, column), (number, first) in self._refused.items()
        )
        return (*self._said, *refused)


def typed(table: str, column: ColumnEntry, values: list[Any], remarks: Remarks) -> list[Any]:
    """The values of a column as its type has them: `date`, `datetime` (UTC), float, int, str."""
    if column.type in ("date", "datetime"):
        return [_moment(table, column, value, remarks) for value in values]
    if column.type == "number":
        return [value if value is None else float(value) for value in values]
    if column.type in ("text", "json"):
        return [value if value is None or isinstance(value, str) else str(value) for value in values]
    return values


def as_date(text: str) -> date | None:
    """An ISO day; None where it is none."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def as_moment(text: str) -> datetime | None:
    """An ISO time in UTC; None where it is none."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


def _moment(table: str, column: ColumnEntry, value: object, remarks: Remarks) -> date | None:
    if value is None:
        return None
    found = as_date(str(value)) if column.type == "date" else as_moment(str(value))
    if found is None:
        remarks.refuse(table, column.name, value)
    return found
