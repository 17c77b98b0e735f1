"""What an official form prints: tables of blocks of columns and rows, and the sums that must hold."""

from functools import cached_property
from typing import Literal

import msgspec

RowKind = Literal["value", "header"]
Layout = Literal["rows", "one_row"]
IdentityKind = Literal["official", "derived", "soft", "cross_year"]
Operator = Literal["=", "<=", ">="]
Severity = Literal["error", "warning"]


class _Spec(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, dict=True):
    pass


class Labelled(_Spec, frozen=True, kw_only=True):
    """Something printed: its `code`, its `label` on the form, and other wordings met (`variants`)."""

    code: str
    label: str = ""
    variants: tuple[str, ...] = ()

    @property
    def labels(self) -> tuple[str, ...]:
        """The label of the form first, then the variants."""
        return (self.label, *self.variants)


class Column(Labelled, frozen=True, kw_only=True):
    """A column of numbers.

    `signed` ones may fall below 0, `decimals` ones need not be whole; `optional` ones stand in some
    reports only. `parent` names the column group above. `unit` goes before the block's and the table's.
    """

    parent: str | None = None
    unit: str | None = None
    signed: bool = False
    decimals: bool = False
    optional: bool = False


class ColumnGroup(Labelled, frozen=True, kw_only=True):
    """A head over several columns."""

    parent: str | None = None


class Row(Labelled, frozen=True, kw_only=True):
    """A row in its printed place.

    A `header` has no numbers of its own; where one with `totals_children` carries numbers after all, they
    stand for the sums of the rows whose `parent` it is. `number` is the printed code of a coded list.
    """

    parent: str | None = None
    kind: RowKind = "value"
    unit: str | None = None
    number: str | None = None
    optional: bool = False
    totals_children: bool = False


class Block(Labelled, frozen=True, kw_only=True):
    """Rows under one head of columns; `corner` is the head of the label column."""

    corner: str = ""
    unit: str | None = None
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]

    @cached_property
    def value_rows(self) -> tuple[Row, ...]:
        """The rows with numbers, optional ones too."""
        return tuple(row for row in self.rows if row.kind == "value")

    @cached_property
    def value_columns(self) -> tuple[Column, ...]:
        """The columns that every report has."""
        return tuple(column for column in self.columns if not column.optional)


class FormTable(_Spec, frozen=True, kw_only=True):
    """A table of a form.

    `layout` `one_row` sets the cells of all rows side by side in one row of numbers. `width` is the
    grid's width in cells, label cells and padding counted. `caption` is a remark printed in the corner.
    """

    table: str
    title: str
    variants: tuple[str, ...] = ()
    section: int | None = None
    caption: str = ""
    layout: Layout = "rows"
    width: int
    unit: str | None = None
    column_groups: tuple[ColumnGroup, ...] = ()
    blocks: tuple[Block, ...]

    @cached_property
    def rows(self) -> tuple[Row, ...]:
        """All rows, headers too, in printed order."""
        return tuple(row for block in self.blocks for row in block.rows)

    @cached_property
    def cells(self) -> tuple[str, ...]:
        """`row.column` of every cell that each report has, in printed order; optional ones left out."""
        return tuple(
            f"{row.code}.{column.code}"
            for block in self.blocks
            for row in block.value_rows
            for column in block.value_columns
            if not row.optional
        )

    @cached_property
    def addresses(self) -> frozenset[str]:
        """Every cell the table may have: optional rows and columns and headers with numbers too."""
        return frozenset(
            f"{row.code}.{column.code}"
            for block in self.blocks
            for row in block.rows
            for column in block.columns
            if row.kind == "value" or row.totals_children
        )

    def block_of(self, row: str) -> Block:
        """The block that has `row`; raises KeyError for no row of the table."""
        for block in self.blocks:
            if any(each.code == row for each in block.rows):
                return block
        raise KeyError(row)

    def children(self, row: str) -> tuple[Row, ...]:
        """The rows directly under `row`."""
        return tuple(each for each in self.rows if each.parent == row)

    def unit_of(self, address: str) -> str | None:
        """The unit the form gives the cell `row.column`: its row's, column's, block's or table's; or None."""
        row_code, _, column_code = address.partition(".")
        block = self.block_of(row_code)
        row = next(each for each in block.rows if each.code == row_code)
        column = next((each for each in block.columns if each.code == column_code), None)
        return row.unit or (column and column.unit) or block.unit or self.unit


class Identity(_Spec, frozen=True, kw_only=True):
    """A comparison of cells `row.column` of one report: the sum of `left`, `op`, the sum of `right`.

    `official` ones are printed on the form, `derived` follow from its labels, `soft` hold as a rule.
    """

    id: str
    kind: IdentityKind
    op: Operator
    left: tuple[str, ...]
    right: tuple[str, ...]
    note: str = ""


class Term(msgspec.Struct, frozen=True, kw_only=True):
    """A cell of this year's report, or of the one `years_before`, taken with its `sign`."""

    cell: str
    years_before: int = 0
    sign: Literal[1, -1] = 1


class CrossYearIdentity(_Spec, frozen=True, kw_only=True):
    """A comparison of one agency's reports of two years; `severity` says how a failure is to be taken."""

    id: str
    op: Operator
    left: tuple[Term, ...]
    right: tuple[Term, ...]
    severity: Severity = "warning"
    note: str = ""


class FormSection(Labelled, frozen=True, kw_only=True):
    """A section of the form's outline: its title with the printed number, and what it holds."""

    number: int | None = None
    content: Literal["text", "table"] = "text"


class Form(msgspec.Struct, frozen=True, kw_only=True, dict=True):
    """An official form.

    `heads` are labels that only this form prints (blanks left out, brackets half-width); those of a form
    of lower `rank` decide only where no head of a higher one stands. `last_year` is None while in force.
    """

    id: str
    title: str
    notice: str
    first_year: int
    last_year: int | None
    heads: tuple[str, ...]
    rank: int
    sections: tuple[FormSection, ...]
    tables: tuple[FormTable, ...]
    identities: tuple[Identity, ...]
    cross_year: tuple[CrossYearIdentity, ...]

    def table(self, name: str) -> FormTable:
        """The table called `name`; raises KeyError where the form has none."""
        for table in self.tables:
            if table.table == name:
                return table
        raise KeyError(name)

    def identities_of(self, name: str) -> tuple[Identity, ...]:
        """The identities between cells of the table called `name` alone."""
        addresses = self.table(name).addresses
        return tuple(each for each in self.identities if addresses.issuperset(each.left + each.right))

    def due_in(self, year: int) -> bool:
        """Whether reports on `year` were to follow this form."""
        return self.first_year <= year <= (self.last_year or year)
