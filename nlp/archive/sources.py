"""Where the entries of a listing come from: a search, rows of a table, records computed once."""

from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from itertools import islice
from types import NoneType, UnionType
from typing import Any, Protocol, TypeVar, Union, get_args, get_origin, get_type_hints

import msgspec

from ...data.store import ColumnType, FacetCount, Hit, SearchResult, Selection, Sort, Sought
from .stores import Stores

T = TypeVar("T")
Row = dict[str, Any]

# Hits fetched at once: few at first, since the first are what most want, and never more than this.
_PAGE_MIN = 20
_PAGE_MAX = 1_000

# What a hit is as a row: all but the places of its words.
_HIT_COLUMNS: dict[str, ColumnType] = {
    **dict.fromkeys(("report_id", "title", "org"), "text"),
    "year": "integer",
    **dict.fromkeys(("section", "label"), "text"),
    **dict.fromkeys(("start", "end"), "integer"),
    "snippet": "text",
    "score": "real",
    "kind": "text",
    "fact_id": "integer",
    "fact": "text",
}
_PLAIN: dict[Any, ColumnType] = {str: "text", int: "integer", bool: "integer", float: "real"}


class Source(Protocol[T]):
    """Entries in order, each of which is also a row of values."""

    def types(self) -> dict[str, ColumnType]:
        """The columns of a row in order with their types."""

    def count(self) -> int:
        """How many entries there are."""

    def fetch(self, start: int, stop: int) -> Iterator[T]:
        """The entries from `start` to `stop`, read as they are taken."""

    def values(self, entry: T) -> Sequence[Any]:
        """An entry as a row, in the order of `types`."""


class HitSource:
    """Hits of a search, page by page, none folded away; those fetched are kept."""

    def __init__(
        self, stores: Stores, sought: Sought, sort: Sort, limit: int | None, *, near: bool = False
    ) -> None:
        self.sought = sought
        self._wants_near, self._near = near, False
        self._stores = stores
        self._sort = sort
        self._limit = limit
        self._total: int | None = None
        self._hits: dict[int, Hit] = {}

    def types(self) -> dict[str, ColumnType]:
        """As `nianbao search --csv` writes them."""
        return _HIT_COLUMNS

    @property
    def total(self) -> int:
        """How many there are in all, whatever the limit."""
        if self._total is None:
            self._page(0, _PAGE_MIN if self._limit is None else max(1, min(_PAGE_MIN, self._limit)))
        return self._total or 0

    @property
    def near(self) -> bool:
        """Whether they only come near what is sought."""
        return bool(self.total) and self._near

    def count(self) -> int:
        """How many there are within the limit."""
        return self.total if self._limit is None else min(self._limit, self.total)

    def facets(self, of: Sequence[str] | None, limit: int) -> dict[str, tuple[FacetCount, ...]]:
        """Counted anew each time."""
        sought = self.sought
        with self._stores.borrowed() as store:
            return store.facets(sought.words, in_=sought.in_, filters=sought.filters, of=of, limit=limit)

    def fetch(self, start: int, stop: int) -> Iterator[Hit]:
        """Hits from the pages fetched, and from further ones."""
        for place in range(start, stop):
            if place not in self._hits:
                size = min(max(_PAGE_MIN, place), _PAGE_MAX, stop - place)
                self._page(place, size)
            if place not in self._hits:
                return
            yield self._hits[place]

    def values(self, entry: Hit) -> Sequence[Any]:
        """Its fields but the places of the words."""
        return [getattr(entry, name) for name in _HIT_COLUMNS]

    def _page(self, start: int, size: int) -> None:
        with self._stores.borrowed() as store:
            found: SearchResult = store.search(
                self.sought.words,
                in_=self.sought.in_,
                sort=self._sort,
                limit=size,
                offset=start,
                fold=False,
                near=self._wants_near,
                **msgspec.structs.asdict(self.sought.filters),
            )
        self._total, self._near = found.total, found.near
        self._hits |= dict(enumerate(found.hits, start))


class RowSource:
    """Rows of a table or view."""

    def __init__(self, stores: Stores, selection: Selection) -> None:
        self.selection = selection
        self._stores = stores

    def types(self) -> dict[str, ColumnType]:
        """As the database declares them."""
        return self._types

    @cached_property
    def _types(self) -> dict[str, ColumnType]:
        with self._stores.borrowed() as store:
            return store.types(self.selection)

    def count(self) -> int:
        """Counted anew each time: the table may grow."""
        with self._stores.borrowed() as store:
            return store.count(self.selection)

    def fetch(self, start: int, stop: int) -> Iterator[Row]:
        """One statement, read as its rows are taken."""
        names = list(self.types())
        with self._stores.borrowed() as store:
            for row in store.select(self.selection, start, stop):
                yield dict(zip(names, row, strict=True))

    def values(self, entry: Row) -> Sequence[Any]:
        """Its values."""
        return list(entry.values())


class RecordSource(Source[T]):
    """Records of one type that are found out once, when they are first looked at."""

    def __init__(self, record: type[T], find: Callable[[], Sequence[T]]) -> None:
        self._record = record
        self._find = find

    @cached_property
    def _found(self) -> Sequence[T]:
        return self._find()

    def types(self) -> dict[str, ColumnType]:
        """A column a field; what is no number or text is JSON."""
        return {name: _column_type(hint) for name, hint in get_type_hints(self._record).items()}

    def count(self) -> int:
        """How many were found."""
        return len(self._found)

    def fetch(self, start: int, stop: int) -> Iterator[T]:
        """Those from `start` to `stop`."""
        return islice(self._found, start, stop)

    def values(self, entry: T) -> Sequence[Any]:
        """Its fields, lists and records of them as JSON."""
        return [_plain(getattr(entry, name)) for name in self.types()]


def _column_type(hint: object) -> ColumnType:
    """Of a field: `int | None` is a number, a list of them is text."""
    choices = set(get_args(hint)) if get_origin(hint) in (Union, UnionType) else {hint}
    choices -= {NoneType}
    return _PLAIN.get(choices.pop(), "text") if len(choices) == 1 else "text"


def _plain(value: object) -> object:
    if value is None or isinstance(value, str | int | float):
        return value
    return msgspec.json.encode(value).decode()
