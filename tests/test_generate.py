"""Generated reports are different, the same for a seed, and add up."""

import json
from importlib import import_module
from itertools import pairwise
from pathlib import Path

import pytest

from nianbao.data.forms import load_forms

BENCHMARKS = Path(__file__).parents[1] / "benchmarks"
pytestmark = pytest.mark.skipif(not BENCHMARKS.is_dir(), reason="only a checkout has the benchmarks")


@pytest.fixture(scope="module")
def archives():
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(BENCHMARKS)
        return import_module("archives.reports")


@pytest.fixture(scope="module")
def reports(archives):
    return list(archives.report_texts(300, seed=5))


def test_the_same_seed_gives_the_same_reports(archives, reports):
    assert [each.digest for each in archives.report_texts(300, seed=5)] == [each.digest for each in reports]
    assert next(archives.report_texts(1, seed=6)).digest != reports[0].digest


def test_all_are_different(reports):
    assert len({each.digest for each in reports}) == len(reports)
    assert len({(each.org, each.year, each.genre) for each in reports}) == len(reports)


def test_both_genres_and_all_forms_are_met(reports):
    assert {each.genre for each in reports} == {"disclosure", "work"}
    assert {table for each in reports for table, _ in each.cells} == {
        "proactive",
        "requests",
        "reviews",
        "statistics",
    }


def test_requests_of_every_column_balance(reports):
    columns = [column.code for column in load_forms()["2021"].table("requests").blocks[0].columns]
    for report in reports:
        for column in columns:
            cells = {
                row.partition(".")[0]: n for (_, row), n in report.cells.items() if row.endswith(f".{column}")
            }
            if "new_requests" in cells:
                received = cells["new_requests"] + cells["carried_over"]
                assert received == cells["total_handled"] + cells["carried_forward"]


def test_what_one_year_carries_forward_the_next_carries_over(reports):
    key = ("requests", "carried_forward.total")
    pairs = [
        (a, b) for a, b in pairwise(reports) if a.org == b.org and b.year == a.year + 1 and key in a.cells
    ]
    assert pairs
    for before, after in pairs:
        if key in after.cells:
            assert before.cells[key] == after.cells["requests", "carried_over.total"]


def test_planted_figures_stand_in_the_text(reports):
    for report in reports:
        for name, (value, unit) in report.counts.items():
            written = f"{value / 1e8:.0f}亿{unit}" if name == "gdp" else f"{value}{unit}"
            assert written in report.text


def test_files_and_manifest_agree(archives, tmp_path):
    write_archive = import_module("archives.writing").write_archive
    write_archive(tmp_path / "a", 6, formats=frozenset({"utf8", "html", "zip"}))
    lines = (tmp_path / "a.manifest.jsonl").read_text("utf-8").splitlines()
    paths = [json.loads(line)["path"].partition("!/")[0] for line in lines]
    assert len(paths) == 6
    assert all((tmp_path / "a" / path).is_file() for path in paths)
