"""The tables of an export: those of the database, and the data dictionary that goes with them."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from itertools import chain
from typing import Any

import msgspec

from ..errors import QueryError
from ..forms import load_forms
from ..store import ColumnEntry, Dictionary, Filters, Selection, Sought, Store, TableEntry
from ..terms import codes, english_term, term
from .stata_names import stata_names

Row = Sequence[Any]

# Views that show rows which stand in a table: written when they are named.
REPEATING = ("check_results", "facts", "initiatives", "plans", "problems")
# What says what all else is.
DICTIONARIES = ("dictionary", "dictionary_codes", "dictionary_cells")
# Rows held at once, and the characters in them: some 50 MB as Python objects.
_BATCH_ROWS = 16_384
_BATCH_CHARACTERS = 8_000_000


class ExportTable(msgspec.Struct, frozen=True, kw_only=True):
    """A table to be written: what it is, how many rows it has, and its rows in the order of its columns."""

    entry: TableEntry
    count: int
    read: Callable[[], Iterator[Row]]

    @property
    def name(self) -> str:
        """Its name."""
        return self.entry.name

    @property
    def columns(self) -> list[str]:
        """The names of its columns."""
        return [column.name for column in self.entry.columns]

    def batches(self) -> Iterator[list[Row]]:
        """Its rows, as many at a time as fit into memory."""
        batch: list[Row] = []
        characters = 0
        for row in self.read():
            batch.append(row)
            characters += sum(len(value) for value in row if isinstance(value, str))
            if len(batch) >= _BATCH_ROWS or characters >= _BATCH_CHARACTERS:
                yield batch
                batch, characters = [], 0
        if batch:
            yield batch


def choose_tables(store: Store, names: Sequence[str], among: Sought, *, named: bool) -> list[ExportTable]:
    """The tables of these names, or all with the dictionaries.

    Of one table `among` leaves the facts that are found, of several the rows of the reports found, so that
    they fit together. With `named` body and year stand in each. Raises NotFound and QueryError.
    """
    dictionary = store.dictionary()
    if not names:
        names = [*(name for name in store.tables() if name not in REPEATING), *DICTIONARIES]
    alone = len(names) == 1
    known = _dictionaries(dictionary)
    return [
        known[name] if name in known else _stored(store, dictionary, name, among, named=named, alone=alone)
        for name in dict.fromkeys(names)
    ]


def dictionary_tables(dictionary: Dictionary) -> list[ExportTable]:
    """`dictionary`, `dictionary_codes` and `dictionary_cells`."""
    return list(_dictionaries(dictionary).values())


def _stored(
    store: Store, dictionary: Dictionary, name: str, among: Sought, *, named: bool, alone: bool
) -> ExportTable:
    columns = store.columns(name)
    entry = dictionary.table(name)
    with_report = "report_id" in columns
    named = named and with_report and "org" not in columns
    if among != Sought() and not with_report and name != "reports":
        if alone:
            raise QueryError(f"Rows of {name} belong to no report; take the whole table.")
        among = Sought()
    selection = Selection(
        table=name, named=named, query=among.words or None, filters=among.filters, found=alone
    )
    if named:
        heads = {each.name: each for each in dictionary.table("initiatives").columns}
        columns_named = (_optional(heads["org"]), _optional(heads["year"]), *entry.columns)
        entry = msgspec.structs.replace(entry, columns=columns_named)
    return ExportTable(entry=entry, count=store.count(selection), read=partial(store.stream, selection))


def _optional(column: ColumnEntry) -> ColumnEntry:
    return msgspec.structs.replace(column, required=False)


def _dictionaries(dictionary: Dictionary) -> dict[str, ExportTable]:
    head = "数据字典", "Data dictionary", "A table (column *) or a column"
    codes_head = "代码表", "Codes", "A code that a column holds"
    cells_head = "表格单元代码", "Cell codes", "A cell of an official form"
    made = (
        _made("dictionary", head, _COLUMNS, _entries(dictionary)),
        _made("dictionary_codes", codes_head, _CODES, _code_rows(dictionary)),
        _made("dictionary_cells", cells_head, _CELLS, _cell_rows()),
    )
    return {each.name: each for each in made}


# Column, Chinese label, English label and meaning.
_COLUMNS = (
    ("table", "表", "Table", "Name of the table or view"),
    ("column", "列", "Column", "Name of the column; * for the table itself"),
    ("type", "类型", "Type", "integer, number, text, date, datetime, json; table or view"),
    ("unit", "单位", "Unit", "Unit of its figures"),
    ("chinese", "中文标签", "Chinese label", "Label in Chinese"),
    ("english", "英文标签", "English label", "Label in English"),
    ("meaning", "含义", "Meaning", "What it holds"),
    ("codes", "代码", "Codes", "The codes that it holds: kind in dictionary_codes"),
    ("key", "键", "Key", "1 where it belongs to the key of the table"),
    ("refers", "指向", "Refers to", "Table and column that it points to"),
    ("since", "起始版本", "Since", "Version of the schema that brought it"),
    ("stata", "Stata 变量名", "Stata name", "Its name in Stata, where names have 32 characters at most"),
)
_CODES = (
    ("kind", "代码类", "Kind", "Which codes these are: `codes` in dictionary"),
    ("code", "代码", "Code", "The code"),
    ("chinese", "中文标签", "Chinese label", "Label in Chinese"),
    ("english", "英文标签", "English label", "Label in English"),
)
_CELLS = (
    ("form", "式样", "Form", "Official form"),
    ("table", "表", "Table", "Table of the form"),
    ("code", "单元代码", "Cell code", "Code of the cell in table_cells: row and column"),
    ("row", "行", "Row", "Label of the row, with those above it"),
    ("column", "列", "Column", "Label of the column, with those above it"),
    ("unit", "单位", "Unit", "Unit of the figure"),
)


def _made(
    name: str, head: tuple[str, str, str], columns: Iterable[tuple[str, ...]], rows: Iterable[Row]
) -> ExportTable:
    listed = list(rows)
    entries = tuple(
        ColumnEntry(
            name=column,
            type="integer" if column in ("key", "since") else "text",
            chinese=chinese,
            english=english,
            meaning=meaning,
        )
        for column, chinese, english, meaning in columns
    )
    labels = dict(zip(("chinese", "english", "meaning"), head, strict=True))
    entry = TableEntry(name=name, kind="table", since=None, columns=entries, **labels)
    return ExportTable(entry=entry, count=len(listed), read=lambda: iter(listed))


def _entries(dictionary: Dictionary) -> Iterator[Row]:
    for table in dictionary.tables:
        short = stata_names([column.name for column in table.columns])
        head = (table.name, "*", table.kind, None, table.chinese, table.english, table.meaning)
        yield (*head, None, None, None, table.since, None)
        for column in table.columns:
            yield (
                *(table.name, column.name, column.type, column.unit),
                *(column.chinese, column.english, column.meaning, column.codes),
                *(int(column.key), column.refers, column.since, short[column.name]),
            )


def _code_rows(dictionary: Dictionary) -> Iterator[Row]:
    columns = chain.from_iterable(table.columns for table in dictionary.tables)
    for kind in sorted({column.codes for column in columns if column.codes}):
        for code in codes(kind):
            yield kind, code, term(kind, code), english_term(kind, code)


def _cell_rows() -> Iterator[Row]:
    for form in load_forms().values():
        for table in form.tables:
            for block in table.blocks:
                rows = {row.code: row for row in block.rows}
                heads = {head.code: head for head in (*table.column_groups, *block.columns)}
                for row in block.rows:
                    for column in block.columns:
                        code = f"{row.code}.{column.code}"
                        if code in table.addresses:
                            labels = _label(rows, row.code), _label(heads, column.code)
                            yield form.id, table.table, code, *labels, table.unit_of(code)


def _label(entries: Any, code: str | None) -> str:  # noqa: ANN401 - rows, columns and groups alike
    """The label with those above it, the outermost first."""
    labels: list[str] = []
    while code in entries:
        labels.insert(0, entries[code].label)
        code = entries[code].parent
    return " / ".join(label for label in labels if label)


def filtered(filters: Filters, query: str | None) -> Sought:
    """What the rows are to be of."""
    return Sought(words=query or "", filters=filters)
