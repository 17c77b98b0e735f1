"""`nianbao search` beyond hits: facets, pages, terms, saved searches; exports of what a query finds."""

import csv
import io
import json
from shutil import copy

import pytest


@pytest.fixture
def own(archive, tmp_path):
    """The sample archive, to be written to."""
    return copy(archive, tmp_path / "own.db")


def rows(text):
    return list(csv.DictReader(io.StringIO(text)))


def test_facets_in_json_and_for_people(nianbao, archive):
    found = json.loads(
        nianbao("search", "更新", "--facets", "year,label", "--json", "--db", archive, check=0).stdout
    )
    assert list(found["facets"]) == ["year", "label"]
    assert sum(each["count"] for each in found["facets"]["year"]) == found["total"]
    done = nianbao("search", "--facets", "更新", "--db", archive, check=0)
    assert "存在问题" in done.stderr
    assert done.stdout == nianbao("search", "更新", "--db", archive, check=0).stdout


def test_facets_alone_count_what_the_filters_leave(nianbao, archive):
    done = nianbao("search", "--facets", "--year", "2023", "--json", "--db", archive, check=0)
    assert [each["value"] for each in json.loads(done.stdout)["facets"]["year"]] == [2023]


def test_an_unknown_facet_is_named(nianbao, archive):
    done = nianbao("search", "更新", "--facets", "year,colour", "--db", archive, check=2)
    assert "colour" in done.stderr


def test_pages_go_on_after_a_key(nianbao, archive):
    words = ("search", "更新", "--sort", "-year", "--json", "--db", archive)
    whole = json.loads(nianbao(*words, "-n", 4, check=0).stdout)
    first = json.loads(nianbao(*words, "-n", 2, check=0).stdout)
    second = json.loads(nianbao(*words, "-n", 2, "--after", first["next"], check=0).stdout)
    assert first["hits"] + second["hits"] == whole["hits"]
    people = nianbao("search", "更新", "--sort", "-year", "-n", 2, "--db", archive, check=0)
    assert f"--after {first['next']}" in people.stderr


@pytest.mark.parametrize("long", [False, True])
def test_terms_by_reports(nianbao, archive, tmp_path, long):
    terms = tmp_path / "terms.txt"
    terms.write_text("更新\n短缺 = label:problem 人员\n", encoding="utf-8")
    options = ("--long",) if long else ()
    table = rows(nianbao("search", "--terms", terms, *options, "--db", archive, check=0).stdout)
    assert {"report_id", "org", "year", "title"} < set(table[0])
    if long:
        counted = {row["report_id"]: int(row["count"]) for row in table if row["term"] == "更新"}
    else:
        counted = {row["report_id"]: int(row["更新"]) for row in table if row["更新"] != "0"}
    hits = nianbao("search", "更新", "--jsonl", "-n", 999, "--db", archive, check=0).stdout.splitlines()
    assert set(counted) == {json.loads(line)["report_id"] for line in hits}
    assert min(counted.values()) > 0


def test_a_search_is_saved_run_and_forgotten(nianbao, own):
    nianbao("search", "更新", "--label", "problem", "--save", "甲", "-n", 1, "--db", own, check=0)
    listed = json.loads(nianbao("search", "--saved", "--json", "--db", own, check=0).stdout)
    assert [(each["name"], each["query"], each["new"]) for each in listed] == [("甲", "更新", 0)]
    again = nianbao("search", "--saved", "甲", "--jsonl", "--db", own, check=0).stdout
    typed = nianbao("search", "更新", "--label", "problem", "--jsonl", "--db", own, check=0).stdout
    assert again == typed != ""
    assert nianbao("search", "--saved", "甲", "--new", "--jsonl", "--db", own, check=0).stdout == ""
    nianbao("search", "--forget", "甲", "--db", own, check=0)
    assert "save one" in nianbao("search", "--saved", "甲", "--db", own).stderr


