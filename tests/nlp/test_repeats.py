"""What returns: keys, nearness, groups, and repeats of archives made up for it."""

from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

import nianbao.nlp.repeats.nearness as nearness
from nianbao.data.errors import DatabaseError
from nianbao.data.records import Region, Report, Statement
from nianbao.data.store import SourceFile, Store, make_indexed
from nianbao.data.store.repeats import RepeatFilters
from nianbao.nlp.archive import open_archive
from nianbao.nlp.reading import Reading
from nianbao.nlp.repeats import is_set_phrase, make_repeats
from nianbao.nlp.repeats.clusters import gather
from nianbao.nlp.repeats.keys import make_key, names_pattern
from nianbao.nlp.repeats.nearness import alike, near_pairs

FISH = "渔业码头的监控图像在台风天里常常中断，值守人员只能打电话核对船号。"
LAMP = "村口路灯的报修单没有编号，三个月后谁也说不清修了几盏。"
ROAD = "山路养护资金的拨付台账没有按季度登出，施工队要到县里查账。"


def report_of(org, year, *sentences, region=None, **fields):
    text = "\n".join((f"{org}{year}", *sentences))
    statements, at = [], len(f"{org}{year}") + 1
    for sentence in sentences:
        end = at + len(sentence)
        fact = Statement(text=sentence, start=at, end=end, label="problem", category="content")
        statements.append(fact)
        at = end + 1
    return Report(
        id=sha256(text.encode()).hexdigest()[:16],
        text=text,
        org=org,
        year=year,
        region=region,
        statements=tuple(statements),
        **fields,
    )


def put(store, report):
    reading = Reading(report.text)
    indexed = make_indexed(reading.view, reading.places, report.title, report.org)
    source = SourceFile(path=f"/{report.id}.txt", size=1, mtime_ns=1, sha256=report.id)
    store.add(source, report, "1", indexed=indexed)


@pytest.fixture
def repeats_of(tmp_path):
    """The repeats of these reports."""

    def find(*reports, **filters):
        path = tmp_path / f"{len(list(tmp_path.iterdir()))}.db"
        with Store.open(path, create=True) as store:
            for report in reports:
                put(store, report)
            make_repeats(store)
            return list(store.repeats(RepeatFilters(**filters)))

    return find


def shape(repeat):
    return [(chain.org, [(m.year, m.kind) for m in chain.members]) for chain in repeat.chains]


KEYS = [
    ("一是路灯报修单没有编号。", "路灯报修单没有编号;"),
    ("(三)路灯报修单,没有编号", "路灯报修单没有编号"),
    ("2.路灯报修单没有编号", "3、路灯报修单没有编号"),
]


@pytest.mark.parametrize(("one", "other"), KEYS)
def test_counting_off_and_signs_make_no_difference(one, other):
    assert make_key(one, None).plain == make_key(other, None).plain


def test_figures_and_own_names_are_masked():
    names = names_pattern(("甘棠市石桥县水利局", "甘棠市", "石桥县"))
    one = make_key("石桥县全年登出公开信息312条,增长5.2%", names)
    other = make_key("石桥县全年登出公开信息298条,增长52%", names)
    assert one.masked == other.masked == "某全年登出公开信息0条增长0"
    assert one.plain != other.plain


@pytest.mark.parametrize("view", ["无。", "其他事项:无", "2023年1月1日至12月31日", "", "()", "一是"])
def test_what_says_too_little_has_no_key(view):
    assert make_key(view, None) is None


NEAR = [
    (FISH, FISH.replace("常常", "时常"), True),
    (FISH, "据了解，" + FISH, True),
    (FISH, "台风季节里设备也有停电的时候，值班室没有备用电源。" + FISH, True),
    (FISH, LAMP, False),
    (FISH, "渔业码头的台账由新来的会计按月补齐，监控合同明年到期后另行招标。", False),
    ("养护资金没有登出公示", "养护资金没有登出明细", False),
]


@pytest.mark.parametrize(("one", "other", "near"), NEAR)
def test_nearness(one, other, near):
    assert (alike(one, other) > 0) is near


def test_near_pairs_are_found_among_many():
    others = [f"{chr(0x4E00 + 37 * n)}{chr(0x5000 + 91 * n)}" * 9 for n in range(200)]
    pairs = near_pairs([FISH, *others, FISH.replace("电话", "对讲机"), LAMP])
    assert (pairs.one.tolist(), pairs.other.tolist()) == ([0], [201])
    assert 0.8 < pairs.likeness[0] < 1


