"""Official tables filled at random so that every sum of the form holds."""

import pytest

from nianbao.data.forms import load_forms
from nianbao.data.records import Cell, Report, Table

YEARS = {"2021": 2023, "2019": 2020, "2014": 2016, "2008": 2010}


def cell(value):
    return Cell(value=value, state="blank" if value is None else "zero" if value == 0 else "value")


def solved(identities, values):
    """`values` with the right-hand side of each sum computed, until all of them hold."""
    sums = [each for each in identities if each.op == "=" and len(each.right) == 1]
    for _ in range(4):
        for each in sums:
            values[each.right[0]] = sum(values[code] for code in each.left)
    return values


def balanced(values):
    """上年结转 and 结转 of a requests table such that 一 + 二 = （七） + 四 and rows add up."""
    columns = ("natural_person", "business", "research", "public_welfare", "legal_service", "other_org")
    for column in columns:
        handled, forward = values[f"total_handled.{column}"], values[f"carried_forward.{column}"]
        over = min(values[f"carried_over.{column}"], handled + forward)
        values[f"carried_over.{column}"] = over
        values[f"new_requests.{column}"] = handled + forward - over
    for row in ("new_requests", "carried_over", "carried_forward"):
        values[f"{row}.total"] = sum(values[f"{row}.{column}"] for column in columns)
    return values


def _filled(form_id, name, random):
    """A table of a form as values by code."""
    form = load_forms()[form_id]
    values = {code: random.choice((0, 0, 0, 1, 2, 3, 7, 19, 104)) for code in form.table(name).cells}
    values = solved(form.identities_of(name), values)
    if name == "requests":
        values = solved(form.identities_of(name), balanced(values))
    for each in form.identities_of(name):
        if each.op == "<=":
            values[each.right[0]] += sum(values[code] for code in each.left)
    return values


def _table_of(form_id, name, values):
    cells = {code: value if isinstance(value, Cell) else cell(value) for code, value in values.items()}
    return Table(table=name, form=form_id, cells=cells)


def _report_of(form_id, tables, text="", **fields):
    """A report of the form with tables given as {name: values}."""
    found = tuple(_table_of(form_id, name, values) for name, values in tables.items())
    fields = {"year": YEARS[form_id], "form": form_id, **fields}
    return Report(id="0" * 16, text=text, tables=found, **fields)


@pytest.fixture(scope="session")
def filled():
    return _filled


@pytest.fixture(scope="session")
def report_with():
    return _report_of
