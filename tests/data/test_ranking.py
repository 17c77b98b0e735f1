import pytest

from nianbao.data.errors import NotFound, QueryError, ResourceError
from nianbao.data.store.alike import are_alike, pieces_of
from nianbao.data.store.order import _nearness, _spoken_of
from nianbao.data.store.ranking import search_terms, search_terms_in
from nianbao.data.store.related import log_likelihood

OTHER = "本乡修缮渠道，安装路灯，整理档案，走访农户，收集建议。"


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("全年举办业务培训4期，培训工作人员120人次。", "全年举办业务培训11期，培训工作人员87人次。", True),
        ("全年举办业务培训4期，培训工作人员120人次。", "网站完成适老化改造，新增语音播报和大字版。", False),
        ("公开12条。", "公开13条。", False),
        ("公开12条。", "公开12条。", True),
    ],
)
def test_alike(one, other, alike):
    assert are_alike(pieces_of(one), pieces_of(other)) is alike


def test_an_item_of_a_list_is_only_mentioned():
    assert _spoken_of("涉及教育、养老、交通。养老床位增加。", [5, 11], 2) == 0.5


def test_nearness():
    assert _nearness([[0], [0]]) == 1
    assert _nearness([[0], [1000]]) == 0
    assert _nearness([[0, 500], [510]]) > _nearness([[0], [40]])


def test_terms_inside_a_query():
    assert "规范性文件" in search_terms_in(["规范性文件清理"])
    assert search_terms_in(["规范性文件"]) == []


def test_bad_term_is_named(tmp_path):
    path = tmp_path / "terms.txt"
    path.write_text("公开指南\n公开\n", encoding="utf-8")
    with pytest.raises(ResourceError, match=r"terms\.txt:2"):
        search_terms(path)


def test_spoken_of_before_mentioned(store, put):
    named = put(OTHER + "涉及交通、养老、教育等事项。")
    spoken = put(OTHER + "县里新增养老床位三百张。")
    assert [hit.report_id for hit in store.search("养老").hits] == [spoken.id, named.id]


def test_near_words_before_far_ones(store, put):
    far = put(f"培训已经办完。{OTHER * 3}经费不足。")
    near = put(f"培训经费下拨。{OTHER * 3}已经办完不足。")
    assert [hit.report_id for hit in store.search("培训 经费", fold=False).hits] == [near.id, far.id]


def test_like_statements_are_folded_and_counted(store, put):
    reports = [
        put(f"{OTHER}全镇举办网格员宣讲活动{year}场，入户发放明白卡。", year=year)
        for year in range(2015, 2022)
    ]
    found = store.search("网格员", in_="statements")
    (hit,) = found.hits
    assert found.total == len(reports)
    assert {hit.report_id, *hit.similar} == {report.id for report in reports}
    assert len(store.search("网格员", in_="statements", fold=False).hits) == len(reports)


def test_one_order_whatever_the_page(store, put):
    for number in range(70):
        put(
            f"第{number}号材料说明养老{'养老' * (number % 5)}，{chr(0x4E00 + number * 7) * 12}。",
            year=1990 + number % 30,
        )
    for fold in (True, False):
        everything = [hit.report_id for hit in store.search("养老", limit=100, fold=fold).hits]
        pages = [store.search("养老", limit=9, offset=offset, fold=fold) for offset in range(0, 81, 9)]
        assert [hit.report_id for page in pages for hit in page.hits] == everything


def test_similar_statements(store, put):
    put("村务公开栏更新迟缓，补贴明细张贴不全。")
    like = put("个别村务公开栏无人管理，补贴明细缺失。")
    put("举办开放日三场，居民代表参加。")
    (first,) = store.search("更新迟缓", in_="statements").hits
    found = store.similar(first.statement_id)
    assert [hit.report_id for hit in found] == [like.id]
    assert store.similar(first.statement_id, limit=0) == ()


def test_similar_of_no_statement(store):
    with pytest.raises(NotFound, match="77"):
        store.similar(77)


def test_related_words(store, put):
    for number in range(8):
        put(f"{OTHER * 4}养老机构新增护理床位{number}张。{OTHER * 4}")
    words = [each.word for each in store.related("养老")]
    assert "床位" in words and "路灯" not in words
    assert store.related("养老", limit=1)[0].reports == 8


def test_related_to_a_field_is_refused(store):
    with pytest.raises(QueryError):
        store.related("year:2020")


def test_log_likelihood_of_what_is_as_frequent_is_nothing():
    assert log_likelihood(5, 100, 50, 1000) == pytest.approx(0)
    assert log_likelihood(10, 100, 5, 1000) > 10.8
