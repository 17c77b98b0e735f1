import pytest
from hypothesis import given
from hypothesis import strategies as st

from nianbao.nlp.reading import Reading
from nianbao.nlp.sections import find_sections
from nianbao.nlp.statements import cut_statements

# Text, and its statements as they stand in the view.
CUTS = {
    "sentences": ("发布信息9条；办理留言3件。欢迎监督！", ["发布信息9条;", "办理留言3件。", "欢迎监督!"]),
    "items": ("一是抓学习，二是抓督查；三是抓考核。", ["一是抓学习,", "二是抓督查;", "三是抓考核。"]),
    "glued items": ("一是人手少二是经费紧三是设备旧。", ["一是人手少", "二是经费紧", "三是设备旧。"]),
    "其一": ("其一，栏目偏少，其二，更新偏慢。", ["其一,栏目偏少,", "其二,更新偏慢。"]),
    "item of its own": ("一是抓学习。全年办班4期。", ["一是抓学习。", "全年办班4期。"]),
    "no item": ("这是全县第一、第二批试点，唯一是乡镇。", ["这是全县第一、第二批试点,唯一是乡镇。"]),
    "lead-in": ("主要做了以下工作：一是建章立制。", ["主要做了以下工作:", "一是建章立制。"]),
    "lead-in of problems": ("还存在以下不足：更新偏慢。", ["还存在以下不足:", "更新偏慢。"]),
    "lead-in with a comma": (
        "工作虽有进展，但仍有一些短板，一是更新偏慢。",
        ["工作虽有进展,但仍有一些短板,", "一是更新偏慢。"],
    ),
    "field, no lead-in": ("在公开内容上，一是突出预算。", ["在公开内容上,一是突出预算。"]),
    "colon inside": ("公开信息30条，其中：文件4条，动态26条。", ["公开信息30条,其中:文件4条,动态26条。"]),
    "主要是 goes on": ("仍有不足，主要是：解读偏少。", ["仍有不足,主要是:解读偏少。"]),
    "主要是 alone": ("问题不少。主要是：解读偏少。", ["问题不少。", "主要是:", "解读偏少。"]),
    "brackets": ("可来信（邮编：100000；地址：南街1号）。", ["可来信(邮编:100000;地址:南街1号)。"]),
    "quotes": ("坚持“谁制作、谁公开。”原则不变。", ["坚持“谁制作、谁公开。”", "原则不变。"]),
    "quote that goes on": ("落实“能公开。尽公开”的要求。", ["落实“能公开。尽公开”的要求。"]),
    "contact": ("地址：南街1号；电话：8123456。", ["地址:南街1号;", "电话:8123456。"]),
    "Latin stops": ("公开工作平稳.群众满意.", ["公开工作平稳.", "群众满意."]),
    "decimals": ("投入1.5万元，增长2.4%。", ["投入1.5万元,增长2.4%。"]),
    "lost stop": ("收到申请2件\n均已答复。", ["收到申请2件", "均已答复。"]),
    "points": ("存在不足：1.人手少，2.经费紧。", ["存在不足:", "人手少,", "经费紧。"]),
    "circles": ("公开①预算公开；②决算公开。", ["公开", "预算公开;", "决算公开。"]),
    "outer enumerators": (
        "1、门户网站：发布80条；\n2、微博：发布9条。",
        ["门户网站:发布80条;", "微博:发布9条。"],
    ),
    "headings": ("（一）主动公开。全年发布60条。", ["全年发布60条。"]),
    "总体要求": ("2019年工作的总体要求是：稳中求进。", ["2019年工作的总体要求是:", "稳中求进。"]),
    "看到": ("我们也清醒看到：财力不足。", ["我们也清醒看到:", "财力不足。"]),
    "主要是 before a list": (
        "还面临不少困难，主要是：财力不足；人才短缺。",
        ["还面临不少困难,主要是:", "财力不足;", "人才短缺。"],
    ),
    "整改情况": ("整改情况：已增设专栏。", ["整改情况:", "已增设专栏。"]),
    "blanks for stops": (
        "改版县门户网站，计划六月上线 加强业务培训 把好审核关",
        ["改版县门户网站,计划六月上线", "加强业务培训把好审核关"],
    ),
    "torn contact": (
        "电子邮箱：\nxxgk@example.gov.cn\n联系电话：8123456",
        ["电子邮箱:xxgk@example.gov.cn", "联系电话:8123456"],
    ),
    "Markdown": ("### 一是抓培训。\n全年办班2期。", ["一是抓培训。", "全年办班2期。"]),
}

LEFT_OUT = [
    "松山区财政局2021年政府信息公开工作年度报告\n",
    "发布日期：2022-01-20 来源：松山区财政局\n",
    "索引号：11000/2022-003\n",
    "松山区财政局\n2022年1月20日\n",
    "二〇二二年一月二十日\n",
    "【打印本页】 【关闭窗口】\n",
    "上一篇：无\n",
    "附件：政府信息公开情况统计表\n",
    "规章 0 0 3\n行政规范性文件 1 0 7\n",
    "——2022年1月8日在松山区第九届人民代表大会第二次会议上\n",
]


PARAGRAPH = "2021年，松山区财政局围绕预算、决算、政府采购和惠民补贴四个方面主动公开各类信息40条，答复群众来信12件，接待现场查阅者近百人次，没有收到书面申请。"


