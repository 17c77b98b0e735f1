import pytest

from nianbao.data.errors import ResourceError
from nianbao.data.query import read_query
from nianbao.data.query.tree import And, Not
from nianbao.data.store import asked, headed, search
from nianbao.data.store.asked import name_share, understand
from nianbao.data.store.near_hits import without_words


@pytest.fixture
def archive(store, put):
    """Reports of three bodies, by body and year."""
    said = {
        ("青湾县人力资源和社会保障局", 2021): "技能培训补贴按月公示。",
        ("青湾县人力资源和社会保障局", 2022): "技能培训补贴按月公示，档案托管免费。",
        ("青湾县人民政府", 2022): "部分网站栏目的更新不够及时。",
        ("石泉乡人民政府", 2022): "村道路灯全部修复。",
    }
    return {
        key: put(text, org=key[0], year=key[1], title=f"{key[0]}{key[1]}年政府信息公开工作年度报告").id
        for key, text in said.items()
    }


def test_what_is_found_exactly_is_never_near(store, archive):
    result = store.search("技能培训", near=True)
    assert (result.total, result.near, result.words) == (2, False, ())


def test_near_hits_are_given_only_where_they_are_asked_for(store, archive):
    result = store.search("培训技能补贴")
    assert (result.total, result.hits, result.near, result.words) == (0, (), False, ())


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("青湾县人社局2021年报", ("青湾县人力资源和社会保障局", 2021)),
        ("2022年度青湾县信息公开年报", ("青湾县人民政府", 2022)),
        ("青湾县政府 2022年政府信息公开报告", ("青湾县人民政府", 2022)),
        ("石泉乡年报", ("石泉乡人民政府", 2022)),
        ("网站更新太慢", ("青湾县人民政府", 2022)),
        ("路灯修好", ("石泉乡人民政府", 2022)),
    ],
)
def test_the_nearest_report_comes_first(store, archive, typed, wanted):
    result = store.search(typed, near=True)
    assert result.near
    assert result.hits[0].report_id == archive[wanted]


def test_a_near_result_says_how_the_query_was_cut(store, archive):
    result = store.search("石泉乡2022年报喷泉", near=True)
    assert "2022年" in result.words
    assert "喷泉" in result.absent
    assert "石泉" not in "".join(result.absent)


def test_conditions_hold_for_near_hits(store, archive):
    result = store.search("青湾县人社局年报 year:2022 -路灯", near=True)
    assert {hit.year for hit in result.hits} == {2022}
    assert archive["石泉乡人民政府", 2022] not in {hit.report_id for hit in result.hits}
    assert store.search("路灯修好", years=(2010, 2011), near=True).total == 0


def test_near_statements(store, archive):
    result = store.search("网站更新太慢", in_="statements", near=True)
    assert result.near
    assert result.hits[0].statement_id is not None
    assert "更新不够及时" in result.hits[0].snippet


@pytest.mark.parametrize("asked_for", [{"sort": "year"}, {"in_": "counts"}])
def test_no_near_hits_in_another_order_or_of_other_facts(store, archive, asked_for):
    assert store.search("路灯修好", near=True, **asked_for).near is False


def test_nothing_is_near_to_what_nobody_says(store, archive):
    result = store.search("🦄🦄", near=True)
    assert (result.total, result.near) == (0, False)


def test_pages_of_near_hits(store, archive):
    whole = store.search("青湾县人社局年报", near=True, fold=False)
    pages = [
        store.search("青湾县人社局年报", near=True, fold=False, limit=1, offset=place).hits[0].report_id
        for place in range(whole.total)
    ]
    assert pages == [hit.report_id for hit in whole.hits]


def test_years_words_and_names_are_understood():
    found = understand(["青湾县2019年度报告", "网站更新慢"])
    assert found.years == (2019,)
    assert found.names == ("青湾县", "网站更新慢")
    assert {"青湾县", "网站", "更新"} <= set(found.words)
    assert not any(word.isdigit() for word in found.words)
    assert "站更" in found.pairs


@pytest.mark.parametrize("typed", ["2024年报", "2024年年报", "2024 年报", "2024年度年报", "年报2024"])
def test_a_year_before_the_word_that_begins_with_year(typed):
    found = understand([typed])
    assert found.years == (2024,)
    assert "年报" in found.words


@pytest.mark.parametrize(
    ("name", "better", "worse"),
    [
        ("青湾县", "青湾县人民政府", "青湾县水利局"),
        ("发改委", "青湾市发展和改革委员会", "青湾市水务局"),
        ("青湾县水利局", "青湾县水利局", "青山县水利局"),
        ("石泉县林业局", "石泉县林业局", "石泉县人民政府"),
    ],
)
def test_share_of_a_name(name, better, worse):
    assert 1 >= name_share([name], better) > name_share([name], worse) >= 0


def test_two_characters_cover_nothing_by_chance():
    assert name_share(["公房"], "公安局房管所") == 0
    assert name_share([], "公安局") == 0


def test_conditions_are_what_is_left_without_words():
    assert without_words(read_query("路灯 OR 灯光")) is None
    assert without_words(read_query("路灯 OR year:2020")) is None
    assert without_words(read_query("(路灯 OR year:2020) genre:work")).field == "genre"
    assert isinstance(without_words(read_query("路灯 -灯光")), Not)
    kept = without_words(read_query("路灯 year:2020 report:灯光 org:县"))
    assert isinstance(kept, And)
    assert [part.field for part in kept.parts] == ["year", "org"]


def test_bad_title_word_is_named(tmp_path):
    path = tmp_path / "title_words.txt"
    path.write_text("年报\n年报\n", encoding="utf-8")
    with pytest.raises(ResourceError, match=r"title_words\.txt:2"):
        asked._title_pattern(path)


@pytest.fixture
def very_many(monkeypatch, store, put):
    """Reports of which more are found than are ranked; one names the word in its title."""
    monkeypatch.setattr(search, "_RANKED_MAX", 2)
    years = [2016, 2020, 2018, 2021, 2019]
    return {
        year: put(f"公示{year}年路灯项目。", year=year, title="路灯专报" if year == 2018 else "年报").id
        for year in years
    }


def test_of_very_many_the_titled_come_first_then_the_newest(store, very_many):
    wanted = [very_many[year] for year in (2018, 2021, 2020, 2019, 2016)]
    assert [hit.report_id for hit in store.search("路灯").hits] == wanted
    assert [hit.report_id for hit in store.search("路灯 year:2016..2021").hits] == wanted
    paged = [store.search("路灯", limit=2, offset=place).hits for place in (0, 2, 4)]
    assert [hit.report_id for hits in paged for hit in hits] == wanted


def test_a_title_that_many_have_puts_none_first(monkeypatch, store, very_many):
    monkeypatch.setattr(headed, "_HEADED_MAX", 0)
    assert store.search("路灯").hits[0].report_id == very_many[2021]
