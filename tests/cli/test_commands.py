"""Each command as a user types it: what stands on stdout and stderr, and the exit code."""

import csv
import io
import json
import sqlite3

import pytest

COMMANDS = (
    *("index", "search", "show", "summary", "tables", "check", "failures", "gaps", "prune"),
    *("extract", "export", "stats", "schema", "evaluate", "train"),
)


def test_help_lists_every_command(nianbao):
    done = nianbao("--help", check=0)
    for command in COMMANDS:
        assert command in done.stdout


@pytest.mark.parametrize("command", COMMANDS)
def test_each_command_explains_itself_with_an_example(nianbao, command):
    done = nianbao(command, "--help", check=0)
    assert f"nianbao {command}" in done.stdout
    assert "Example" in done.stdout


def test_the_version(nianbao):
    from nianbao import __version__

    assert nianbao("--version", check=0).stdout == f"nianbao {__version__}\n"


def test_no_words_show_the_help(nianbao):
    assert "Usage" in (done := nianbao()).stdout + done.stderr


def test_search_marks_what_it_finds(nianbao, archive):
    done = nianbao("search", "更新速度", "--db", archive, check=0)
    assert "泾县人民政府" in done.stdout
    assert "更新速度" in done.stdout
    assert "\x1b[" not in done.stdout
    assert "found" in done.stderr


@pytest.mark.parametrize("words", ["法", "三审三校", "更新速度", "专人专管", "政府信息公开工作年度报告"])
def test_search_finds_what_a_scan_finds(nianbao, archive, words):
    from nianbao.nlp.reading import Reading

    done = nianbao("search", words, "--db", archive, "--jsonl", "-n", 100, check=0)
    found = {json.loads(line)["report_id"] for line in done.stdout.splitlines()}
    with sqlite3.connect(archive) as db:
        rows = db.execute("select id, text from reports").fetchall()
    db.close()
    assert found == {id_ for id_, text in rows if words in Reading(text).view}


def test_search_filters(nianbao, archive):
    options = ("--label", "problem", "--year", "2022..", "--region", "安徽", "--org", "泾县")
    done = nianbao("search", "更新", *options, "--db", archive, "--jsonl", check=0)
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    assert rows
    assert {(row["org"], row["label"]) for row in rows} == {("泾县人民政府", "problem")}


def test_search_writes_csv_and_json(nianbao, archive):
    as_csv = nianbao("search", "培训", "--db", archive, "--csv", check=0).stdout
    as_json = json.loads(nianbao("search", "培训", "--db", archive, "--json", check=0).stdout)
    rows = list(csv.DictReader(io.StringIO(as_csv)))
    assert [row["report_id"] for row in rows] == [hit["report_id"] for hit in as_json["hits"]]


def test_search_in_reports_answers_report_ids(nianbao, archive):
    done = nianbao("search", "培训", "--in", "reports", "--limit", 2, "--jsonl", "--db", archive, check=0)
    assert [sorted(json.loads(line))[3] for line in done.stdout.splitlines()]
    assert all("report_id" in json.loads(line) for line in done.stdout.splitlines())
    assert len(done.stdout.splitlines()) == 2


def test_explain_says_how_each_word_was_read(nianbao, archive):
    done = nianbao("search", "法 三审三校", "--explain", "--jsonl", "--db", archive, check=0)
    assert "以下各项都满足 / all of: " in done.stderr
    assert '“三审三校” / the word "三审三校": ' in done.stderr
    assert all(json.loads(line) for line in done.stdout.splitlines())


def test_nothing_found_is_no_error(nianbao, archive):
    done = nianbao("search", "量子纠缠", "--db", archive, check=0)
    assert done.stdout == ""
    assert "Nothing found" in done.stderr


def test_show_has_masthead_outline_and_labels(nianbao, archive):
    done = nianbao("show", "洋县民政局2024", "--db", archive, check=0)
    for wanted in ("洋县民政局", "610723", "一、总体情况", "[存在问题", "[改进措施"):
        assert wanted in done.stdout


def test_summary_quotes_with_places(nianbao, archive):
    done = nianbao("summary", "泾县人民政府2023", "--db", archive, "--format", "json", check=0)
    summary = json.loads(done.stdout)
    with sqlite3.connect(archive) as db:
        [text] = db.execute("select text from reports where id = ?", [summary["id"]]).fetchone()
    db.close()
    quoted = [*summary["figures"], *summary["problems"], *summary["plans"]["points"], *summary["zeros"]]
    quoted += [plan for problem in summary["problems"] for plan in problem["plans"]]
    quoted += [point for group in summary["initiatives"] for point in group["points"]]
    assert len(quoted) > 10
    assert all(text[one["start"] : one["end"]] == one["text"] for one in quoted)


def test_summary_of_a_file_without_a_database(nianbao, samples, tmp_path):
    file = next(samples.rglob("洋县*.html"))
    done = nianbao("summary", file, "--db", tmp_path / "none.db", "--format", "markdown", check=0)
    assert done.stdout.startswith("# ")
    assert "## 存在问题与改进措施" in done.stdout


def test_extract_files(nianbao, samples):
    files = sorted(samples.rglob("*.pdf"))
    done = nianbao("extract", *files, check=0)
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(lines) == len(files)
    for line in lines:
        for fact in line["dates"] + line["counts"] + line["statements"]:
            assert line["text"][fact["start"] : fact["end"]] == fact["text"]