def test_near_pairs_of_nothing_and_of_one():
    for texts in ([], [FISH], ["短", ""], ["长" * 5000, "长" * 5001]):
        assert len(near_pairs(texts).one) == 0


def test_a_crowd_meets_its_first_ones(monkeypatch):
    monkeypatch.setattr(nearness, "_CROWD", 4)
    texts = [FISH[:-1] + chr(0x7000 + n) for n in range(40)]
    assert gather(texts, near_pairs(texts)) == [list(range(40))]


@given(st.text(min_size=20, max_size=80), st.text(min_size=20, max_size=80))
def test_nearness_is_symmetric_and_certain_of_the_same(one, other):
    assert alike(one, other) == alike(other, one)
    assert alike(one, one) == 1


def test_a_drifting_sentence_does_not_drag_another_in():
    drift = [FISH]
    for n in range(0, 20, 4):
        drift.append(drift[-1][:n] + LAMP[n : n + 4] + drift[-1][n + 4 :])
    [group, *_] = gather(drift, near_pairs(drift))
    assert {0, 1} <= set(group)
    assert len(drift) - 1 not in group


def test_through_the_years_of_a_body(repeats_of):
    years = [
        report_of("石桥县水利局", 2019, FISH, LAMP),
        report_of("石桥县水利局", 2020, FISH, ROAD),
        report_of("石桥县水利局", 2022, FISH.replace("常常", "时常")),
    ]
    [repeat] = repeats_of(*years)
    assert shape(repeat) == [("石桥县水利局", [(2019, "verbatim"), (2020, "verbatim"), (2022, "near")])]
    assert (repeat.years, repeat.run, repeat.bodies, repeat.kind) == (3, 2, 1, "near")
    assert (repeat.label, repeat.category) == ("problem", "content")


def test_every_member_is_a_quotation(repeats_of):
    reports = [report_of("石桥县水利局", year, LAMP, FISH) for year in (2019, 2020)]
    texts = {report.id: report.text for report in reports}
    for repeat in repeats_of(*reports):
        for chain in repeat.chains:
            for member in chain.members:
                assert texts[member.report_id][member.start : member.end] == member.text


def test_figures_apart_from_words(repeats_of):
    said = "全年检修泵站{}座次，更换闸门止水{}米。"
    reports = [report_of("石桥县水利局", 2019 + n, said.format(12 + n, 40 - n)) for n in range(2)]
    [repeat] = repeats_of(*reports)
    assert repeat.kind == "figures"


def test_between_bodies_the_earlier_is_the_first(repeats_of):
    reports = [
        report_of("河口县民政局", 2021, FISH, LAMP),
        report_of("石桥县水利局", 2019, FISH),
        report_of("白塔区司法局", 2021, ROAD),
    ]
    [repeat] = repeats_of(*reports, where="between")
    assert [chain.org for chain in repeat.chains] == ["石桥县水利局", "河口县民政局"]
    assert (repeat.org, repeat.first_year, repeat.bodies) == ("石桥县水利局", 2019, 2)
    assert repeats_of(*reports, where="within") == []


def test_one_body_under_two_names_and_the_same_year_twice(repeats_of):
    seat = Region(code="320813", city="淮安市", county="洪泽区")
    reports = [
        report_of("淮安市洪泽区水利局", 2019, FISH, region=seat),
        report_of("洪泽区水利局", 2020, FISH, region=seat),
        report_of("洪泽区水利局", 2021, FISH, LAMP, region=seat),
        report_of("洪泽区水利局", 2021, LAMP, region=seat, genre="work"),
    ]
    [repeat] = repeats_of(*reports)
    assert (repeat.bodies, repeat.years, repeat.statements) == (1, 3, 3)


def test_reports_of_unknown_body_or_year_are_left_out(repeats_of):
    assert (
        repeats_of(report_of(None, 2019, FISH), report_of("甲局", None, FISH), report_of("乙局", 2020, FISH))
        == []
    )


@pytest.mark.parametrize(
    ("bodies", "archive", "everybody"),
    [
        (1, 1, False),
        (2, 3, False),
        (3, 4, True),
        (4, 16, False),
        (8, 16, True),
        (12, 436, False),
        (22, 436, True),
    ],
)
def test_set_phrases_are_told_by_their_spread(bodies, archive, everybody):
    assert is_set_phrase(bodies, archive) is everybody


