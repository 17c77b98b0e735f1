import sqlite3
from hashlib import sha256

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nianbao.data import store as package
from nianbao.data.errors import DatabaseError, NotFound
from nianbao.data.records import (
    Cell,
    Check,
    Citation,
    Count,
    Date,
    Organisation,
    Person,
    Region,
    Report,
    Section,
    Statement,
    Table,
    Zero,
)
from nianbao.data.store import Correction, Refusal, SourceFile, Store, make_indexed

# SQLite's TEXT holds every character but half a surrogate pair; NUL and emoji among them.
CHARACTERS = st.characters(exclude_categories=["Cs"])
WORDS = st.text(CHARACTERS, max_size=6)
MAYBE = st.none() | WORDS
NUMBERS = st.integers(-(2**63) + 1, 2**63 - 1) | st.floats(allow_nan=False, allow_infinity=False)
PLACES = st.integers(0, 10**6)
SPAN = {"text": WORDS, "start": PLACES, "end": PLACES}
CELL_PLACES = st.none() | PLACES
STATES = st.sampled_from(["value", "zero", "blank", "nil", "absent"])
LABELS = st.sampled_from(["initiative", "problem", "plan", "other"])


def several(record, **fields):
    return st.lists(st.builds(record, **fields), max_size=3).map(tuple)


DATE = {
    **dict.fromkeys(("iso_start", "iso_end", "value", "edtf"), MAYBE),
    "kind": st.sampled_from(["date", "range", "duration"]),
}
CELLS = st.builds(
    Cell,
    **dict.fromkeys(("raw", "unit", "note"), MAYBE),
    value=st.none() | NUMBERS,
    state=STATES,
    start=CELL_PLACES,
    end=CELL_PLACES,
)
TABLES = several(
    Table,
    table=WORDS,
    form=MAYBE,
    cells=st.dictionaries(st.sampled_from(["fees.amount", "a.b.c", "plain"]), CELLS, max_size=3),
    start=CELL_PLACES,
    end=CELL_PLACES,
)
CHECKS = several(
    Check,
    kind=WORDS,
    state=st.sampled_from(["holds", "fails", "not_assessable"]),
    **dict.fromkeys(("left", "right", "difference"), st.none() | st.floats(-1e9, 1e9)),
    cells=st.lists(WORDS, max_size=3).map(tuple),
    message=WORDS,
)
REGIONS = st.none() | st.builds(Region, code=st.just("331121"), province=MAYBE, city=MAYBE, county=MAYBE)


@st.composite
def reports(draw):
    text = draw(st.text(CHARACTERS, max_size=40))
    start = draw(st.integers(0, len(text)))
    end = draw(st.integers(start, len(text)))
    period = st.builds(Date, text=st.just(text[start:end]), start=st.just(start), end=st.just(end), **DATE)
    return Report(
        id=sha256(text.encode()).hexdigest()[:16],
        text=text,
        genre=draw(st.sampled_from(["disclosure", "work"])),
        level=draw(st.none() | st.sampled_from(["province", "county"])),
        year=draw(st.none() | st.integers(2008, 2025)),
        region=draw(REGIONS),
        period=draw(st.none() | period),
        **{name: draw(MAYBE) for name in ("title", "org", "published", "form")},
        **{name: draw(MAYBE) for name in ("index_number", "document_number")},
        **draw(facts()),
    )


def facts():
    label = {"label": LABELS, "category": MAYBE, "confidence": st.floats(0, 1)}
    return st.fixed_dictionaries(
        {
            "sections": several(Section, **SPAN, kind=st.just("proactive"), depth=PLACES, content_end=PLACES),
            "statements": several(Statement, **SPAN, **label, answers=CELL_PLACES),
            "dates": several(Date, **SPAN, **DATE),
            "counts": several(Count, **SPAN, value=NUMBERS, unit=MAYBE, bound=st.just("more"), item=MAYBE),
            "zeros": several(Zero, **SPAN, item=MAYBE),
            "citations": several(Citation, **SPAN, title=MAYBE, number=MAYBE),
            "organisations": several(Organisation, **SPAN),
            "people": several(Person, **SPAN, name=WORDS, title=WORDS),
            "tables": TABLES,
            "checks": CHECKS,
        }
    )


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(report=reports())
def test_comes_back_as_written(put, store, report):
    put(report)
    put(report, path="again")
    assert store.report(report.id) == report


def healthy(path):
    connection = sqlite3.connect(path)
    assert connection.execute("pragma integrity_check").fetchall() == [("ok",)]
    assert connection.execute("pragma foreign_key_check").fetchall() == []
    for table in ("report_bigrams", "statement_bigrams", "report_words"):
        connection.execute(f"insert into {table}({table}) values ('integrity-check')")
    connection.close()


def counts(store):
    found = {name: number for name, number in store.tables().items() if number}
    del found["panel_columns"]
    return found


