"""Lines of text files of any size and encoding."""

from collections.abc import Iterator
from pathlib import Path

from ..errors import LimitExceeded, UnknownFormat
from ..readers.decoding import decode

# A row may hold so many times the characters of a text: quotes, escapes, other columns.
LINE = 4
# So much of a file tells its encoding.
_SAMPLE = 2**20


def text_lines(path: Path, name: str, longest: int) -> Iterator[str]:
    """Lines with their ends, without NULs and byte order mark; bytes that fit no character are U+FFFD.

    Raises UnknownFormat for what is no text, LimitExceeded for a line of more than `longest` characters.
    """
    with path.open("rb") as stream:
        sample = stream.read(_SAMPLE)
    decoded = decode(sample) or decode(sample.replace(b"\x00", b""))
    if decoded is None:
        raise UnknownFormat(f"{name}: this is no text in any known encoding. Save it as UTF-8.")
    with path.open(encoding=decoded.encoding, errors="replace", newline="") as text:
        while line := text.readline(longest):
            if len(line) == longest:
                raise LimitExceeded(
                    f"{name}: it has a line of more than {longest:,} characters (--max-characters). Split it."
                )
            yield line.replace("\x00", "").removeprefix("\ufeff")
