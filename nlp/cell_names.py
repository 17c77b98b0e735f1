"""What a cell of an official table is called when it is spoken of."""

import re
from functools import cache, lru_cache

from ..data.forms import Form, FormTable, Row, load_forms

_ENUMERATOR = re.compile(
    r"^(?:其中：)?(?:[一二三四五六七八九十]{1,2}、|（[一二三四五六七八九十\d]{1,2}）|\d{1,2}\.)?"
)
_REMARK = re.compile(r"（[^（）]{0,80}）$")
# Rows of these names are told apart only by the row above them.
_SHORT = 3


def row_name(form: Form, code: str) -> str:
    """A row's label without number and remark, after its group's where it says too little alone."""
    return _names(form.id)[0].get(code, code)


def column_name(form: Form, row: str, code: str) -> str:
    """A column's label without remark, as the block of `row` prints it."""
    return _names(form.id)[1].get(f"{row}.{code}", code)


def cell_name(form: Form, address: str) -> str:
    """Row and column of a cell, `予以公开·总计`; of a list with one column the row alone."""
    return _cell_name(form.id, address)


@lru_cache(maxsize=4096)
def _cell_name(form: str, address: str) -> str:
    row, _, column = address.partition(".")
    rows, columns = _names(form)
    name = rows.get(row, row)
    return name if column == "count" else f"{name}·{columns.get(address, column)}"


# By the form's id: a form itself is slow to hash.
@cache
def _names(form: str) -> tuple[dict[str, str], dict[str, str]]:
    """Names of rows, and of columns by cell."""
    rows, columns = {}, {}
    for table in load_forms()[form].tables:
        for block in table.blocks:
            for row in block.rows:
                rows[row.code] = _row_name(table, row)
                for column in block.columns:
                    columns[f"{row.code}.{column.code}"] = _plain(column.label)
    return rows, columns


def _row_name(table: FormTable, row: Row) -> str:
    name = _plain(row.label)
    if row.parent and (len(name) <= _SHORT or table.layout == "one_row"):
        parent = next(each for each in table.rows if each.code == row.parent)
        return f"{_plain(parent.label)}（{name}）"
    return name


def _plain(label: str) -> str:
    return _REMARK.sub("", _ENUMERATOR.sub("", label)) or label