def terms_left(path):
    """Tokens that the full-text tables still know."""
    connection = sqlite3.connect(path)
    left = 0
    for table in ("report_bigrams", "statement_bigrams", "report_words"):
        connection.execute(f"create virtual table temp.{table}_v using fts5vocab('main', '{table}', 'row')")
        left += connection.execute(f"select count(*) from temp.{table}_v").fetchone()[0]
    connection.close()
    return left


def test_same_text_from_two_files_is_stored_once(put, store):
    first = put("甲乡已公开信息5条。", path="a.txt")
    put("甲乡已公开信息5条。", path="b.txt")
    assert store.stats().reports == 1
    assert store.source("a.txt").report_id == store.source("b.txt").report_id == first.id
    assert store.search("公开").total == 1


def test_changed_file_drops_its_old_report(put, store, path):
    put("甲乡已公开信息5条。", path="a.txt")
    put("甲乡已公布决定6件。", path="a.txt")
    assert store.stats().reports == 1
    assert store.search("信息").total == 0
    assert store.search("决定").total == 1
    healthy(path)


def test_changed_file_leaves_a_report_that_another_has(put, store):
    put("甲乡已公开信息5条。", path="a.txt")
    put("甲乡已公开信息5条。", path="b.txt")
    put("甲乡已公布决定6件。", path="a.txt")
    assert store.stats().reports == 2
    assert store.search("信息").hits[0].report_id == store.source("b.txt").report_id


def test_reading_again_replaces_the_facts(put, store, report_of):
    put("存在短板。", path="a.txt", title="旧题")
    report = report_of("存在短板。", title="新题", zeros=(Zero(text="存", start=0, end=1),))
    put(report, path="a.txt", pipeline="2")
    assert store.report(report.id) == report
    assert store.stats().facts["statements"] == 1
    assert store.source("a.txt").pipeline == "2"


def test_nothing_is_left_in_the_index(put, store, path):
    put("丙县ABC区已公开目录。", path="a.txt", title="丙县报告", org="丙县")
    put("丙县ABC区已公开目录。", path="a.txt", title="丙县年报", org="丙县局")
    failed = SourceFile(path="a.txt", sha256="changed")
    store.fail(failed, Refusal("broken"), "1")
    assert terms_left(path) == 0
    assert counts(store) == {"sources": 1}
    healthy(path)


def test_failure_inside_add_rolls_back(put, store, path, monkeypatch):
    put("已公开第一批。", path="a.txt")
    before = counts(store), terms_left(path)

    def fail(*_, **__):
        raise RuntimeError

    with monkeypatch.context() as patch:
        patch.setattr(package, "write_source", fail)
        for text in ("已公开第二批。", "已公开第一批。"):
            with pytest.raises(RuntimeError):
                put(text, path="a.txt")
    assert (counts(store), terms_left(path)) == before
    healthy(path)


def test_batch_is_seen_when_it_ends(put, store):
    with store.batch():
        put("已公开第一批。", path="a.txt")
        put("已公开第二批。", path="b.txt")
        put("已公开第一批。", path="a.txt", title="再读")
        put("已公布第三批。", path="b.txt")
        assert store.search("批").total == 0
    assert store.stats().reports == 2
    assert [store.search(word).total for word in ("第一", "第二", "第三", "批")] == [1, 0, 1, 2]


def test_batch_is_all_or_nothing(put, store, path):
    before = counts(store)
    with pytest.raises(RuntimeError), store.batch():
        put("已公开第一批。")
        raise RuntimeError
    assert (counts(store), terms_left(path)) == (before, 0)
    put("已公开第二批。")
    assert store.search("批").total == 1


def test_failure_inside_a_batch_takes_back_its_own(put, store, path, monkeypatch):
    put("已公开第〇批。", path="z.txt")
    with store.batch():
        put("已公开第一批。", path="a.txt")
        with monkeypatch.context() as patch:
            patch.setattr(package, "write_source", None)
            for text, file in (
                ("已公开第一批。", "a.txt"),
                ("第三批。", "c.txt"),
                ("已公开第〇批。", "z.txt"),
            ):
                with pytest.raises(TypeError):
                    put(text, path=file)
        store.fail(SourceFile(path="z.txt", sha256="new"), Refusal("broken"), "1")
    assert [store.search(word).total for word in ("〇", "一", "三", "批")] == [0, 1, 0, 1]
    store.fail(SourceFile(path="a.txt", sha256="new"), Refusal("broken"), "1")
    assert terms_left(path) == 0
    healthy(path)


def test_surrogates_are_refused(store):
    source, report = SourceFile(path="a"), Report(id="0" * 16, text="坏\ud800")
    with pytest.raises(DatabaseError, match="surrogate"):
        store.add(source, report, "1", indexed=make_indexed(report.text, [0, 1], None, None))
    assert store.stats().reports == 0


def test_huge_numbers_become_real(put, store, report_of):
    big = Count(text="", start=0, end=0, value=10**40)
    bigger = Count(text="", start=0, end=0, value=10**400)
    report = put(report_of("数字。", counts=(big, bigger)))
    assert [count.value for count in store.report(report.id).counts] == [1e40, float("inf")]


