"""`nianbao repeats`: blocks for people with what differs marked, everything for pipes."""

import csv
import io
import json

import pytest

from nianbao.data.records import Report, Statement
from nianbao.data.store import SourceFile, Store, make_indexed

PROBLEM = "渡口停航的通知总是晚一天才贴出来，赶集的人白跑一趟。"
FIGURES = "全年登出停航通知{}条，渡口客流{}万人次。"
SAID = [
    ("柳湾县交通运输局", 2019, PROBLEM, FIGURES.format(31, 1.2)),
    ("柳湾县交通运输局", 2020, PROBLEM, FIGURES.format(44, 1.5)),
    ("柳湾县交通运输局", 2021, PROBLEM.replace("白跑", "又白跑")),
    ("云台区商务局", 2022, PROBLEM, "夜市摊位抽签的结果当晚在街口张榜。"),
    ("苍溪镇人民政府", 2022, "夜市摊位抽签的结果当晚在街口张榜。"),
]


def report_of(number, org, year, *sentences):
    text = "\n".join(sentences)
    places = [text.index(sentence) for sentence in sentences]
    labels = ("problem" if sentence[0] == "渡" else "initiative" for sentence in sentences)
    statements = tuple(
        Statement(text=sentence, start=at, end=at + len(sentence), label=label)
        for sentence, at, label in zip(sentences, places, labels, strict=True)
    )
    return Report(id=f"{number:016x}", text=text, org=org, year=year, statements=statements)


@pytest.fixture
def db(tmp_path):
    path = tmp_path / "repeats.db"
    with Store.open(path, create=True) as store:
        for number, said in enumerate(SAID):
            report = report_of(number, *said)
            indexed = make_indexed(report.text, list(range(len(report.text))), None, report.org)
            source = SourceFile(path=f"/{number}.txt", size=1, mtime_ns=1, sha256=report.id)
            store.add(source, report, "1", indexed=indexed)
    return path


def test_the_sentence_once_then_years_with_what_differs(nianbao, db):
    shown = nianbao("repeats", "--db", db, check=0).stdout
    assert shown.count(PROBLEM) == 1
    for wanted in (
        "大体相同  存在问题  3年（连续3年），2个机构",
        "柳湾县交通运输局  2019-2020",
        "的人[+又+]白跑",
    ):
        assert wanted in shown
    assert "登出停航通知[-31-][+44+]条，渡口客流[-1.2-][+1.5+]万人次" in shown


def test_filters_and_limit(nianbao, db):
    done = nianbao("repeats", "--label", "problem", "--min-years", 3, "--db", db, check=0)
    assert PROBLEM in done.stdout and "登出停航通知" not in done.stdout
    done = nianbao("repeats", "-n", 1, "--db", db, check=0)
    assert "1 of 3 shown" in done.stderr
    assert "Nothing returns" in nianbao("repeats", "--org", "没有", "--db", db, check=0).stderr


def test_the_formats_say_the_same(nianbao, db):
    whole = json.loads(nianbao("repeats", "--json", "--db", db, check=0).stdout)
    lines = nianbao("repeats", "--jsonl", "--db", db, check=0).stdout.splitlines()
    rows = list(csv.DictReader(io.StringIO(nianbao("repeats", "--csv", "--db", db, check=0).stdout)))
    assert [json.loads(line) for line in lines] == whole
    assert len(rows) == sum(each["statements"] for each in whole) == 8
    assert {row["repeat_kind"] for row in rows} == {"near", "figures", "verbatim"}


def test_pairs(nianbao, db):
    shown = nianbao("repeats", "--pairs", "--db", db, check=0).stdout
    assert "柳湾县交通运输局 ↔ 云台区商务局" in shown
    assert "柳湾县交通运输局在先1处" in shown and "同年1处" in shown
    rows = list(
        csv.DictReader(io.StringIO(nianbao("repeats", "--pairs", "--csv", "--db", db, check=0).stdout))
    )
    assert [int(row["repeats"]) for row in rows] == [1, 1]


def test_a_database_that_may_not_be_written_is_read_all_the_same(nianbao, db, monkeypatch):
    monkeypatch.setattr("nianbao.cli.repeats._changeable", lambda path: False)
    assert PROBLEM in nianbao("repeats", "--db", db, check=0).stdout
    with Store.open(db, read_only=True) as store:
        assert store.count_repeats() == 0


@pytest.mark.parametrize(
    "words", [("--within", "--between"), ("--category", "没有"), ("--year", "去年"), ("--kind", "same")]
)
def test_what_makes_no_sense_is_refused(nianbao, db, words):
    assert nianbao("repeats", *words, "--db", db).returncode == 2
