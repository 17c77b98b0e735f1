import sqlite3
import sys
from pathlib import Path
from shutil import copy
from subprocess import run

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import nianbao
from nianbao.data.errors import QueryError
from nianbao.data.folding import fold
from nianbao.data.records import Region
from nianbao.data.store import SourceFile, Store, fts_match, make_indexed
from nianbao.data.store.bigrams import lower_ascii
from nianbao.nlp.reading import Reading

# Few characters, so that words recur: traditional and simplified, radicals, full width, astral, punctuation.
ALPHABET = "政務务公開开⼀一⾏行信息报報０0年aAbＢ，。、“《%𠮷🎉 "
LINES = st.text(st.sampled_from(ALPHABET), max_size=60)
TEXTS = st.lists(st.lists(LINES, min_size=1, max_size=4).map("\n".join), min_size=1, max_size=5, unique=True)
PLAIN = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@st.composite
def archives(draw):
    """Texts, and words cut out of them or made up."""
    texts = draw(TEXTS)
    text = draw(st.sampled_from(texts))
    start = draw(st.integers(0, len(text)))
    cut = text[start : start + draw(st.integers(1, 20))]
    made = st.text(st.sampled_from(ALPHABET), min_size=1, max_size=3)
    return texts, draw(st.lists(st.just(cut) | made, min_size=1, max_size=3))


def key(text):
    """What a scan looks through: the view, ASCII in lower case."""
    return lower_ascii(Reading(text).view)


def phrases(words):
    return " ".join('"{}"'.format(word.replace('"', '""')) for word in words)


def scan(texts, words):
    """Texts whose view holds each of the words."""
    folded = [key(word.replace("\n", " ")) for word in words]
    return {text for text in texts if all(word in key(text) for word in folded)}


@pytest.fixture
def store_of(new_database, path, report_of):
    """A store of these texts and no others."""

    def make(texts):
        copy(new_database, path)
        store = Store.open(path)
        for number, text in enumerate(texts):
            reading = Reading(text)
            source = SourceFile(path=str(number))
            report = report_of(text)
            indexed = make_indexed(reading.view, reading.places, report.title, report.org)
            store.add(source, report, "1", indexed=indexed)
        return store

    return make


@PLAIN
@given(archive=archives())
def test_finds_what_a_scan_finds(store_of, archive):
    texts, words = archive
    with store_of(texts) as store:
        try:
            found = store.search(phrases(words), limit=10, fold=False)
        except QueryError:
            assert not any(character.isalnum() for word in words for character in word)
            return
        assert {store.report(hit.report_id).text for hit in found.hits} == scan(texts, words)
        assert found.total == len(found.hits)
        check_statements(store, phrases(words), words)


def check_statements(store, query, words):
    rows = {row["id"]: row for row in store.rows("statements")}
    folded = [key(word.replace("\n", " ")) for word in words]
    expected = set()
    for number, row in rows.items():
        reading = Reading(store.report(row["report_id"]).text)
        inside = reading.view[reading.locate(row["start"]) : reading.locate(row["end"])]
        if all(word in lower_ascii(inside) for word in folded):
            expected.add(number)
    found = store.search(query, in_="statements", limit=1000, fold=False)
    assert {hit.statement_id for hit in found.hits} == expected
    assert found.total == len(expected)


@PLAIN
@given(archive=archives())
def test_hits_stand_where_they_say(store_of, archive):
    texts, words = archive
    folded = [key(word.replace("\n", " ")) for word in words]
    with store_of(texts) as store:
        try:
            found = store.search(phrases(words), fold=False)
        except QueryError:
            return
        for hit in found.hits:
            reading = Reading(store.report(hit.report_id).text)
            assert hit.hits
            for (start, end), (a, b) in zip(hit.hits, hit.marks, strict=True):
                assert hit.start <= start < end <= hit.end
                inside = lower_ascii(reading.view[reading.locate(start) : reading.locate(end)])
                assert inside == lower_ascii(fold(hit.snippet[a:b]))
                assert any(word in inside for word in folded)


# Over what stands between the characters

