from random import Random

import pytest

from nianbao.data.forms import load_forms
from nianbao.data.records import Cell
from nianbao.nlp.checks import check_report

TABLES = [(form.id, table.table) for form in load_forms().values() for table in form.tables]


def failures(report, *kinds):
    return [
        check
        for check in check_report(report)
        if check.state == "fails" and check.kind in (kinds or ("identity", "soft", "value"))
    ]


@pytest.mark.parametrize(("form", "name"), TABLES)
def test_clean_tables_raise_no_alarm(form, name, filled, report_with):
    for seed in range(100):
        report = report_with(form, {name: filled(form, name, Random(seed))})
        assert failures(report) == []


def covered(form, name):
    identities = load_forms()[form].identities_of(name)
    return sorted({code for each in identities if each.op == "=" for code in each.left + each.right})


@pytest.mark.parametrize(("form", "name"), [pair for pair in TABLES if covered(*pair)])
def test_every_single_wrong_cell_is_found(form, name, filled, report_with):
    random = Random(7)
    codes = covered(form, name)
    for number in range(max(len(codes), 120)):
        code = codes[number % len(codes)]
        values = filled(form, name, random)
        wrong = values | {code: max(0, values[code] + random.choice((-1, 1, 10)))}
        if wrong[code] == values[code]:
            wrong[code] += 1
        found = failures(report_with(form, {name: wrong}), "identity")
        assert any(code in check.cells for check in found), code


def test_both_sides_and_the_difference_are_told(filled, report_with):
    values = filled("2021", "reviews", Random(1))
    parts = ("upheld", "corrected", "other_result", "pending")
    values |= {f"reconsideration.{part}": number for part, number in zip(parts, (10, 1, 0, 0), strict=True)}
    (check,) = failures(report_with("2021", {"reviews": values | {"reconsideration.total": 0}}))
    assert (check.left, check.right, check.difference) == (11, 0, 11)
    assert check.rule == "2021.rev.sum.reconsideration"
    assert "行政复议·总计0" in check.message
    assert "结果维持10＋结果纠正1" in check.message


def blanked(values, wanted):
    return {code: None if wanted(code) else value for code, value in values.items()}


def test_blanks_read_as_nought_are_said_so(filled, report_with):
    values = filled("2019", "requests", Random(3))
    report = report_with("2019", {"requests": blanked(values, lambda code: values[code] == 0)})
    checks = [check for check in check_report(report) if check.kind == "identity"]
    assert {check.state for check in checks} <= {"holds", "not_assessable"}
    assert any(check.state == "holds" and "空格按0计" in check.message for check in checks)


def test_blank_totals_are_no_failures(filled, report_with):
    values = filled("2021", "requests", Random(4)) | {"granted.natural_person": 5}
    values["granted.total"] = None
    report = report_with("2021", {"requests": values})
    (check,) = [check for check in check_report(report) if check.rule == "2021.req.rowsum.granted"]
    assert check.state == "not_assessable"
    assert "granted" not in {check.rule.rpartition(".")[2] for check in failures(report)}


def test_a_difference_that_no_blank_mends_is_a_failure(report_with):
    values = dict.fromkeys(load_forms()["2021"].table("reviews").cells, 0)
    values |= {"reconsideration.upheld": 3, "reconsideration.corrected": None, "reconsideration.total": 2}
    assert [check.rule for check in failures(report_with("2021", {"reviews": values}))] == [
        "2021.rev.sum.reconsideration"
    ]


def test_cells_not_shown_are_not_assessable(filled, report_with):
    values = filled("2021", "requests", Random(5))
    shown = {code: value for code, value in values.items() if not code.startswith("denied")}
    report = report_with("2021", {"requests": shown})
    states = {check.state for check in check_report(report) if ".outcomes." in check.rule}
    assert states == {"not_assessable"}


def headed(values, children):
    """The table with （六） as one row in place of its three."""
    rest = {code: value for code, value in values.items() if code.partition(".")[0] not in children}
    for code, value in values.items():
        row, _, column = code.partition(".")
        if row in children:
            rest[f"other_handling.{column}"] = rest.get(f"other_handling.{column}", 0) + value
    return rest


def test_a_head_row_with_numbers_stands_for_its_children(filled, report_with):
    children = {row.code for row in load_forms()["2021"].table("requests").children("other_handling")}
    values = headed(filled("2021", "requests", Random(6)), children)
    checks = check_report(report_with("2021", {"requests": values}))
    assert {check.state for check in checks if check.kind == "identity"} == {"holds"}
    values["other_handling.business"] += 2
    wrong = {check.rule for check in failures(report_with("2021", {"requests": values}))}
    assert wrong == {"2021.req.outcomes.business", "2021.req.rowsum.other_handling"}


def test_a_head_row_beside_its_children_is_their_sum(filled, report_with):
    values = filled("2021", "requests", Random(8))
    children = {row.code for row in load_forms()["2021"].table("requests").children("other_handling")}
    values |= headed(values, children) | values
    assert failures(report_with("2021", {"requests": values})) == []
    values["other_handling.total"] += 1
    wrong = {check.rule for check in failures(report_with("2021", {"requests": values}))}
    assert "2021.req.other_handling.total" in wrong


BAD = [("2021", "proactive", "licensing.decisions", -3), ("2019", "requests", "granted.total", 2.5)]


@pytest.mark.parametrize(("form", "name", "code", "value"), BAD)
def test_numbers_that_the_form_does_not_take(form, name, code, value, filled, report_with):
    values = filled(form, name, Random(9)) | {code: value}
    (check,) = failures(report_with(form, {name: values}), "value")
    assert (check.cells, check.left) == ((code,), value)


@pytest.mark.parametrize(
    ("form", "code", "value"), [("2021", "fees.amount", 12.75), ("2019", "licensing.items_change", -4)]
)
def test_numbers_that_the_form_takes(form, code, value, filled, report_with):
    values = filled(form, "proactive", Random(9)) | {code: value}
    assert failures(report_with(form, {"proactive": values}), "value") == []


def test_soft_rules_are_warnings(filled, report_with):
    values = filled("2021", "proactive", Random(2)) | {"regulations.made": 3, "regulations.in_force": 0}
    (check,) = failures(report_with("2021", {"proactive": values}))
    assert (check.kind, check.severity) == ("soft", "warning")


def test_places_of_a_failure_are_those_of_its_cells(report_with):
    values = dict.fromkeys(load_forms()["2021"].table("reviews").cells, 0)
    values["reconsideration.total"] = Cell(value=2, state="value", start=40, end=41)
    (check,) = failures(report_with("2021", {"reviews": values}))
    assert check.places == ((40, 41),)
