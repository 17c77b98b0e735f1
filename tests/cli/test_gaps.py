"""`nianbao gaps`: a grid for people, every finding for pipes."""

import csv
import io
import json
import re
from pathlib import Path

import pytest

from nianbao.data.records import Report
from nianbao.data.store import SourceFile, Store, make_indexed

PROSE = "已把{n}号台账、{m}号清单和第{n}{m}次巡查情况逐项登出，方便群众对照查询，来访者另有专人接待。"


def report_of(org, year, mark, genre="work"):
    text = f"{org}{year}。" + "".join(
        PROSE.format(n=chr(0x4E00 + mark * 97 + k), m=chr(0x5E00 + mark * 31 + k)) for k in range(60)
    )
    return Report(id=f"{mark:016x}", text=text, org=org, year=year, genre=genre, title=f"{year + 1}年报告")


REPORTS = [
    *(report_of("甘棠市人民政府", year, n) for n, year in enumerate((2016, 2017, 2019, 2020), 1)),
    report_of("甘棠市人民政府", 2020, 5),
    report_of("石桥县人民政府", 2018, 6),
    report_of("石桥县人民政府", 2019, 7),
    report_of(None, 2019, 8),
]


@pytest.fixture(scope="module")
def db(tmp_path_factory):
    path = tmp_path_factory.mktemp("gaps") / "gaps.db"
    with Store.open(path, create=True) as store:
        for report in REPORTS:
            name = f"/档/{report.org}/{report.id}.txt"
            indexed = make_indexed(report.text, list(range(len(report.text))), report.title, report.org)
            store.add(
                SourceFile(path=name, size=1, mtime_ns=1, sha256=report.id), report, "1", indexed=indexed
            )
    return path


def marks(stdout, org):
    [line] = [
        line for line in stdout.splitlines() if line.strip().startswith(org) and re.search("[●○‖]", line)
    ]
    return "".join(re.findall("[●○‖?·]", line))


def test_the_grid_and_what_to_do(nianbao, db):
    done = nianbao("gaps", "--db", db, check=0)
    assert marks(done.stdout, "甘棠市人民政府") == "●●○●‖"
    assert marks(done.stdout, "石桥县人民政府") == "··●●·"
    for wanted in ("缺2018年（2019年所作）", "请补收", "2020年有2份", "没有认出发布机构", "/档/None/"):
        assert wanted in done.stdout
    assert "缺年1项，重复1项，可疑1项" in done.stderr


def test_years_that_should_be_there(nianbao, db):
    done = nianbao("gaps", "--years", "2017..2020", "--org", "石桥", "--db", db, check=0)
    assert marks(done.stdout, "石桥县人民政府") == "○●●○"
    assert "最早为2018年" in done.stdout


def test_one_kind_alone(nianbao, db):
    rows = json.loads(nianbao("gaps", "--kind", "doubled", "--json", "--db", db, check=0).stdout)
    assert rows["counts"] == {"doubled": 1}
    assert sorted(report["id"][-1] for report in rows["gaps"][0]["reports"]) == ["4", "5"]


def test_the_formats_say_the_same_whatever_the_limit(nianbao, db):
    options = ("--limit", 1, "--db", db)
    whole = json.loads(nianbao("gaps", "--json", *options, check=0).stdout)["gaps"]
    lines = nianbao("gaps", "--jsonl", *options, check=0).stdout.splitlines()
    rows = list(csv.DictReader(io.StringIO(nianbao("gaps", "--csv", *options, check=0).stdout)))
    assert [json.loads(line) for line in lines] == whole
    assert [row["message"] for row in rows] == [gap["message"] for gap in whole]
    assert [json.loads(row["figures"]) for row in rows] == [gap["figures"] for gap in whole]


def test_the_limit_says_what_it_hides(nianbao, db):
    done = nianbao("gaps", "--limit", 1, "--db", db, check=0)
    assert "石桥县人民政府" not in done.stdout
    assert "--limit 2" in done.stderr


def test_nothing_to_report(nianbao, db):
    done = nianbao("gaps", "--org", "石桥", "--db", db, check=0)
    assert "Nothing is missing" in done.stderr


@pytest.mark.parametrize("years", ["19..", "..", "2024..2019", "二〇二〇", "2019-2024"])
def test_no_span_of_years_is_wrong_usage(nianbao, db, years):
    assert "2019..2024" in nianbao("gaps", "--years", years, "--db", db, check=2).stderr


def test_what_the_documents_show_is_what_comes_out(nianbao, archive):
    text = Path(__file__).parents[2].joinpath("docs", "commands.md").read_text(encoding="utf-8")
    [(options, shown)] = re.findall(r"```text\n\$ nianbao gaps (.*?)\n(.*?)```", text, re.DOTALL)
    found = nianbao("gaps", *options.split(), "--db", archive, check=0).stdout
    assert [line.strip() for line in shown.splitlines() if line.strip()] == [
        line.strip() for line in found.splitlines() if line.strip()
    ]
