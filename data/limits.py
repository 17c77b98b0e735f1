"""Bounds on what one file may cost, so that a hostile or broken one harms nothing but itself."""

from typing import Annotated

import msgspec

_Positive = Annotated[int, msgspec.Meta(ge=1)]
_Bound = Annotated[int, msgspec.Meta(ge=0)]


class Limits(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The most that reading one file may take; breaking one is a failure of that file alone.

    Each leaves a wide margin to the largest report met: 3 MB, 110,000 characters, 90 pages, 2 seconds.

    `file_mb` is the size of a file or of a member of an archive; `characters` the length of its text;
    `seconds` and `memory_mb` what reading and extracting may take; `pages` those of a PDF, or
    of a picture of several; `megapixels` the size of a picture whose text is recognised; `cells` those of a
    file's tables together; `depth` how deep tags are nested. Of an archive: `members` counts them,
    `unpacked_mb` is their size together, `ratio` unpacked bytes for each packed one (looked at beyond the
    first MB), `nesting` how many archives may stand in one another.
    """

    file_mb: _Positive = 64
    characters: _Positive = 2_000_000
    seconds: _Positive = 60
    memory_mb: _Positive = 1024
    pages: _Positive = 2000
    megapixels: _Positive = 80
    cells: _Positive = 200_000
    depth: _Positive = 250
    members: _Positive = 100_000
    unpacked_mb: _Positive = 4096
    ratio: _Positive = 200
    nesting: _Bound = 3


DEFAULT_LIMITS = Limits()
