"""The two languages of the pages, and which one a reader gets.

Messages stand in `messages/`, one TOML file a page: `[group]`, then `key = [Chinese, English]`.
"""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Literal

import msgspec

from ...data.errors import ResourceError

Code = Literal["zh", "en"]
CODES: tuple[Code, Code] = ("zh", "en")
COOKIE = "nianbao_language"

_FOLDER = Path(__file__).with_name("messages")


class Language:
    """The messages of one language: called with `group.key` and what fills it."""

    def __init__(self, code: Code) -> None:
        self.code = code
        self._place = CODES.index(code)

    def __call__(self, key: str, /, **filled: object) -> str:
        """The message, `{name}` in it filled. Raises KeyError where there is none."""
        return messages()[key][self._place].format_map(filled)

    def pick(self, chinese: str, english: str) -> str:
        """The one of two wordings that is of this language."""
        return (chinese, english)[self._place]

    @property
    def tag(self) -> str:
        """The BCP 47 tag of pages in this language."""
        return self.pick("zh-Hans", "en")


@cache
def messages() -> Mapping[str, tuple[str, str]]:
    """All messages by `group.key`, Chinese and English. Raises ResourceError where a file is not in form."""
    found: dict[str, tuple[str, str]] = {}
    for path in sorted(_FOLDER.glob("*.toml")):
        try:
            groups = msgspec.toml.decode(path.read_bytes(), type=dict[str, dict[str, tuple[str, str]]])
        except (msgspec.DecodeError, msgspec.ValidationError) as error:
            raise ResourceError(
                f'{path}: {error}. Write [group] and key = ["Chinese", "English"].'
            ) from error
        for group, keys in groups.items():
            found |= {f"{group}.{key}": pair for key, pair in keys.items()}
    return found


@cache
def language(code: Code) -> Language:
    """The language of this code."""
    return Language(code)


def chosen(asked: str | None, kept: str | None, accepted: str) -> Language:
    """What was asked for, or was kept in a cookie, or comes first in `Accept-Language`; else English."""
    for code in CODES:
        if code == asked:
            return language(code)
    for code in CODES:
        if code == kept and asked is None:
            return language(code)
    return language(_accepted(accepted))


def _accepted(header: str) -> Code:
    """By quality values (RFC 9110, 12.5.4), the first of equals."""
    wanted = [part.strip().lower().partition(";") for part in header.split(",")]
    ranked = sorted(wanted, key=lambda part: -_quality(part[2]))
    tags = [tag.strip()[:2] for tag, _, parameters in ranked if _quality(parameters) > 0]
    return next((code for tag in tags for code in CODES if code == tag), "en")


def _quality(parameters: str) -> float:
    try:
        return float(parameters.strip().removeprefix("q=") or 1)
    except ValueError:
        return 0
