"""Provinces, cities and counties by GB/T 2260 code, in force or listed at any time since 2007."""

import re
from functools import cache
from pathlib import Path

import msgspec

from ..errors import ResourceError
from ..lines import data_lines

_DIVISIONS = Path(__file__).with_name("divisions.tsv")
_ZONES = Path(__file__).with_name("zones.tsv")
_MISSPELLINGS = Path(__file__).with_name("misspellings.tsv")
_CODE = re.compile(r"\d{6}")


class Division(msgspec.Struct, frozen=True, kw_only=True):
    """One division: `code` of six digits, `parent` the code of the one above it (None for a province).

    `short` is the name without its generic part (延边 of 延边朝鲜族自治州), `until` the last year that listed
    the division under this name, None where it is in force.
    """

    code: str
    name: str
    parent: str | None
    short: str | None = None
    until: int | None = None

    @property
    def depth(self) -> int:
        """1 for a province, 2 for a city or prefecture, 3 for a county, district or county-level city."""
        return 1 if self.code.endswith("0000") else 2 if self.code.endswith("00") else 3


@cache
def divisions() -> tuple[Division, ...]:
    """All divisions, a former one after the one in force that bears the same code.

    Raises ResourceError for a row that is malformed or names an unknown parent.
    """
    return read_divisions(_DIVISIONS)


@cache
def zones() -> dict[str, str]:
    """Names of development zones and the like, each with the code of the division that holds it."""
    return read_zones(_ZONES, {division.code for division in divisions()})


@cache
def misspellings() -> dict[str, str]:
    """Place names as they are often misread or mistyped (沐阳县), each with the name meant (沭阳县)."""
    return read_misspellings(_MISSPELLINGS, {division.name for division in divisions()})


def read_divisions(path: Path) -> tuple[Division, ...]:
    """Divisions of a file of five tab-separated columns: code, name, parent, short name, last year."""
    found: dict[tuple[str, str], Division] = {}
    places: list[tuple[str, Division]] = []
    for place, columns in _rows(path, 5):
        code, name, parent, short, until = columns
        if not _CODE.fullmatch(code) or not name or (until and not until.isdecimal()):
            raise ResourceError(
                f"{place}: {columns} needs a code of six digits, a name and a year or nothing."
            )
        if (code, name) in found:
            raise ResourceError(f"{place}: {code} {name} stands twice; remove one of the rows.")
        division = Division(
            code=code,
            name=name,
            parent=parent or None,
            short=short or None,
            until=int(until) if until else None,
        )
        found[code, name] = division
        places.append((place, division))
    _check_parents(places)
    return tuple(found.values())


def read_zones(path: Path, codes: set[str]) -> dict[str, str]:
    """Names and codes of a file of two tab-separated columns; every code must be one of `codes`."""
    found: dict[str, str] = {}
    for place, (name, code) in _rows(path, 2):
        if code not in codes or name in found:
            raise ResourceError(f"{place}: {name} {code} is no new name with a known division code.")
        found[name] = code
    return found


def read_misspellings(path: Path, names: set[str]) -> dict[str, str]:
    """Wrong and right names of a file of two columns; only the right one may be the name of a division."""
    found: dict[str, str] = {}
    for place, (wrong, right) in _rows(path, 2):
        if wrong in names or right not in names or wrong in found:
            raise ResourceError(f"{place}: {wrong} {right} is no new misspelling of a division's name.")
        found[wrong] = right
    return found


def _rows(path: Path, width: int) -> list[tuple[str, list[str]]]:
    """Rows of a tab-separated file, each with `file:line` for messages."""
    rows: list[tuple[str, list[str]]] = []
    for number, line in data_lines(path):
        columns = line.split("\t")
        if len(columns) != width:
            raise ResourceError(
                f"{path.name}:{number}: {len(columns)} columns; write {width}, tab-separated."
            )
        rows.append((f"{path.name}:{number}", columns))
    return rows


def _check_parents(places: list[tuple[str, Division]]) -> None:
    codes = {division.code for _, division in places}
    for place, division in places:
        if (division.parent is None) != (division.depth == 1) or (
            division.parent or division.code
        ) not in codes:
            raise ResourceError(
                f"{place}: {division.parent} is not the code of the division above {division.name}."
            )
