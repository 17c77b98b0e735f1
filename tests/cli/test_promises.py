"""`nianbao promises`: plans with their outcome for people, every promise for pipes."""

import csv
import io
import json

import pytest

from nianbao.data.records import Report, Statement
from nianbao.data.store import SourceFile, Store, make_indexed

SAID = {
    2019: [("plan", "举办信息员培训班。"), ("plan", "改版门户网站。"), ("plan", "编印服务手册。")],
    2021: [
        ("initiative", "信息员培训班办了三期。"),
        ("problem", "门户网站改版迟缓。"),
        ("plan", "架设路灯。"),
    ],
}


def report_of(org, year):
    text, statements = "", []
    for label, sentence in SAID[year]:
        place = {"start": len(text), "end": len(text) + len(sentence)}
        statements.append(Statement(text=sentence, label=label, category="general", **place))
        text += sentence
    key = f"{len(org):08x}{year:08x}"
    return Report(id=key, text=text + org, org=org, year=year, statements=tuple(statements))


@pytest.fixture(scope="module")
def db(tmp_path_factory):
    path = tmp_path_factory.mktemp("promises") / "promises.db"
    with Store.open(path, create=True) as store:
        for org in ("青柳县财政局", "甘棠市人民政府办"):
            for report in (report_of(org, 2019), report_of(org, 2021)):
                indexed = make_indexed(report.text, list(range(len(report.text))), None, org)
                source = SourceFile(path=f"/{report.id}", size=1, mtime_ns=1, sha256=report.id)
                store.add(source, report, "1", indexed=indexed)
    return path


def test_for_people(nianbao, db):
    done = nianbao("promises", "财政局", "--db", db, check=0)
    for wanted in (
        "2019 → 2021",
        "✓ 已落实",
        "✗ 仍是问题",
        "· 未见下文",
        "做了： 信息员培训班办了三期",
        "[0:9]",
    ):
        assert wanted in done.stdout
    assert "2020年的报告不在档案中" in done.stdout
    assert "甘棠" not in done.stdout
    assert "3条计划：已落实1（33%），仍是问题1（33%），未见下文1（33%）" in done.stderr
    assert "1 reports have plans but no later report" in done.stderr


def test_one_outcome(nianbao, db):
    done = nianbao("promises", "--outcome", "problem", "--db", db, check=0)
    assert done.stdout.count("仍是问题 ") == 2 and "✓" not in done.stdout


def test_a_limit_is_told(nianbao, db):
    done = nianbao("promises", "--limit", "1", "--db", db, check=0)
    assert done.stdout.count("→") == 1
    assert "1 of 2 reports shown" in done.stderr


def test_only_what_is_certain(nianbao, db):
    done = nianbao("promises", "--certainty", "1", "--jsonl", "--db", db, check=0)
    assert done.stdout == ""


def test_json_has_shares_and_evidence(nianbao, db):
    given = json.loads(nianbao("promises", "财政局", "--json", "--db", db, check=0).stdout)
    assert [share["year"] for share in given["shares"]] == [2019, 2021]
    first = given["promises"][0]
    assert (first["outcome"], first["missing"]) == ("kept", [2020])
    assert first["evidence"][0]["text"] == "信息员培训班办了三期。"


def test_json_lines(nianbao, db):
    lines = nianbao("promises", "--jsonl", "--year", "2019", "--db", db, check=0).stdout.splitlines()
    assert len(lines) == 6 and {json.loads(line)["year"] for line in lines} == {2019}


def test_csv(nianbao, db):
    rows = list(csv.DictReader(io.StringIO(nianbao("promises", "财政局", "--csv", "--db", db).stdout)))
    assert [row["outcome"] for row in rows] == ["kept", "problem", "silent"]
    assert (rows[0]["plan"], rows[0]["start"], rows[0]["missing"]) == ("举办信息员培训班。", "0", "2020")
    assert rows[2]["evidence"] == ""


@pytest.mark.parametrize(("words", "code"), [(["--outcome", "broken"], 2), (["--year", "x"], 2)])
def test_nonsense_is_refused(nianbao, db, words, code):
    assert nianbao("promises", *words, "--db", db).returncode == code


def test_nothing_found(nianbao, db):
    assert "No report with plans" in nianbao("promises", "无此机构", "--db", db, check=0).stderr
