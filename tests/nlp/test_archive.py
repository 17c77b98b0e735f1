import os
import pickle
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from itertools import islice
from shutil import copy

import pytest

import nianbao
from nianbao.data.errors import DatabaseError, NotFound, QueryError
from nianbao.data.store import Correction, Store


@pytest.fixture
def opened(archive):
    with nianbao.open(archive) as one:
        yield one


@pytest.fixture
def writable(archive, tmp_path):
    copy(archive, tmp_path / "copy.db")
    with nianbao.open(tmp_path / "copy.db", write=True) as one:
        yield one


def test_importing_is_light():
    code = (
        "import sys, nianbao; light = set(sys.modules)\n"
        "nianbao.open\n"
        "heavy = {'spacy', 'sklearn', 'scipy', 'numpy', 'pandas', 'polars', 'pyarrow', 'typer'}\n"
        "print(sorted(heavy & set(sys.modules)), 'sqlite_utils' in light)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[] False"


def test_nothing_else_is_found_in_the_package():
    with pytest.raises(AttributeError, match="no attribute 'close'"):
        assert nianbao.close


@pytest.mark.parametrize("scope", ["reports", "statements", "counts", "zeros"])
def test_a_search_is_the_stores(opened, archive, scope):
    with Store.open(archive, read_only=True) as store:
        expected = store.search("申请", in_=scope, limit=1000, fold=False)
    found = opened.search("申请", scope)
    assert (tuple(found), found.total, len(found)) == (expected.hits, expected.total, expected.total)


def test_every_hit_is_there_in_any_order(opened):
    found = opened.search("公开", "statements", sort="-year")
    years = [hit.year or 0 for hit in found]
    assert len(years) == found.total and years in (sorted(years), sorted(years, reverse=True))


def test_facets_count_what_was_found(opened):
    found = opened.search("更新", limit=2)
    assert sum(each.count for each in found.facets["year"]) == found.total
    assert found.facet("year", 3) == opened.search("更新").facet("year", 3)
    with pytest.raises(QueryError, match="no facet"):
        found.facet("nothing")


def test_similar_statements_and_related_words(opened, archive):
    [hit] = opened.search("更新", "statements", limit=1)
    with Store.open(archive, read_only=True) as store:
        assert opened.similar(hit.statement_id, 3) == store.similar(hit.statement_id, 3)
        assert opened.related("更新", 3) == store.related("更新", 3)


def test_filters_narrow(opened):
    found = opened.search("人员", "statements", label="problem", year=(2020, None))
    assert found and {hit.label for hit in found} == {"problem"} and min(hit.year for hit in found) >= 2020
    assert {hit.year for hit in opened.search("公开", year=2023)} == {2023}


def test_a_limit_bounds_what_comes_not_what_is_told(opened):
    found = opened.search("申请", "counts", limit=7)
    assert (len(found), len(list(found))) == (7, 7) and found.total > 7
    assert len(opened.search("申请", limit=0)) == 0


@pytest.mark.parametrize(
    "part", [slice(2, 5), slice(None, None, -1), slice(None, 30, 4), slice(-3, None), slice(9, 2)]
)
def test_slices_are_those_of_a_list(opened, part):
    for listing in (opened.search("公开", "statements"), opened.facts("zeros"), opened.holdings()):
        assert list(listing[part]) == list(listing)[part]
        assert len(listing[part]) == len(list(listing)[part])
        assert list(listing[part][1:]) == list(listing)[part][1:]


def test_entries_by_number(opened):
    found = opened.search("公开", "statements")
    every = list(found)
    assert found[0] == every[0] and found[-1] == every[-1] and found[40] == every[40]
    with pytest.raises(IndexError, match="no entry"):
        found[len(found)]


def test_a_search_reads_no_further_than_is_looked_at(opened, monkeypatch):
    asked = []
    search = Store.search

    def watched(store, words, **options):
        asked.append(options["offset"] + options["limit"])
        return search(store, words, **options)

    monkeypatch.setattr(Store, "search", watched)
    found = opened.search("公开", "statements")
    assert asked == []
    list(islice(found, 5))
    assert asked == [20] and len(found) > 20 and asked == [20]


@pytest.mark.parametrize("query", ["(公开", "nosuch:x", "", "公开 OR"])
def test_a_query_that_cannot_be_read_is_refused_at_once(opened, query):
    with pytest.raises(QueryError):
        opened.search(query)


@pytest.mark.parametrize("options", [{"in_": "nothing"}, {"limit": -1}])
def test_wrong_options_are_refused_at_once(opened, options):
    with pytest.raises(QueryError):
        opened.search("公开", **options)


def test_wrong_filters_are_refused(opened):
    with pytest.raises(QueryError, match="no label"):
        len(opened.search("公开", label="wrong"))


def test_a_report_is_whole(opened, archive):
    with Store.open(archive, read_only=True) as store:
        assert opened.report("泾县人民政府2023") == store.report("泾县人民政府2023")
    with pytest.raises(NotFound):
        opened.report("无此县2023")


def test_reports_are_listed_by_what_they_answer(opened):
    assert len(opened.reports()) == 20 and "text" not in opened.reports().columns
    assert {row["province"] for row in opened.reports(region="浙江")} == {"浙江省"}
    within = opened.reports(year=(2022, 2024))
    assert {row["year"] for row in within} <= {2022, 2023, 2024}
    hits = {hit.report_id for hit in opened.search("label:problem 更新 year:2020..")}
    assert {row["id"] for row in opened.reports("label:problem 更新", year=(2020, None))} == hits
    assert [report.id for report in opened.whole_reports(year=2023)] == [
        row["id"] for row in opened.reports(year=2023)
    ]


@pytest.mark.parametrize(
    "kind",
    ["facts", "counts", "dates", "zeros", "statements", "cells", "problems", "plans", "checks", "panel"],
)
def test_facts_are_those_of_the_table_with_body_and_year(opened, kind):
    rows = list(opened.facts(kind))
    whole = list(opened.table("table_cells" if kind == "cells" else kind))
    heads = {row["id"]: (row["org"], row["year"]) for row in opened.reports()}
    assert [{name: row[name] for name in plain} for row, plain in zip(rows, whole, strict=True)] == whole
    assert [(row["org"], row["year"]) for row in rows] == [heads[row["report_id"]] for row in rows]
    some = list(opened.facts(kind, year=2023))
    key = lambda row: sorted(map(str, row.items()))  # noqa: E731
    assert some and sorted(some, key=key) == sorted((row for row in rows if row["year"] == 2023), key=key)


def test_facts_of_the_reports_that_answer_a_query(opened):
    ids = {hit.report_id for hit in opened.search("微信")}
    rows = opened.facts("counts", "微信")
    assert len(rows) == len(list(rows)) and {row["report_id"] for row in rows} <= ids


@pytest.mark.parametrize("name", ["nothing", "readings", "report_bigrams", 'x"; drop table reports'])
def test_no_such_table_is_said_at_once(opened, name):
    for ask in (opened.table, opened.facts):
        with pytest.raises(NotFound, match="reports"):
            ask(name)


def test_what_belongs_to_no_report_is_no_fact(opened):
    with pytest.raises(NotFound, match=r"archive\.table"):
        opened.facts("runs")
    assert len(opened.table("runs")) == 1


def test_every_table_can_be_read(opened):
    for name, number in opened.tables().items():
        assert len(list(opened.table(name))) == len(opened.table(name)) == number


def test_records_and_figures(opened, archive):
    with Store.open(archive, read_only=True) as store:
        assert list(opened.gaps(kind="missing", year=(2010, 2012))) == list(
            store.gaps(kind="missing", years=(2010, 2012))
        )
        assert list(opened.holdings(region="浙江")) == list(store.holdings(region="浙江"))
        assert list(opened.failures()) == list(store.failures())
        assert opened.stats() == store.stats()
        assert opened.explain("更新 -微博") == store.explain("更新 -微博")


def test_threads_read_at_once(opened):
    def look(number):
        return len(list(opened.search("公开"))), next(iter(opened.facts("counts")))["id"], number

    with ThreadPoolExecutor(8) as threads:
        found = list(threads.map(look, range(64)))
    assert {each[:2] for each in found} == {found[0][:2]} and [each[2] for each in found] == list(range(64))


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system does not fork")
@pytest.mark.filterwarnings("ignore:This process .* is multi-threaded:DeprecationWarning")
def test_a_forked_process_reads_for_itself(opened):
    rows = iter(opened.facts("counts"))
    first = next(rows)
    child = os.fork()
    if child == 0:
        same = next(iter(opened.facts("counts"))) == first and len(opened.search("公开")) > 0
        os._exit(0 if same else 1)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    assert next(rows)["id"] != first["id"] and len(list(opened.reports())) == 20


def test_an_archive_can_be_sent_to_another_process(opened):
    with pickle.loads(pickle.dumps(opened)) as other:
        assert list(other.reports()) == list(opened.reports())


def test_a_listing_outlives_the_name_of_its_archive(archive):
    assert len(list(nianbao.open(archive).search("公开"))) > 10


def test_what_is_closed_says_so(archive):
    with nianbao.open(archive) as one:
        rows = iter(one.facts("counts"))
        next(rows)
        found = one.search("公开")
    with pytest.raises(DatabaseError, match="closed"):
        len(found)
    rows.close()


def test_there_has_to_be_a_database(tmp_path):
    with pytest.raises(DatabaseError, match="no such database"):
        nianbao.open(tmp_path / "none.db")
    assert not (tmp_path / "none.db").exists()


def test_what_is_opened_to_be_read_is_not_written(opened):
    with pytest.raises(DatabaseError, match="write=True"):
        opened.index("data")
    with pytest.raises(DatabaseError, match="write=True"):
        opened.reindex()


def test_a_correction_stands(writable):
    row = writable.facts("statements")[0]
    fields = {"report_id": row["report_id"], "fact": "statements", "start": row["start"], "end": row["end"]}
    writable.correct(Correction(**fields, field="category", new="staff"))
    assert writable.facts("statements")[0]["category"] == "staff"


def test_files_are_indexed(tmp_path):
    folder = tmp_path / "年报"
    folder.mkdir()
    (folder / "甲县2023.txt").write_text(
        "甲县人民政府2023年政府信息公开工作年度报告\n受理申请12件。", "utf-8"
    )
    (folder / "broken.pdf").write_bytes(b"%PDF-1.4 nothing")
    with nianbao.open(tmp_path / "new.db", create=True) as archive:
        outcome = archive.index(folder, jobs=1)
        assert (len(outcome.added), len(outcome.failed)) == (1, 1)
        assert [row["year"] for row in archive.reports()] == [2023]
        assert [failure.path.endswith("broken.pdf") for failure in archive.failures()] == [True]
        assert archive.index([str(folder)], jobs=1).unchanged == outcome.added
        assert archive.reindex(jobs=1).total == 0


def test_what_is_found_shows_itself(opened, archive):
    assert repr(opened) == f"nianbao.open({str(archive)!r})"
    assert repr(opened.search("公开")) == "<Results of '公开' in reports: 20 found>"
    assert repr(opened.table("runs")).startswith("<Rows of runs, 1: id, pipeline")
    assert repr(opened.failures()).startswith("<Records of 0: path, kind")


def test_notebooks_get_escaped_html(store_of_markup):
    with nianbao.open(store_of_markup) as one:
        hits, rows = one.search("年报")._repr_html_(), one.facts("statements")._repr_html_()
        odd = one.search('"<i>"')._repr_html_()
        whole = one._repr_html_()
    assert "<mark>年报</mark>" in hits and "&lt;script&gt;" in hits and "&lt;script&gt;" in rows
    assert "<script>" not in hits + rows + whole and "<i>" not in odd.replace("<i></i>", "")


def test_notebooks_show_the_first_of_many(opened):
    shown = opened.facts("counts")._repr_html_()
    assert shown.count("<tr>") == 21 and f"20 of {len(opened.facts('counts')):,}" in shown


@pytest.fixture
def store_of_markup(tmp_path):
    (tmp_path / "甲县2023.txt").write_text(
        "甲县人民政府2023年政府信息公开工作年度报告\n年报中有<script>alert(1)</script>的写法。", "utf-8"
    )
    with nianbao.open(tmp_path / "odd.db", create=True) as archive:
        assert not archive.index(tmp_path / "甲县2023.txt", jobs=1).failed
    return tmp_path / "odd.db"
