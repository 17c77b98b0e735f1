import pytest

from nianbao.data.errors import EmptyText, LimitExceeded
from nianbao.data.readers import read_bytes
from nianbao.data.records import SourceText

TITLE = "云溪县林业局2022年政府信息公开工作年度报告"
PROSE = [
    "一、总体情况",
    "2022年，我局主动公开政府信息214条，其中通过政府网站公开180条，政务新媒体公开34条。",
    "全年举办业务培训2次，参训57人次。",
    "四、政府信息公开行政复议、行政诉讼情况",
    "无。",
    "五、存在的主要问题及改进情况",
    "个别科室更新不及时。下一步，将每季度通报一次。",
]
MADE = """<table border="1"><tbody><tr><td colspan="3">第二十条第（一）项</td></tr>
<tr><th>信息内容</th><th>本年制发件数</th><th>现行有效件数</th></tr>
<tr><td><p>规章</p></td><td><p><span>0</span></p></td><td>&nbsp;</td></tr>
<tr><td>行政规范性<br/>文件</td><td> 3 </td><td>12</td></tr></tbody></table>"""
MADE_ROWS = [
    ["第二十条第（一）项"],
    ["信息内容", "本年制发件数", "现行有效件数"],
    ["规章", "0", ""],
    ["行政规范性文件", "3", "12"],
]
NAV = '<div class="nav"><ul><li><a href="/">首页</a></li><li><a>要闻，动态</a></li></ul></div>'
FOOT = '<div class="footer"><p>主办：云溪县人民政府办公室，电话：0839-7200000</p><p>蜀ICP备00000000号，网安备案</p></div>'
SIDE = '<div class="sidebar"><ul>' + "<li><a>关于防火、防汛工作的通知</a></li>" * 6 + "</ul></div>"


def body(tag: str = "p", attributes: str = "") -> str:
    first, *rest = (f"<{tag}{attributes}>　　{line}</{tag}>" for line in PROSE)
    return "\n".join([first, *rest[:2], MADE, *rest[2:]])


def trs() -> str:
    return f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>{TITLE}_云溪县人民政府</title>
<meta name="ArticleTitle" content="{TITLE}"><meta name="PubDate" content="2023-01-16 09:30">
<script>var a = "脚本，不是正文。";</script><style>p {{ color: red }}</style></head><body>{NAV}
<div class="location">您现在的位置：<a>首页</a> &gt; <a>政务公开</a></div>
<table class="xxgk"><tr><td>索&nbsp;引&nbsp;号：</td><td>008/2023-00017</td><td>主题分类：</td><td>其他</td></tr>
<tr><td>发布机构：</td><td>县林业局</td><td>成文日期：</td><td>2023年1月12日</td></tr>
<tr><td>文　　号：</td><td></td><td>有效性：</td><td>有效</td></tr></table>
<h1 class="title">{TITLE}</h1><div class="info"><span>发布日期：2023-01-17</span> <span>来源：县林业局</span>
<span>浏览次数：<i>23</i></span> <span>字体：[<a>大</a> <a>中</a> <a>小</a>]</span></div>
<div class="view TRS_UEDITOR trs_web"><div class="TRS_Editor">{body()}</div></div>
<div class="share">分享到：<a>微信</a></div><div class="print"><a>打印</a></div>{SIDE}{FOOT}</body></html>"""


def hanweb() -> str:
    return f"""<html><head><meta http-equiv="Content-Type" content="text/html; charset=gb2312">
<title>云溪县人民政府 政务公开 {TITLE}</title></head><body><table width="1000"><tr><td>{NAV}</td></tr>
<tr><td width="200">{SIDE}</td><td><table><tr><td class="title" align="center">{TITLE}</td></tr>
<tr><td>日期：2023-01-16　来源：县林业局　字号：[ 大 中 小 ]</td></tr>
<tr><td class="bt_content"><div id="zoom">{body("p", ' style="text-indent:2em"')}</div></td></tr>
<tr><td>【打印】【关闭】</td></tr></table></td></tr><tr><td colspan="2">{FOOT}</td></tr></table></body></html>"""


def kaipu() -> str:
    return f"""<!doctype html><html><head><meta charset="UTF-8"><title>{TITLE}</title></head><body>
<header><div class="logo"></div>{NAV}</header><main><dl><dt>索引号：</dt><dd>008/2023-00017</dd>
<dt>发布机构：</dt><dd>云溪县林业局</dd><dt>发文字号</dt><dd>云林〔2023〕2号</dd></dl>
<div class="pages_title">{TITLE}</div><div id="UCAPCONTENT">{body()}</div>
<div style="display: none">隐藏的文字，不显示。</div></main>{FOOT}</body></html>"""


def epoint() -> str:
    return f"""<html><head><meta charset="utf-8"/><title>{TITLE} - 云溪县政务公开网</title></head><body>
