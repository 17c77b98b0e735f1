"""Names of members: decoded from what archives hold, cleaned for display."""

import re

from ..errors import UnreadableFile

# Control characters, marks that turn the direction of writing, lone surrogates.
_UNSHOWN = re.compile("[\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")
_DRIVE = re.compile(r"^[A-Za-z]:")
# What file systems allow a path is less than this many characters.
_LONGEST = 1000
_UNNAMED = "无名"


def decoded(raw: bytes) -> str:
    """A name without declared encoding: UTF-8 where it is that, else GB18030, else as DOS wrote it."""
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return raw.decode("cp437")


def cleaned(name: str) -> str:
    """`name` as it is shown: `/` between folders, no `..`, drive, leading `/` or control characters."""
    path = _DRIVE.sub("", _UNSHOWN.sub("", name.replace("\\", "/")))
    parts = (part.strip() for part in path.split("/"))
    shown = "/".join(part for part in parts if part not in ("", ".", ".."))
    return shown[-_LONGEST:].lstrip("/") or _UNNAMED


def tricked(container: str, name: str) -> UnreadableFile | None:
    """The error of a name that leads out of its archive or holds a NUL; None for an honest one."""
    if "\x00" not in name and ".." not in name.replace("\\", "/").split("/"):
        return None
    return UnreadableFile(
        f"{container}!/{cleaned(name)}: its path in the archive is made to lead elsewhere, so it is not "
        "unpacked. Check where the archive comes from."
    )
