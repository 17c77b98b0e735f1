"""What comes out of a container."""

from pathlib import Path

import msgspec

from ..errors import InputError


class Member(msgspec.Struct, frozen=True, kw_only=True):
    """A file inside a container, spooled to disk, or the reason why it could not be.

    `name` is its path inside, with `/` between folders, cleaned for display: no `..`, no drive, no leading
    `/`, no control characters; unique in its container. `path` is the spooled copy, None where there is
    none; `fields` what the container itself says of it: `url` and `date` (of capture) of web archives,
    columns of tables under the labels of pages (`标题`, `发布机构`, `发布日期` …), as `year` and `url`, or
    under their own names.
    """

    name: str
    path: Path | None = None
    fields: dict[str, str] = {}
    error: InputError | None = None
