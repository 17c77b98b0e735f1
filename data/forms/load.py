"""Form files to forms: read, checked and spelled out, or refused with the place of the fault."""

import re
from collections import Counter
from collections.abc import Iterable
from functools import cache
from itertools import product
from pathlib import Path

import msgspec

from ..errors import ResourceError
from .form import (
    CrossYearIdentity,
    Form,
    FormSection,
    FormTable,
    Identity,
    IdentityKind,
    Operator,
    Severity,
    Term,
)

_FOLDER = Path(__file__).parent
_TERM = re.compile(r"(-?)(previous\.)?([a-z]\w*\.[a-z]\w*)")
_CODE = re.compile(r"[a-z][a-z0-9_]*")


class _IdentityFile(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """An identity as written: `{row}` and `{column}` stand for each value that `each` lists."""

    id: str
    kind: IdentityKind
    op: Operator
    left: tuple[str, ...]
    right: tuple[str, ...]
    severity: Severity = "warning"
    note: str = ""
    each: dict[str, tuple[str, ...]] = {}


class _FormFile(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    id: str
    title: str
    notice: str
    first_year: int
    last_year: int | None = None
    heads: tuple[str, ...]
    rank: int = 1
    sections: tuple[FormSection, ...] = ()
    tables: tuple[FormTable, ...]
    identities: tuple[_IdentityFile, ...] = ()
    cross_year: tuple[_IdentityFile, ...] = ()


@cache
def load_forms() -> dict[str, Form]:
    """The forms of the package by id, the newest first; raises ResourceError for an invalid file."""
    return read_forms(_FOLDER)


def read_forms(folder: Path) -> dict[str, Form]:
    """The forms in the `*.json` files of `folder`, the newest first.

    Raises ResourceError naming the file, the place in it and the remedy.
    """
    forms = [read_form(path) for path in sorted(folder.glob("*.json"))]
    owners: dict[str, str] = {}
    for form in forms:
        for head in form.heads:
            if head in owners:
                raise ResourceError(
                    f"{form.id}.json: heads: {head!r} is a head of {owners[head]} too; take out one."
                )
            owners[head] = form.id
    return {form.id: form for form in sorted(forms, key=lambda form: -form.first_year)}


def read_form(path: Path) -> Form:
    """The form in a file; raises ResourceError naming the file, the place in it and the remedy."""
    try:
        written = msgspec.json.decode(path.read_bytes(), type=_FormFile)
    except msgspec.DecodeError as error:
        raise ResourceError(f"{path.name}: {error}. Mend the file there.") from None
    if written.id != path.stem:
        raise ResourceError(f"{path.name}: id: {written.id!r} is not the file's name; rename one of them.")
    _check_codes(path.name, written)
    form = Form(
        **{
            name: getattr(written, name)
            for name in ("id", "title", "notice", "first_year", "last_year", "heads", "rank")
        },
        sections=written.sections,
        tables=written.tables,
        identities=tuple(each for entry in written.identities for each in _identities(entry)),
        cross_year=tuple(each for entry in written.cross_year for each in _cross_year(path.name, entry)),
    )
    _check_terms(path.name, form)
    return form


def _check_codes(file: str, form: _FormFile) -> None:
    _check_distinct(file, "tables", (table.table for table in form.tables))
    for table in form.tables:
        place = f"tables {table.table}"
        _check_distinct(file, f"{place}: rows", (row.code for row in table.rows))
        for block in table.blocks:
            _check_distinct(file, f"{place} {block.code}: columns", (column.code for column in block.columns))
            if not block.columns or not block.rows:
                raise ResourceError(f"{file}: {place} {block.code}: needs a column and a row; add them.")
        codes = {row.code for row in table.rows}
        for row in table.rows:
            if not row.label or (row.parent and row.parent not in codes):
                raise ResourceError(
                    f"{file}: {place}: row {row.code!r} needs a label, and a parent among the table's rows."
                )


def _check_distinct(file: str, place: str, codes: Iterable[str]) -> None:
    for code, times in Counter(codes).items():
        if times > 1 or not _CODE.fullmatch(code):
            raise ResourceError(
                f"{file}: {place}: {code!r} stands twice or is no code of small letters, digits and _; "
                "rename it."
            )


def _spelled(entry: _IdentityFile) -> Iterable[tuple[str, tuple[str, ...], tuple[str, ...]]]:
    """Identifier, left and right side for every combination of what `each` lists."""
    for values in product(*entry.each.values()):
        filled = dict(zip(entry.each, values, strict=True))

        def fill(text: str, filled: dict[str, str] = filled) -> str:
            for name, value in filled.items():
                text = text.replace("{" + name + "}", value)
            return text

        yield fill(entry.id), tuple(map(fill, entry.left)), tuple(map(fill, entry.right))


def _identities(entry: _IdentityFile) -> Iterable[Identity]:
    for identifier, left, right in _spelled(entry):
        yield Identity(id=identifier, kind=entry.kind, op=entry.op, left=left, right=right, note=entry.note)


def _cross_year(file: str, entry: _IdentityFile) -> Iterable[CrossYearIdentity]:
    for identifier, left, right in _spelled(entry):
        yield CrossYearIdentity(
            id=identifier,
            op=entry.op,
            left=tuple(_term(file, identifier, text) for text in left),
            right=tuple(_term(file, identifier, text) for text in right),
            severity=entry.severity,
            note=entry.note,
        )


def _term(file: str, identifier: str, text: str) -> Term:
    matched = _TERM.fullmatch(text)
    if not matched:
        raise ResourceError(
            f"{file}: cross_year {identifier}: {text!r} is no term; write row.column, with previous. before "
            "it for the year before and - before that to take it off."
        )
    sign, previous, cell = matched.groups()
    return Term(cell=cell, years_before=int(bool(previous)), sign=-1 if sign else 1)


def _check_terms(file: str, form: Form) -> None:
    """Cells of the year before may be of another form; all others must be cells of this one."""
    known = frozenset().union(*(table.addresses for table in form.tables))
    own = [(each.id, cell) for each in form.identities for cell in each.left + each.right]
    own += [
        (each.id, term.cell)
        for each in form.cross_year
        for term in each.left + each.right
        if not term.years_before
    ]
    for identifier, cell in own:
        if cell not in known:
            raise ResourceError(
                f"{file}: identities {identifier}: {cell!r} is no cell of the form; mend row or column."
            )
    _check_unique_identifiers(file, form)


def _check_unique_identifiers(file: str, form: Form) -> None:
    identifiers = [each.id for each in form.identities] + [each.id for each in form.cross_year]
    for identifier, times in Counter(identifiers).items():
        if times > 1:
            raise ResourceError(f"{file}: identities: {identifier!r} stands twice; rename one.")