def statements(text, genre="disclosure"):
    reading = Reading(text)
    return [
        (cut, reading.view[cut.start : cut.end])
        for cut in cut_statements(reading, find_sections(reading, genre))
    ]


@pytest.mark.parametrize(("text", "expected"), CUTS.values(), ids=CUTS.keys())
def test_cuts(text, expected):
    assert [quote for _, quote in statements(text)] == expected


@pytest.mark.parametrize("line", LEFT_OUT)
def test_what_is_around_the_text_is_left_out(line):
    alone = [quote for _, quote in statements(PARAGRAPH)]
    assert [quote for _, quote in statements(f"{line}{PARAGRAPH}\n")] == alone
    assert [quote for _, quote in statements(f"{PARAGRAPH}\n{line}")] == alone


def test_siblings_tell_titles_from_statements():
    titles = "（一）明确分工。各科室专人负责。\n（二）加强督查。每季度通报一次。\n"
    points = "（一）明确分工，专人负责。\n（二）加强督查，按季通报。\n"
    assert [quote for _, quote in statements(titles)] == ["各科室专人负责。", "每季度通报一次。"]
    assert [quote for _, quote in statements(points)] == ["明确分工,专人负责。", "加强督查,按季通报。"]


def test_section_heading_and_enumerator():
    text = "五、存在的问题和改进措施\n存在以下不足：一是更新偏慢。\n下一步打算：（1）每周更新。\n六、其他需要报告的事项\n无。"
    assert [(cut.section, cut.heading, cut.enumerator) for cut, _ in statements(text)] == [
        ("problems", "存在的问题和改进措施", ""),
        ("problems", "存在的问题和改进措施 / 存在以下不足", "一是"),
        ("problems", "存在的问题和改进措施 / 下一步打算", "(1)"),
        ("other", "其他需要报告的事项", ""),
    ]


CHAINS = {
    "nested": (
        "三、2019年工作打算\n（一）守住耕地红线。整治撂荒地。\n（二）加强城市管理。疏通管网。\n四、附则\n照此执行。",
        ["2019年工作打算 / 守住耕地红线", "2019年工作打算 / 加强城市管理", "附则"],
    ),
    "points outside items": (
        "1、改进措施\n（一）加强队伍建设。办班2期。\n（二）畅通渠道。增设专栏。\n2、其他事项\n照旧办理。",
        ["改进措施 / 加强队伍建设", "改进措施 / 畅通渠道", "其他事项"],
    ),
    "announced": (
        "明年，将抓好以下工作：\n（一）加强宣传工作。编印手册。\n（二）加强培训工作。办班2期。",
        ["", "明年,将抓好以下工作 / 加强宣传工作", "明年,将抓好以下工作 / 加强培训工作"],
    ),
    "numerals and blanks": (
        "一 公开情况\n公开信息40条。\n二 今后打算\n办好培训班。",
        ["公开情况", "今后打算"],
    ),
    "a point beside headings": (
        "二、改进措施\n1.加强学习。组织信息员学习条例。\n2.完善台账，专人负责。\n3.拓宽渠道。办好公众号。",
        ["改进措施 / 加强学习", "改进措施", "改进措施 / 拓宽渠道"],
    ),
    "address": (
        "二、2020年任务\n（一）抓好春耕。整治撂荒地。\n各位代表！前路可期。",
        ["2020年任务 / 抓好春耕", "2020年任务", "2020年任务"],
    ),
    "parts": (
        "第一部分 2019年工作回顾\n一、经济平稳运行\n工业回升。\n第二部分 2020年工作安排\n一、稳住农业生产\n抓好春耕。",
        ["2019年工作回顾 / 经济平稳运行", "2020年工作安排 / 稳住农业生产"],
    ),
}


@pytest.mark.parametrize(("text", "expected"), CHAINS.values(), ids=CHAINS.keys())
def test_headings_in_force_outermost_first(text, expected):
    assert [cut.heading for cut, _ in statements(text, "work")] == expected


ENDS = [
    "附件\n有关名词解释\n1.“一窗通办”：指一个窗口受理多个部门的事项。\n2.河湖长制：指分级分段负责的制度。\n",
    "责任编辑：李青\n相关链接>>\n本县召开年度工作会议\n打印本页\n",
]


@pytest.mark.parametrize("end", ENDS)
def test_glossaries_and_links_are_left_out(end):
    assert statements(f"{PARAGRAPH}\n{end}")[1:] == []


def test_a_subsection_does_not_hide_the_section_it_stands_in():
    text = "一、总体情况\n（二）依申请公开情况\n收到申请3件。"
    assert [cut.section for cut, _ in statements(text)] == ["overview"]


def test_the_admission_of_a_work_report_stands_in_problems():
    text = "一、2020年工作回顾\n新增就业900人。\n同时，我们也看到，发展还面临一些困难：财力薄弱。\n二、2021年工作安排\n抓好春耕。"
    assert [cut.section for cut, _ in statements(text, "work")] == [
        "overview",
        "problems",
        "problems",
        "other",
    ]


@given(st.text(alphabet="一二是其，。；：“”（）()1.、①\n #情况问题公开9年", max_size=100))
def test_cuts_are_in_order_apart_and_not_empty(text):
    reading, reached = Reading(text), 0
    for cut in cut_statements(reading, find_sections(reading, "disclosure")):
        assert reached <= cut.start < cut.end <= len(reading.view)
        reached = cut.end