def test_new_reports_are_shown_once(nianbao, own, tmp_path):
    nianbao("search", "琉璃瓦", "--save", "甲", "--db", own, check=0)
    page = tmp_path / "new.txt"
    page.write_text("青石县文物局2022年政府信息公开工作年度报告\n公开琉璃瓦修缮信息3条。\n", encoding="utf-8")
    nianbao("index", page, "--db", own, check=0)
    first = nianbao("search", "--saved", "甲", "--new", "--jsonl", "--db", own, check=0).stdout
    assert len(first.splitlines()) == 1
    nianbao("index", page, "--force", "--db", own, check=0)
    assert nianbao("search", "--saved", "甲", "--new", "--jsonl", "--db", own, check=0).stdout == ""


@pytest.mark.parametrize("words", [("更新", "--new"), ("更新", "--saved", "甲")])
def test_options_that_do_not_go_together_are_refused(nianbao, own, words):
    assert nianbao("search", *words, "--db", own).returncode == 2


def test_statements_like_one_and_words_beside(nianbao, archive):
    done = nianbao("search", "更新", "--in", "statements", "--related", "--jsonl", "--db", archive, check=0)
    assert "beside: " in done.stderr
    number = json.loads(done.stdout.splitlines()[0])["fact_id"]
    like = nianbao("search", "--like", number, "-n", 3, "--jsonl", "--db", archive, check=0).stdout
    assert 0 < len(like.splitlines()) <= 3
    assert number not in [json.loads(line)["fact_id"] for line in like.splitlines()]


def test_searching_writes_nothing(nianbao, own):
    before = own.read_bytes()
    nianbao("search", "更新", "--facets", "--sort", "year", "--db", own, check=0)
    nianbao("search", "--saved", "--db", own, check=0)
    assert own.read_bytes() == before


def test_exports_what_a_query_finds(nianbao, archive):
    done = nianbao("export", "problems", "--query", "更新", "--year", "2022..", "--db", archive, check=0)
    table = rows(done.stdout)
    assert table
    assert all("更新" in row["text"].replace("\n", "") and int(row["year"]) >= 2022 for row in table)
    reports = rows(nianbao("export", "panel", "--org", "泾县", "--db", archive, check=0).stdout)
    assert {row["org"] for row in reports} == {"泾县人民政府"}


NEAR = "洋县民政局2024年报公开情况"


def test_near_hits_are_asked_for_and_marked(nianbao, archive):
    found = json.loads(nianbao("search", NEAR, "--near", "--json", "--db", archive, check=0).stdout)
    assert found["near"] is True
    assert {hit["near"] for hit in found["hits"]} == {True}
    assert (found["hits"][0]["org"], found["hits"][0]["year"]) == ("洋县民政局", 2024)
    done = nianbao("search", NEAR, "--near", "--csv", "--db", archive, check=0)
    assert rows(done.stdout)[0]["near"] == "True"
    assert "2024年" in done.stderr
    done = nianbao("search", NEAR, "--near", "--db", archive, check=0)
    assert done.stdout.startswith("≈ 洋县民政局  2024")


@pytest.mark.parametrize("form", ["--json", "--jsonl", "--csv"])
def test_without_near_a_pipe_gets_the_empty_answer(nianbao, archive, form):
    done = nianbao("search", NEAR, form, "--db", archive, check=0)
    assert "洋县" not in done.stdout
    assert "--near" in done.stderr


def test_what_is_found_is_not_marked_near(nianbao, archive):
    found = json.loads(nianbao("search", "更新", "--near", "--json", "--db", archive, check=0).stdout)
    assert {found["near"], *(hit["near"] for hit in found["hits"])} == {False}


def test_facts_stand_below_a_hit(nianbao, archive):
    words = ("search", "count:>50件 申请", "--in", "statements", "-n", 3, "--db", archive)
    found = json.loads(nianbao(*words, "--json", check=0).stdout)["hits"]
    counts = [fact for hit in found for fact in hit["facts"] if fact["kind"] == "counts"]
    assert counts and all(hit["start"] <= fact["start"] for hit in found for fact in hit["facts"])
    lines = nianbao(*words, check=0).stdout.splitlines()
    assert any(f"{counts[0]['value']:,}{counts[0]['unit']}" in line and " · " in line for line in lines)
    assert "facts" not in rows(nianbao(*words, "--csv", check=0).stdout)[0]