def test_set_phrases_are_set_aside_and_still_there(repeats_of):
    reports = [report_of(f"{name}县水利局", 2020, FISH) for name in "东西南北"]
    reports += [report_of("东县水利局", 2021, ROAD), report_of("东县水利局", 2022, ROAD)]
    [kept] = repeats_of(*reports)
    assert kept.text == ROAD
    [phrase] = repeats_of(*reports, set_phrases=True)
    assert (phrase.text, phrase.share, phrase.set_phrase) == (FISH, 1.0, True)
    assert len(repeats_of(*reports, set_phrases=None)) == 2


FILTERS = [
    ({"org": "石桥"}, 2),
    ({"org": "河口"}, 1),
    ({"org": "石桥", "min_years": 2}, 1),
    ({"org": "河口", "min_years": 2}, 0),
    ({"years": (2021, None)}, 1),
    ({"label": "plan"}, 0),
    ({"label": "problem", "category": "content"}, 2),
    ({"category": "staff"}, 0),
    ({"kind": "verbatim"}, 1),
    ({"region": "3208"}, 2),
    ({"region": "53"}, 1),
]


@pytest.mark.parametrize(("filters", "number"), FILTERS)
def test_filters(repeats_of, filters, number):
    here, there = Region(code="320813"), Region(code="532532")
    reports = [
        report_of("石桥县水利局", 2019, FISH, LAMP, region=here),
        report_of("石桥县水利局", 2020, LAMP.replace("谁也", "谁都"), region=here),
        report_of("河口县水利局", 2021, FISH, region=there),
    ]
    assert len(repeats_of(*reports, **filters)) == number


@pytest.fixture
def database(tmp_path):
    path = tmp_path / "repeats.db"
    with Store.open(path, create=True) as store:
        put(store, report_of("石桥县水利局", 2019, FISH, LAMP))
        put(store, report_of("河口县民政局", 2021, FISH, LAMP))
        put(store, report_of("白塔区司法局", 2021, ROAD))
    return path


def test_they_are_kept_until_the_archive_changes(database):
    with Store.open(database) as store:
        assert not store.repeats_current()
        make_repeats(store)
        assert store.repeats_current()
        put(store, report_of("石桥县水利局", 2022, ROAD))
        assert not store.repeats_current()
        make_repeats(store)
        assert sorted(each.text for each in store.repeats()) == sorted((FISH, LAMP, ROAD))


def test_a_database_to_be_read_is_not_changed(database):
    with Store.open(database, read_only=True) as store:
        make_repeats(store)
        assert store.repeats_current() and store.count_repeats() == 2
        with pytest.raises(DatabaseError, match="readonly"):
            put(store, report_of("丁局", 2022, ROAD))
        with Store.open(database) as other:
            put(other, report_of("石桥县水利局", 2022, ROAD))
        assert not store.repeats_current()
        make_repeats(store)
        assert store.count_repeats() == 3
    with Store.open(database, read_only=True) as store:
        assert store.count_repeats() == 0


def test_what_is_kept_hangs_together(database):
    with Store.open(database) as store:
        make_repeats(store)
        tables = {name: list(store.rows(name)) for name in ("repeats", "repeat_chains", "repeat_members")}
        assert [len(rows) for rows in tables.values()] == [2, 4, 4]
        assert store._db.execute("pragma foreign_key_check").fetchall() == []


def test_pairs(database):
    with Store.open(database) as store:
        make_repeats(store)
        [pair] = store.repeat_pairs()
        assert {pair.one, pair.other} == {"石桥县水利局", "河口县民政局"}
        assert (pair.repeats, pair.one_first + pair.other_first) == (2, 2)
        assert pair.characters == pair.distinct_characters > 40
        assert set(pair.examples) == {FISH, LAMP}
        assert list(store.repeat_pairs(RepeatFilters(org="白塔"))) == []
        assert len(list(store.repeat_pairs(RepeatFilters(org="河口")))) == 1


@pytest.mark.parametrize("write", [False, True])
def test_from_python(database, write):
    with open_archive(database, write=write) as archive:
        assert [each.text for each in archive.repeats(org="石桥")] == [FISH, LAMP]
        assert len(archive.repeats("within")) == 0
        assert archive.repeat_pairs()[0].repeats == 2
    with Store.open(database, read_only=True) as store:
        assert store.count_repeats() == (2 if write else 0)