WRITTEN = [
    ("全年办理申请 3119 件", "3119件"),
    ("本机关全年收到并办理的申请共\n计五件，已全部依照规定答复。", "共计五件"),
    ("本机关全年收到并办理的申请共\n- 12 -\n计五件，已全部依照规定答复。", "共计五件"),
    ("政务公开工\n作", "政务 公开"),
    ("政府資訊公開", "政府资讯公开"),
    ("政府信息公开", "政府資訊公開 "[:2]),
    ("⾏政⼀体", "行政一体"),
    ("ＡＢＣ１２３", "abc123"),
    ("Wi-Fi全覆盖", "wI-fI"),
    ("二○二一年", "二〇二一"),
    ("𠮷林县报告", "𠮷"),
    ("𠮷林县报告", "𠮷林"),
    ("公开率100%。", '"100%。"'),
    ("《条例》与《规定》", "《规定"),
    ("甲，乙", "， 乙"),
    ("称“十四五”规划", "“十四五”"),
    ('他说"好"字', '"说""好"'),
    ("政 务", '"政 务"'),
    ("open data", '"open data"'),
    ("政务公开", "＂政务公＂"),
]


@pytest.mark.parametrize(("text", "query"), WRITTEN)
def test_found_however_written(store, put, text, query):
    put(text)
    assert store.search(query).total == 1


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("政务。\n公开", "务公"),
        ("甲公开。\n乙政务", "公开乙"),
        ("公开", "开公"),
        ("甲乙乙丙", "甲乙丙"),
        ("open data", "opendata"),
        ("公开率100。", "100%"),
        ("𠮷林", "林𠮷"),
    ],
)
def test_not_found(store, put, text, query):
    put(text)
    assert store.search(query).total == 0


# Filters


@pytest.fixture
def archive(put, section_of):
    region = Region(code="331121", province="浙江省", city="丽水市", county="青田县")
    text = "已公开目录。存在公开不及时。"
    sections = (section_of("proactive", 0, 6), section_of("problems", 6, 14))
    put(text, year=2020, org="青田县人民政府", region=region, sections=sections)
    put("将及时公开。已建目录。", year=2022, org="宿遷市水利局", region=Region(code="321300", city="宿迁市"))
    put("公开公开公开。", title="无机关")


FILTERS = [
    ({}, 3),
    ({"years": (2020, 2020)}, 1),
    ({"years": (2021, None)}, 1),
    ({"years": (None, 2022)}, 2),
    ({"years": (None, None)}, 3),
    ({"org": "青田"}, 1),
    ({"org": "宿迁市"}, 1),
    ({"org": "不存在"}, 0),
    ({"region": "33"}, 1),
    ({"region": "330000"}, 1),
    ({"region": "3213"}, 1),
    ({"region": "331122"}, 0),
    ({"region": "浙江"}, 1),
    ({"region": "丽水"}, 1),
    ({"region": "青田县"}, 1),
    ({"label": "problem"}, 1),
    ({"label": "initiative"}, 1),
    ({"section": "problems"}, 1),
    ({"section": "problems", "label": "initiative"}, 0),
    ({"years": (2020, 2022), "org": "县", "region": "33", "label": "problem"}, 1),
]


@pytest.mark.parametrize(("filters", "total"), FILTERS)
@pytest.mark.parametrize("in_", ["reports", "statements"])
def test_filters(store, archive, filters, total, in_):
    found = store.search("公开", in_=in_, **filters)
    reports = {hit.report_id for hit in found.hits}
    assert len(reports) == total
    assert in_ == "statements" or found.total == total


def test_words_must_share_a_statement_of_the_label(store, archive):
    assert store.search("目录 及时").total == 2
    assert store.search("目录 及时", in_="statements").total == 0
    assert store.search("公开 及时", label="problem").total == 1
    assert store.search("目录 及时", label="problem").total == 0


def test_hit_names_its_passage(store, archive):
    (hit,) = store.search("不及时", section="problems").hits
    assert (hit.label, hit.section, hit.year, hit.org) == ("problem", "problems", 2020, "青田县人民政府")
    assert (hit.start, hit.end, hit.snippet) == (6, 14, "存在公开不及时。")
    assert hit.hits == ((10, 13),)
    assert hit.marks == ((4, 7),)


