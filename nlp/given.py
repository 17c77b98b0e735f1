"""What is known of a text before it is read."""

from collections.abc import Mapping, Sequence

import msgspec

from ..data.records import Genre, Grid, SectionKind


class Given(msgspec.Struct, frozen=True, kw_only=True):
    """What is known of a text before it is read; what is None is found in the text."""

    path: str | None = None
    title: str | None = None
    org: str | None = None
    year: int | None = None
    genre: Genre | None = None
    section: SectionKind | None = None
    fields: Mapping[str, str] = {}
    grids: Sequence[Grid] = ()
