"""Sequences that are read from the database as they are looked at, and become frames in one call."""

from collections.abc import Iterator, Mapping, Sequence
from copy import copy
from typing import TYPE_CHECKING, Generic, Self, TypeVar, overload

from ...data.store import ColumnType, FacetCount, Hit
from . import frames, notebook
from .sources import HitSource, Row, RowSource, Source

if TYPE_CHECKING:
    import pandas
    import polars
    import pyarrow

T = TypeVar("T")

_FACET_MAX = 20


class Listing(Sequence[T], Generic[T]):
    """Entries in order: iterate over them, count, index and slice them; a slice is a listing too.

    Nothing is read before it is looked at. Entries come as objects by iteration, as dicts by `rows()`, as
    columns by `to_arrow()`, `to_polars()` and `to_pandas()`; libraries that know Arrow's C stream
    (`polars.DataFrame(…)`, `pyarrow.table(…)`, DuckDB) take a listing as it is. Raises DatabaseError where
    the database fails or was closed.
    """

    def __init__(self, source: Source[T]) -> None:
        self._source = source
        self._within: range | None = None

    @property
    def columns(self) -> list[str]:
        """The columns of `rows()` and of frames."""
        return list(self._source.types())

    @property
    def types(self) -> Mapping[str, ColumnType]:
        """The type of each column: `integer`, `real`, `text`, or `any` (numbers or texts)."""
        return dict(self._source.types())

    def rows(self) -> Iterator[Row]:
        """Each entry as a dict by column."""
        names = self.columns
        return (dict(zip(names, self._source.values(entry), strict=True)) for entry in self)

    def to_arrow(self) -> "pyarrow.Table":
        """A pyarrow Table: `int64`, `float64` and `string` columns with nulls. Raises ToolMissing."""
        return frames.arrow_table(self.types, map(self._source.values, self))

    def to_pandas(self) -> "pandas.DataFrame":
        """A DataFrame of nullable columns: `Int64`, `Float64` and `string`. Raises ToolMissing."""
        return frames.pandas_frame(self.to_arrow())

    def to_polars(self) -> "polars.DataFrame":
        """A Polars DataFrame that shares Arrow's memory. Raises ToolMissing."""
        return frames.polars_frame(self.to_arrow())

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        """What makes it an Arrow stream (Arrow PyCapsule interface)."""
        return self.to_arrow().__arrow_c_stream__(requested_schema)

    @property
    def _places(self) -> range:
        return range(self._source.count()) if self._within is None else self._within

    def __len__(self) -> int:
        return len(self._places)

    def __iter__(self) -> Iterator[T]:
        places = self._places
        if not places:
            return
        if places.step == 1:
            yield from self._source.fetch(places.start, places.stop)
            return
        low = min(places)
        read = list(self._source.fetch(low, max(places) + 1))
        yield from (read[place - low] for place in places if place - low < len(read))

    @overload
    def __getitem__(self, at: int) -> T: ...
    @overload
    def __getitem__(self, at: slice) -> Self: ...
    def __getitem__(self, at: int | slice) -> T | Self:
        places = self._places
        if isinstance(at, slice):
            part = copy(self)
            part._within = places[at]
            return part
        try:
            place = places[at]
        except IndexError:
            raise IndexError(f"There is no entry {at}: there are {len(places)}.") from None
        for entry in self._source.fetch(place, place + 1):
            return entry
        raise IndexError(f"Entry {at} is gone: the database has changed.")

    def __repr__(self) -> str:
        return f"<{type(self).__name__} of {len(self):,}: {', '.join(self.columns)}>"

    def _repr_html_(self) -> str:
        shown = [self._source.values(entry) for entry in self[: notebook.ROWS_MAX]]
        return notebook.table(self.columns, shown, len(self))


class Results(Listing[Hit]):
    """What a search found, best first: `Hit`s, fetched page by page and kept.

    Raises QueryError where the query or a filter makes no sense, when it is first looked at.
    """

    _source: HitSource

    @property
    def query(self) -> str:
        """The query as it was given."""
        return self._source.sought.words

    @property
    def total(self) -> int:
        """How many there are in all, whatever the limit."""
        return self._source.total

    @property
    def near(self) -> bool:
        """Whether nothing holds the query's words as they were typed, and these only come near."""
        return self._source.near

    @property
    def facets(self) -> dict[str, tuple[FacetCount, ...]]:
        """How many of all that was found fall under each year, region, body, level, label and so on."""
        return self._source.facets(None, _FACET_MAX)

    def facet(self, name: str, limit: int = _FACET_MAX) -> tuple[FacetCount, ...]:
        """The most frequent values of one facet; raises QueryError naming those there are."""
        return self._source.facets([name], limit)[name]

    def __repr__(self) -> str:
        found = "near hits, nothing found" if self.near else "found"
        return f"<Results of {self.query!r} in {self._source.sought.in_}: {self.total:,} {found}>"

    def _repr_html_(self) -> str:
        return notebook.hits(self.query, list(self[: notebook.ROWS_MAX]), self.total)


class Rows(Listing[Row]):
    """Rows of a table or view as dicts, in the order of the database.

    Raises NotFound, naming the tables there are, where there is none of that name, when it is made.
    """

    _source: RowSource

    @property
    def table(self) -> str:
        """The name of the table or view."""
        return self._source.selection.table

    def __repr__(self) -> str:
        return f"<Rows of {self.table}, {len(self):,}: {', '.join(self.columns)}>"


class Records(Listing[T]):
    """Records of one kind (`Failure`, `Gap`, `Holding`), found out when they are first looked at."""