<form id="form1">{NAV}<div class="ewb-location">当前位置：首页 > 政府信息公开</div>
<h2 class="ewb-article-tt">{TITLE}</h2><p>【信息时间：2023-01-16】【阅读次数：12】【关闭】</p>
<ul><li><b>索引号：</b>008-2023-17</li><li><b>发布机构：</b>云溪县林业局</li></ul>
<div class="ewb-article-info">{body("div")}</div>
<div class="prevnext"><p>上一篇：无</p><p>下一篇：<a>关于防火、防汛工作的通知</a></p></div>{FOOT}</form></body></html>"""


def wordpress() -> str:
    return f"""<!DOCTYPE html><html lang="zh-CN"><head><meta charset="utf-8"><title>{TITLE} – 云溪林业</title></head>
<body><header><h1 class="site-title">云溪林业</h1></header><nav>{NAV}</nav><article class="post">
<h1 class="entry-title">{TITLE}</h1><div class="entry-content">{body()}</div>
<footer>标签：年报</footer></article><aside>{SIDE}</aside>{FOOT}</body></html>"""


def unnamed() -> str:
    return f"""<html><head><meta charset="utf-8"><title>详情页</title></head><body><div id="app">
<div class="a1"><a href="/">首页</a></div><div class="a2"><div>{TITLE}</div><div><section>{body("section")}</section>
</div></div></div></body></html>"""


PAGES = {
    "trs": trs().encode(),
    "hanweb": hanweb().encode("gbk", "xmlcharrefreplace"),
    "kaipu": kaipu().encode(),
    "epoint": epoint().encode(),
    "wordpress": wordpress().encode(),
    "unnamed": unnamed().encode("utf-16"),
}
FURNITURE = [
    "首页",
    "要闻",
    "主办",
    "ICP",
    "防火",
    "分享",
    "打印",
    "上一篇",
    "浏览",
    "字号",
    "隐藏",
    "脚本",
    "标签",
]


def page(inner: str) -> SourceText:
    source = read_bytes(
        f"<html><head><meta charset='utf-8'></head><body>{inner}</body></html>".encode(), "a.html"
    )
    for cell in (cell for grid in source.grids for row in grid.rows for cell in row):
        assert source.text[cell.start : cell.end] == cell.text
    return source


@pytest.mark.parametrize("system", PAGES)
def test_the_article_alone_comes_out_whole(system: str) -> None:
    source = read_bytes(PAGES[system], f"{system}.html")
    rows = ["\t".join(row) for row in MADE_ROWS]
    assert source.text.split("\n") == [TITLE, *PROSE[:3], *rows, *PROSE[3:]]
    assert source.title == TITLE
    assert not [word for word in FURNITURE if word in source.text]


@pytest.mark.parametrize("system", PAGES)
def test_tables_are_grids_in_the_text(system: str) -> None:
    source = read_bytes(PAGES[system], f"{system}.html")
    (grid,) = source.grids
    assert [[cell.text for cell in row] for row in grid.rows] == MADE_ROWS
    assert grid.rows[0][0].colspan == 3
    assert source.text[grid.start : grid.end] == "\n".join("\t".join(row) for row in MADE_ROWS)
    for cell in (cell for row in grid.rows for cell in row):
        assert source.text[cell.start : cell.end] == cell.text


@pytest.mark.parametrize(
    ("system", "fields"),
    [
        (
            "trs",
            {
                "索引号": "008/2023-00017",
                "主题分类": "其他",
                "发布机构": "县林业局",
                "成文日期": "2023年1月12日",
                "有效性": "有效",
                "发布日期": "2023-01-17",
                "来源": "县林业局",
                "标题": TITLE,
            },
        ),
        ("hanweb", {"日期": "2023-01-16", "来源": "县林业局"}),
        ("kaipu", {"索引号": "008/2023-00017", "发布机构": "云溪县林业局", "发文字号": "云林〔2023〕2号"}),
        ("epoint", {"信息时间": "2023-01-16", "索引号": "008-2023-17", "发布机构": "云溪县林业局"}),
        ("wordpress", {}),
    ],
)
def test_stated_fields(system: str, fields: dict[str, str]) -> None:
    assert read_bytes(PAGES[system], f"{system}.html").fields == fields


@pytest.mark.parametrize(
    ("inner", "text"),
    [
        ("<p>甲<b>乙</b>丙</p><p>丁</p>", "甲乙丙\n丁"),
        ("甲<br>乙<br/><br>丙", "甲\n乙\n丙"),
        ("<div>甲<div>乙</div>丙</div>丁", "甲\n乙\n丙\n丁"),
        ("<ul><li>一是<a>甲</a>；<li>二是乙。</ul>", "一是甲；\n二是乙。"),
        ("<p>公开\n   3\t件</p>", "公开 3 件"),
        ("<p>&nbsp;&nbsp;　　首行缩进&emsp;</p>", "首行缩进"),
        ("<pre>甲\n  乙\n\n丙</pre>", "甲\n乙\n丙"),
        ("<p>甲</p><!-- 注释 --><script>x</script>尾", "甲\n尾"),
        ("<p>3&lt;5&#x4EF6;</p>", "3<5件"),
        ("<table><tr><td>版面左栏</td></tr><tr><td>版面下栏</td></tr></table>", "版面左栏\n版面下栏"),
    ],
)
def test_blocks_break_lines_and_inline_elements_do_not(inner: str, text: str) -> None:
    assert page(inner).text == text


def test_a_layout_table_is_taken_apart_and_the_data_inside_kept() -> None:
    source = page(f"<table><tr><td>左，栏。</td><td>{MADE}</td></tr></table>")
    assert source.text.startswith("左，栏。\n第二十条")
    assert [len(grid.rows) for grid in source.grids] == [4]


def test_prose_set_in_two_columns_is_no_data() -> None:
    column = "<p>本机关逐项落实公开要求，完善制度，接受监督。</p>" * 30
    source = page(f"<table><tr><td>{column}</td><td>{column}</td></tr></table>")
    assert source.grids == ()
    assert source.text.count("\n") == 59


def test_a_caption_stands_before_its_table() -> None:
    source = page("<table><caption>收费情况（单位：元）</caption><tr><td>合计</td><td>0</td></tr></table>")
    assert source.text == "收费情况（单位：元）\n合计\t0"
    assert source.text[source.grids[0].start :] == "合计\t0"


@pytest.mark.parametrize(
    ("attributes", "spans"),
    [
        ('rowspan="2" colspan="3"', (2, 3)),
        ('rowspan="0"', (1, 1)),
        ('colspan="x"', (1, 1)),
        ('colspan="2;"', (1, 2)),
        ('rowspan="99999"', (1000, 1)),
    ],
)
def test_spans_are_read_as_written_within_reason(attributes: str, spans: tuple[int, int]) -> None:
    cell = page(f"<table><tr><td {attributes}>甲</td><td>乙</td></tr></table>").grids[0].rows[0][0]
    assert (cell.rowspan, cell.colspan) == spans


def test_a_page_without_an_article_comes_out_whole() -> None:
    inner = '<div class="nav">公告栏</div><div>县林业局<span>联系方式</span></div><div class="footer">办公室</div>'
    assert page(inner).text == "公告栏\n县林业局联系方式\n办公室"


def test_an_article_named_like_furniture_is_kept() -> None:
    assert page(f'<div class="print page">{body()}</div>').text.split("\n")[:3] == PROSE[:3]


def test_an_article_that_a_script_would_unhide_is_kept() -> None:
    inner = f'<div id="detail" style="display:none">{body()}</div><p>加载中，请稍候。</p>'
    assert PROSE[1] in page(inner).text


@pytest.mark.parametrize(
    "last",
    [
        MADE,
        "<p>下一步，我局将完善制度、加强培训、严格审核，确保应当公开的政府信息及时、准确、全面地公开。</p>",
    ],
)
def test_what_stands_beside_the_named_content_is_not_lost(last: str) -> None:
    source = page(
        f"<div><div id='zoom'>{body() * 3}</div><div class='more'>{last}</div></div><div>版权所有</div>"
    )
    whole = page(f"<div>{body() * 3}{last}</div>")
    assert (source.text, len(source.grids)) == (whole.text, len(whole.grids))


def test_a_title_over_two_lines_is_not_repeated() -> None:
    source = page(f"<h1>{TITLE}</h1><div id='zoom'><p>{TITLE[:6]}</p><p>{TITLE[6:]}</p>{body()}</div>")
    assert source.text.startswith(f"{TITLE[:6]}\n{TITLE[6:]}\n一、")


def test_the_declared_encoding_is_checked_against_the_bytes() -> None:
    declared = trs().replace('charset="utf-8"', 'charset="gb2312"').encode()
    source = read_bytes(declared, "a.html")
    assert (source.encoding, source.title) == ("utf-8", TITLE)


@pytest.mark.parametrize("inner", ["", "<script>render()</script><div id='app'></div>", "<img src='a.jpg'>"])
def test_a_page_that_shows_nothing_is_empty(inner: str) -> None:
    with pytest.raises(EmptyText, match=r"a\.html: "):
        page(inner)


def test_tags_nested_without_end_are_told() -> None:
    with pytest.raises(LimitExceeded, match="nested too deep"):
        page("<span>" * 4000 + "字")


def test_unclosed_tags_a_thousand_deep_are_read() -> None:
    assert page("<font>" * 1000 + "深处的文字，仍在。").text == "深处的文字，仍在。"


def test_a_label_and_its_value_in_tags_of_their_own_are_a_field() -> None:
    page = (
        "<html><body><ul><li><b>索引号</b><span>007/2024-00012</span></li>"
        "<li><b>公开日期</b><span>2024-01-18</span></li></ul>"
        "<div class='content'><h1>云溪县林业局年度报告</h1><p>全年公开造林信息四十六条，群众来电咨询九十余次。</p></div></body></html>"
    )
    fields = read_bytes(page.encode(), "page.html").fields
    assert (fields["索引号"], fields["公开日期"]) == ("007/2024-00012", "2024-01-18")