def test_statement_knows_its_section(put, store, section_of):
    text = "总述。已公开。存在不足。"
    sections = (section_of("problems", 0, 12), section_of("proactive", 3, 7, depth=2))
    put(text, sections=sections)
    assert [row["section"] for row in store.rows("statements")] == ["problems", "proactive", "problems"]


def test_rows_deleted_by_hand_leave_no_ghosts(put, store, path):
    put("甲乡已公开。")
    gone = put("乙乡存在短板。", path="b.txt")
    connection = sqlite3.connect(path)
    connection.execute("pragma foreign_keys = on")
    connection.execute("delete from reports where id = ?", (gone.id,))
    connection.commit()
    connection.close()
    put("丙乡将改进。")
    assert store.search("短板").total == store.search("短板", in_="statements").total == 0
    assert store.search("乡").total == store.search("乡", in_="statements").total == 2
    assert store.source("b.txt").report_id is None
    assert not store.source("b.txt").stands
    store.rebuild_index()
    assert store.search("乡", in_="statements").total == 2


def test_indexes_survive_a_rebuild(put, store, path):
    put("丁市已回应关切。", path="a.txt", title="丁市")
    before = terms_left(path)
    connection = sqlite3.connect(path)
    for table in ("report_bigrams", "statement_bigrams", "report_words"):
        connection.execute(f"insert into {table}({table}) values ('rebuild')")
    connection.commit()
    connection.close()
    assert terms_left(path) == before
    store.rebuild_index()
    assert terms_left(path) == before
    assert store.search("回应").total == store.search("应关", in_="statements").total == 1
    healthy(path)


# Sources


def test_source_row(put, store):
    report = put("已公开。", path="a.txt")
    row = store.source("a.txt")
    assert (row.report_id, row.status, row.error, row.pipeline) == (report.id, "ok", None, "1")
    assert row.stands
    assert store.source("b.txt") is None


def test_failure_of_a_new_file(store):
    store.fail(SourceFile(path="a.pdf", size=3, mtime_ns=4, sha256="x"), Refusal("needs a password"), "1")
    row = store.source("a.pdf")
    assert (row.status, row.error, row.report_id) == ("failed", "needs a password", None)
    assert not row.stands


@pytest.mark.parametrize("digest", [None, sha256("已公开。".encode()).hexdigest()])
def test_failure_with_the_same_content_keeps_the_report(put, store, digest):
    report = put("已公开。", path="a.txt")
    store.fail(SourceFile(path="a.txt", size=9, sha256=digest), Refusal("cannot be read"), "2")
    row = store.source("a.txt")
    assert (row.status, row.report_id, row.error) == ("kept", report.id, "cannot be read")
    assert store.search("公开").total == 1
    assert not row.stands


def test_failure_with_new_content_takes_the_report_out(put, store):
    put("已公开。", path="a.txt")
    store.fail(SourceFile(path="a.txt", sha256="new"), Refusal("damaged"), "1")
    assert store.source("a.txt").status == "failed"
    assert store.stats().reports == store.search("公开").total == 0


def test_runs(store):
    run = store.begin_run("1")
    assert next(store.rows("runs"))["ended"] is None
    store.end_run(run, added=3, unchanged=2, failed=1)
    row = next(store.rows("runs"))
    assert (row["id"], row["added"], row["unchanged"], row["failed"]) == (run, 3, 2, 1)
    assert row["ended"] >= row["started"]


# Corrections


def test_correction_outlives_reading_again(put, store):
    report = put("存在短板。", path="a.txt")
    fixed = Correction(report_id=report.id, fact="statements", start=0, end=5, field="label", new="other")
    store.correct(fixed)
    put("存在短板。", path="a.txt", pipeline="2")
    assert store.report(report.id).statements[0].label == "other"
    assert next(store.rows("corrections"))["old"] == "problem"


WRONG = [
    ({"fact": "sources"}, "no facts 'sources'"),
    ({"field": "text"}, "no field 'text'.*label"),
    ({"field": 'label" = 1 --'}, "no field"),
    ({"start": 1}, "nothing in statements"),
]


@pytest.mark.parametrize(("wrong", "message"), WRONG)
def test_correction_of_nothing(put, store, wrong, message):
    report = put("存在短板。")
    fields = {"report_id": report.id, "fact": "statements", "start": 0, "end": 5, "field": "label"} | wrong
    with pytest.raises(NotFound, match=message):
        store.correct(Correction(**fields, new="other"))
    assert counts(store).get("corrections") is None


def test_closed_store_is_the_callers_fault(store):
    store.close()
    with pytest.raises(sqlite3.ProgrammingError):
        store.stats()


def test_reopened(put, store, path):
    report = put("已公开。")
    store.close()
    with Store.open(path) as again:
        assert again.report(report.id) == report