def test_extract_records(nianbao):
    records = [
        {"id": "a", "text": "2021年，本街道共受理申请３件，未发生行政诉讼。", "year": 2021},
        {"id": 2, "text": "<p>共开展&nbsp;培训 4 期</p>", "format": "html", "unknown": 1},
    ]
    lines = "\n".join(json.dumps(record, ensure_ascii=False) for record in records) + "\n\n"
    done = nianbao("extract", "--records", stdin=lines, check=0)
    first, second = map(json.loads, done.stdout.splitlines())
    assert (first["id"], first["dates"][0]["edtf"], first["counts"][0]["value"]) == ("a", "2021", 3)
    assert first["zeros"][0]["text"] == "未发生行政诉讼"
    assert (second["id"], second["counts"][0]["text"]) == (2, "4 期")


def test_a_bad_record_is_named_and_the_others_go_on(nianbao):
    lines = '{"id": 1}\nnot json\n{"id": "x", "text": "公开5条。"}\n'
    done = nianbao("extract", "--records", stdin=lines, check=1)
    assert json.loads(done.stdout)["id"] == "x"
    assert "line 1" in done.stderr
    assert "line 2" in done.stderr


def test_export_lists_and_writes_tables(nianbao, archive, tmp_path):
    names = {row["table"] for row in csv.DictReader(io.StringIO(nianbao("export", "--db", archive).stdout))}
    assert {"reports", "statements", "counts", "problems", "facts", "panel"} <= names
    out = tmp_path / "plans.csv"
    nianbao("export", "plans", "--out", out, "--db", archive, check=0)
    written = list(csv.DictReader(io.StringIO(out.read_text(encoding="utf-8"))))
    lines = nianbao("export", "plans", "--format", "jsonl", "--db", archive, check=0).stdout.splitlines()
    assert [row["text"] for row in written] == [json.loads(line)["text"] for line in lines]


def test_the_panel_is_exported_with_its_dictionary(nianbao, archive, tmp_path):
    nianbao("export", "panel", "--out", tmp_path / "panel.csv", "--db", archive, check=0)
    rows = list(csv.DictReader(io.StringIO((tmp_path / "panel.csv").read_text(encoding="utf-8"))))
    words = list(csv.DictReader(io.StringIO((tmp_path / "panel.columns.csv").read_text(encoding="utf-8"))))
    assert {word["column"] for word in words} <= set(rows[0])
    [row] = [row for row in rows if (row["org"], row["year"]) == ("安溪县感德镇人民政府", "2025")]
    assert row["new_requests"] != ""
    assert row["carried_over"] == ""


def test_export_of_an_unknown_table_names_those_there_are(nianbao, archive):
    done = nianbao("export", "budget", "--db", archive, check=2)
    assert "statements" in done.stderr


def test_stats(nianbao, archive):
    stats = json.loads(nianbao("stats", "--json", "--db", archive, check=0).stdout)
    assert stats["reports"] >= 12
    assert "报告" in nianbao("stats", "--db", archive, check=0).stdout


@pytest.mark.parametrize("kind", ["report", "summary"])
def test_schema_describes_what_comes_out(nianbao, kind):
    schema = json.loads(nianbao("schema", kind, check=0).stdout)
    assert schema["$defs"][kind.capitalize()]["properties"]


def test_tables_show_the_form_and_the_wrong_sum(nianbao, archive):
    done = nianbao("tables", "洋县民政局2024", "--db", archive, check=0)
    for wanted in ("行政规范性文件", "上年结转", "相差1"):
        assert wanted in done.stdout + done.stderr


def test_check_finds_the_planted_faults(nianbao, archive):
    lines = nianbao("check", "--db", archive, "--jsonl", check=0).stdout.splitlines()
    failing = {(row["org"], row["kind"]) for row in map(json.loads, lines)}
    assert {("洋县民政局", "identity"), ("黑龙江省农业农村厅", "prose")} <= failing


def test_check_of_a_clean_report_finds_nothing_wrong(nianbao, archive):
    done = nianbao("check", "泾县人民政府2023", "--db", archive, "--jsonl", check=0)
    assert done.stdout == ""


def test_evaluate_scores_passages_and_tables(nianbao, tmp_path):
    passage = {"id": "a-2020-01", "text": "全年公开7条。", "year": 2020}
    passage["counts"] = [{"text": "7条", "value": 7, "unit": "条", "bound": "exact", "item": None}]
    gold = tmp_path / "gold.jsonl"
    gold.write_text(json.dumps(passage, ensure_ascii=False), encoding="utf-8")
    figures = json.loads(nianbao("evaluate", gold, "--json", check=0).stdout)["figures"]
    assert figures["counts.full.f1"]["value"] == 1.0
    table = {
        "id": "t",
        "table": "proactive",
        "form": "2021",
        "flattening": "tabs",
        "text": TABLE,
        "cells": CELLS,
    }
    gold.write_text(json.dumps(table, ensure_ascii=False), encoding="utf-8")
    total = json.loads(nianbao("evaluate", "tables", gold, "--json", check=0).stdout)["total"]
    assert (total["right"], total["wrong"] + total["missing"] + total["invented"]) == (6, 0)


TABLE = "第二十条第（一）项\n信息内容\t本年制发件数\t本年废止件数\t现行有效件数\n规章\t0\t0\t2\n行政规范性文件\t3\t1\t17\n"
CELLS = {
    f"{row}.{column}": value
    for row, values in (("regulations", (0, 0, 2)), ("normative_documents", (3, 1, 17)))
    for column, value in zip(("made", "repealed", "in_force"), values, strict=True)
}
