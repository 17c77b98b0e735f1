"""Which figures of the prose say the same as which cells, read from `lexicon/prose_rules.toml`."""

import re
import tomllib
from functools import cache
from pathlib import Path

import msgspec

from .errors import ResourceError

_FILE = Path(__file__).with_name("lexicon") / "prose_rules.toml"
_TERM = re.compile(r"([+-]?)([a-z]+)/([a-z0-9_]+\.[a-z_]+)")
_SUM = re.compile(rf"{_TERM.pattern}(?:[+-][a-z]+/[a-z0-9_]+\.[a-z_]+){{0,12}}")


class CellTerm(msgspec.Struct, frozen=True):
    """A cell of a table in a sum."""

    table: str
    address: str
    sign: int


class ProseRule(msgspec.Struct, frozen=True, kw_only=True):
    """A figure looked for in prose: `#` stands for it in the clause that the `count` patterns match.

    `readings` are sums of cells, any of which the figure may mean, the plainest first; `scale` is what a
    cell's unit holds of the prose's.
    """

    rule: str
    name: str
    count: tuple[re.Pattern[str], ...]
    zero: re.Pattern[str] | None
    excluded: re.Pattern[str] | None
    topic: re.Pattern[str] | None
    excluded_sentence: re.Pattern[str] | None
    units: str
    readings: tuple[tuple[CellTerm, ...], ...]
    scale: int = 1


class _RuleFile(msgspec.Struct, forbid_unknown_fields=True):
    name: str
    count: list[str]
    units: str
    readings: list[str]
    zero: str | None = None
    excluded: str | None = msgspec.field(default=None, name="not")
    topic: str | None = None
    not_sentence: str | None = None
    scale: int = 1


@cache
def prose_rules() -> tuple[ProseRule, ...]:
    """The rules of the package in file order; raises ResourceError for an invalid one."""
    return read_prose_rules(_FILE)


def read_prose_rules(path: Path) -> tuple[ProseRule, ...]:
    """The rules of a file; raises ResourceError naming the rule and its fault."""
    try:
        written = tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise ResourceError(f"{path.name}: {error}. Mend the file there.") from None
    rules = []
    for rule, fields in written.items():
        try:
            rules.append(_rule(rule, msgspec.convert(fields, _RuleFile)))
        except (msgspec.ValidationError, re.error, ValueError) as error:
            raise ResourceError(f"{path.name}: [{rule}]: {error}. Mend the rule.") from None
    return tuple(rules)


def _rule(rule: str, written: _RuleFile) -> ProseRule:
    for pattern in written.count:
        if "#" not in pattern:
            raise ValueError(f"count pattern {pattern!r} has no # for the number")
    return ProseRule(
        rule=f"prose.{rule}",
        name=written.name,
        count=tuple(map(re.compile, written.count)),
        zero=_compiled(written.zero),
        excluded=_compiled(written.excluded),
        topic=_compiled(written.topic),
        excluded_sentence=_compiled(written.not_sentence),
        units=written.units,
        readings=tuple(map(_sum, written.readings)),
        scale=written.scale,
    )


def _compiled(pattern: str | None) -> re.Pattern[str] | None:
    return None if pattern is None else re.compile(pattern)


def _sum(written: str) -> tuple[CellTerm, ...]:
    if not _SUM.fullmatch(written):
        raise ValueError(f"reading {written!r} is no sum of table/row.column")
    return tuple(
        CellTerm(table, cell, -1 if sign == "-" else 1) for sign, table, cell in _TERM.findall(written)
    )