def test_heading_has_a_section_but_no_label(store, put, section_of, report_of):
    text = "二、主动公开\n甲乙丙"
    report = report_of(text, sections=(section_of("proactive", 0, len(text)),))
    put(msgspec.structs.replace(report, statements=()))
    (hit,) = store.search("主动公开").hits
    assert (hit.section, hit.label, hit.snippet) == ("proactive", None, "二、主动公开")


# Ranking and pages


def test_title_and_frequency_rank(store, put):
    rest = "本机关依法公布事项，内容涉及教育、交通、环保，群众可在网站查阅。" * 3
    once = put(rest + "另有养老一项。")
    often = put(rest + "养老服务中养老机构与养老补贴，养老一项。")
    titled = put(rest + "涉及养老。", title="養老 工作報告")
    for number in range(6):
        put(rest + f"其他事项{number}。")
    hits = store.search("养老", fold=False).hits
    assert [hit.report_id for hit in hits] == [titled.id, often.id, once.id]
    assert hits[0].score > hits[1].score > hits[2].score > 0


def test_pages(store, put):
    for year in range(2008, 2026):
        put(f"已公开{year}。", year=year)
    everything = [hit.year for hit in store.search("公开", limit=100, fold=False).hits]
    assert everything == sorted(everything, reverse=True)
    pages = [store.search("公开", limit=5, offset=offset, fold=False) for offset in range(0, 20, 5)]
    assert [hit.year for page in pages for hit in page.hits] == everything
    assert {page.total for page in pages} == {18}
    assert store.search("公开", limit=0).hits == ()


def test_snippet_shows_where_the_words_meet(store, put):
    padding = "本段与所求无关而且很长没有句号" * 20
    put(f"政务一词{padding}甲地政务微博与热线合并{padding}微博一词")
    (hit,) = store.search("微博 政务").hits
    assert "甲地政务微博与热线" in hit.snippet
    assert len(hit.snippet) == 80
    assert [hit.snippet[a:b] for a, b in hit.marks] == ["政务", "微博"]


def test_long_statement_is_shown_around_its_hit(store, put):
    padding = "一句极长的话没有停顿" * 40
    put(f"已{padding}设立查阅点{padding}。")
    (hit,) = store.search("查阅点", label="initiative").hits
    assert "设立查阅点" in hit.snippet
    assert len(hit.snippet) == 80


def test_expression_for_other_programs(store, put, path):
    put("政务公开")
    connection = sqlite3.connect(path)
    sql = "select count(*) from reports where number in (select rowid from report_bigrams where report_bigrams match ?)"
    assert connection.execute(sql, (fts_match("务公"),)).fetchone() == (1,)
    connection.close()


def test_explanation(store, put):
    put("政务公开A区")
    put("政务栏目")
    explained = store.explain('政务 "公 开" -栏')
    assert [(part.depth, part.english, part.reports) for part in explained.parts] == [
        (0, "all of", 1),
        (1, 'the word "政务"', 2),
        (1, 'the phrase "公开"', 1),
        (1, "not", 1),
        (2, 'the word "栏"', 1),
    ]
    assert [part.chinese for part in explained.parts] == [
        "以下各项都满足",
        "“政务”",
        "短语“公开”",
        "不满足",
        "“栏”",
    ]
    assert explained.words == ("政务", "公开")
    with pytest.raises(QueryError):
        store.explain("。")


IMPORTS = """
import sys
from nianbao.cli import main
sys.argv = ["nianbao", "search", "公开 NEAR/3 已", "--explain", "--db", sys.argv[1]]
try:
    main()
except SystemExit:
    pass
heavy = {"spacy", "sklearn", "scipy", "numpy", "pandas", "jieba", "rjieba", "docx", "pypdfium2", "lxml"}
print(sorted(heavy & set(sys.modules)), sorted(n for n in sys.modules if n.startswith("nianbao.nlp")))
"""


def test_search_loads_no_heavy_library(store, put, path):
    put("已公开。")
    root = str(Path(nianbao.__file__).parent / ".dev")
    command = [sys.executable, "-c", IMPORTS, str(path)]
    env = {"PYTHONPATH": root, "PYTHONUTF8": "1"}
    done = run(command, env=env, check=True, capture_output=True, encoding="utf-8")
    assert "已公开。" in done.stdout
    assert done.stdout.splitlines()[-1] == "[] []"
