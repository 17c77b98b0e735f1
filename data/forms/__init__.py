"""The official forms as data: a JSON file a form, so that a new form is a new file and no code.

    forms = load_forms()                     # {"2021": Form, "2019": …, "2014": …, "2008": …}, newest first
    form = forms["2021"]
    table = form.table("requests")           # FormTable: proactive, requests, reviews; statistics before 2019
    table.cells                              # ("new_requests.natural_person", …) in printed order
    table.addresses                          # the same with optional rows and columns and (六) as one row
    table.unit_of("fees.amount")             # "万元"
    table.rows, table.children("denied"), table.blocks[0].columns
    form.identities                          # Identity(id, kind, op, left, right): cells "row.column"
    form.identities_of("requests")           # those between cells of one table
    form.cross_year                          # CrossYearIdentity: sides of Term(cell, years_before, sign)
    form.due_in(2023), form.heads, form.sections

A row with `totals_children` ((六)其他处理 of 2021) is a header that some reports fill with numbers of its
own; they then stand for its `children` in every identity. Sources: 国办公开办函〔2021〕30号 (2021),
国办公开办函〔2019〕60号 (2019), 国办发〔2014〕32号 (2014), local coded lists before it (2008).
A file's keys are the fields of the types in `form.py`; in identities `{row}` and `{column}` are filled from
`each`, and in `cross_year` a term may carry `previous.` and `-`.
"""

from .form import (
    Block,
    Column,
    ColumnGroup,
    CrossYearIdentity,
    Form,
    FormSection,
    FormTable,
    Identity,
    Labelled,
    Row,
    Term,
)
from .load import load_forms, read_form, read_forms

__all__ = [
    "Block",
    "Column",
    "ColumnGroup",
    "CrossYearIdentity",
    "Form",
    "FormSection",
    "FormTable",
    "Identity",
    "Labelled",
    "Row",
    "Term",
    "load_forms",
    "read_form",
    "read_forms",
]
