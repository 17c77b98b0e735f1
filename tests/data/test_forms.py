"""Form files: what they say, and what is refused."""

import json
from pathlib import Path

import pytest

from nianbao.data import forms as package
from nianbao.data.errors import ResourceError
from nianbao.data.forms import load_forms, read_form, read_forms

FOLDER = Path(package.__file__).parent
FORMS = load_forms()


def test_the_newest_form_comes_first():
    assert list(FORMS) == ["2021", "2019", "2014", "2008"]


@pytest.mark.parametrize(
    ("form", "table", "cells", "identities"),
    [
        ("2021", "proactive", 10, 2),
        ("2021", "requests", 175, 7 + 7 + 25),
        ("2021", "reviews", 15, 3),
        ("2019", "proactive", 22, 3),
        ("2019", "requests", 161, 7 + 7 + 23),
        ("2019", "reviews", 15, 3),
        ("2008", "statistics", 35, 3),
    ],
)
def test_tables_have_the_cells_and_equations_of_the_notice(form, table, cells, identities):
    assert len(FORMS[form].table(table).cells) == cells
    assert len(FORMS[form].identities_of(table)) == identities


def test_every_identity_belongs_to_a_table():
    for form in FORMS.values():
        told = [each.id for table in form.tables for each in form.identities_of(table.table)]
        assert sorted(told) == sorted(each.id for each in form.identities)


@pytest.mark.parametrize(
    ("form", "table", "cell", "unit"),
    [
        ("2021", "proactive", "fees.amount", "万元"),
        ("2021", "requests", "granted.total", "件"),
        ("2019", "proactive", "licensing.items_change", "项"),
        ("2019", "proactive", "procurement.amount", None),
        ("2014", "statistics", "trainees.count", "人次"),
    ],
)
def test_units_come_from_row_column_block_or_table(form, table, cell, unit):
    assert FORMS[form].table(table).unit_of(cell) == unit


def test_an_unknown_row_or_table_is_a_key_error():
    with pytest.raises(KeyError):
        FORMS["2021"].table("statistics")
    with pytest.raises(KeyError):
        FORMS["2021"].table("reviews").unit_of("granted.total")


def test_a_header_that_totals_its_children_is_an_address_but_no_cell():
    requests = FORMS["2021"].table("requests")
    assert "other_handling.total" in requests.addresses
    assert "other_handling.total" not in requests.cells
    assert [row.code for row in requests.children("other_handling")] == [
        "other_uncorrected",
        "other_unpaid_fee",
        "other_remaining",
    ]


def test_terms_across_years_keep_sign_and_year():
    in_force = next(each for each in FORMS["2021"].cross_year if each.id == "2021.x.in_force.regulations")
    assert [(term.cell, term.years_before, term.sign) for term in in_force.right] == [
        ("regulations.in_force", 1, 1),
        ("regulations.made", 0, 1),
        ("regulations.repealed", 0, -1),
    ]


@pytest.mark.parametrize(("year", "due"), [(2018, "2014"), (2019, "2019"), (2020, "2019"), (2026, "2021")])
def test_the_year_tells_the_form_that_was_due(year, due):
    assert next(form.id for form in FORMS.values() if form.due_in(year)) == due


def spoil(tmp_path, change):
    form = json.loads((FOLDER / "2021.json").read_text(encoding="utf-8"))
    change(form)
    path = tmp_path / "2021.json"
    path.write_text(json.dumps(form), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("change", "place"),
    [
        (lambda form: form.update(id="2022"), "2021.json: id"),
        (lambda form: form.update(colour="red"), "colour"),
        (lambda form: form["tables"][1].pop("width"), r"\$\.tables\[1\]"),
        (
            lambda form: form["tables"][0]["blocks"][0]["rows"].append({"code": "fees", "label": "a"}),
            "'fees'",
        ),
        (lambda form: form["tables"][0]["blocks"][0]["rows"][0].update(parent="x"), "'regulations'"),
        (lambda form: form["tables"][0]["blocks"][0].update(rows=[]), "needs a column and a row"),
        (lambda form: form["identities"][0]["left"].append("granted.made"), "'granted.made'"),
        (lambda form: form["identities"].append(form["identities"][-1]), "stands twice"),
        (lambda form: form["cross_year"][0]["left"].append("last.x"), "no cell|no term"),
        (lambda form: form["cross_year"][0]["left"].append("+a.b"), "no term"),
    ],
)
def test_a_fault_is_named_with_file_and_place(tmp_path, change, place):
    with pytest.raises(ResourceError, match=place):
        read_form(spoil(tmp_path, change))


def test_a_head_belongs_to_one_form(tmp_path):
    for name in ("2021", "2019"):
        (tmp_path / f"{name}.json").write_bytes((FOLDER / f"{name}.json").read_bytes())
    path = spoil(tmp_path, lambda form: form["heads"].append("上一年项目数量"))
    with pytest.raises(ResourceError, match="上一年项目数量"):
        read_forms(path.parent)


def test_no_json_is_refused(tmp_path):
    (tmp_path / "2021.json").write_text("{", encoding="utf-8")
    with pytest.raises(ResourceError, match=r"2021\.json"):
        read_form(tmp_path / "2021.json")
