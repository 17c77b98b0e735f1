"""The faults planted in the sample archive, and those of real reports where they are at hand."""

from pathlib import Path

import msgspec
import pytest

from nianbao.data.readers import read
from nianbao.nlp.checks import check_report
from nianbao.nlp.given import Given
from nianbao.nlp.pipeline import extract
from nianbao.nlp.reading import Reading
from nianbao.nlp.tables import find_tables

SHARED = Path(__file__).parents[2].parent / "shared" / "samples" / "disclosure"
PLANTED = {
    "洋县民政局2024": {"2021.rev.sum.reconsideration": (2, 1)},
    "黑龙江省农业农村厅2025": {
        "prose.received": (86, 91),
        "prose.natural_person": (77, 81),
        "prose.organisations": (9, 10),
    },
}


def checked(path):
    source = read(path)
    report, reading = extract(source, Given(path=str(path))), Reading(source.text)
    report = msgspec.structs.replace(report, tables=find_tables(reading, source.grids))
    return check_report(report, reading)


def failures(checks):
    return {check.rule: (check.left, check.right) for check in checks if check.state == "fails"}


def test_planted_faults_are_found_and_no_others(samples):
    found = {}
    for path in sorted(samples.rglob("*.*")):
        if path.name != "README.md" and (failed := failures(checked(path))):
            found[path.name.partition("年")[0]] = failed
    assert found == PLANTED


@pytest.fixture
def shared():
    if not SHARED.is_dir():
        pytest.skip("the shared sample reports are not at hand")
    return SHARED


def test_review_totals_left_at_nought(shared):
    assert failures(checked(shared / "hongze-2023.pdf")) == {
        "2021.rev.sum.reconsideration": (11, 0),
        "2021.rev.sum.litigation_after_reconsideration": (5, 0),
    }


def test_the_office_against_its_district(shared):
    checks = checked(shared / "hongze-2024.pdf")
    assert failures(checks) == {}
    (check,) = [check for check in checks if check.rule == "prose.received"]
    assert (check.state, check.left, check.right) == ("not_assessable", 17, 95)
    assert "政府办公室" in check.message


@pytest.mark.parametrize("name", ["liaoning-wb-2020.txt", "shuyang-2025.txt", "shuyang-fgj-2023.txt"])
def test_sound_reports_raise_no_alarm(shared, name):
    assert failures(checked(shared / name)) == {}
