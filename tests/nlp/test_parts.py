"""Compilations are split into their reports; everything that only looks like one stays whole."""

import json
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nianbao.data.readers import read_bytes
from nianbao.data.records import Grid, GridCell, SourceText
from nianbao.nlp.parts import split_reports

ROOT = Path(__file__).parents[2]
SHARED = ROOT.parent / "shared"


def report(title, n=12, opening="根据《政府信息公开条例》的规定，编制本报告。"):
    return (
        f"{title}\n{opening}\n一、总体情况\n全年主动公开信息{n}条，其中规范性文件{n % 5}件。公开栏目每周更新一次。\n"
        f"二、主动公开政府信息情况\n本年未制发规章。\n三、收到和处理政府信息公开申请情况\n收到申请{n % 7}件，均已答复。\n"
        "四、存在的主要问题及改进情况\n解读形式不够多样，下一年将增加图解。\n五、其他需要报告的事项\n无。\n"
    )


def narrative(title):
    return (
        f"{title}\n现将本镇一年来的公开工作报告如下：\n一、概述\n镇里设了公开栏三处。群众来查过几回。\n"
        "二、主动公开情况\n贴出低保名单和救灾款物。村里的账每季一贴。\n三、不足之处和改进措施\n贴得慢。明年月月贴。\n"
    )


def work(title):
    return (
        f"{title}\n各位代表：\n现在，我代表政府向大会作报告，请予审议。\n一、过去一年工作回顾\n修路四十公里。"
        "新建小学两所。粮食丰收。\n二、今年工作安排\n再修三十公里。办好夜校。\n"
    )


def unnumbered(title):
    return (
        f"{title}\n本报告由局办公室编制。\n总体情况\n公开信息三十条。答复来信九封。\n主动公开政府信息情况\n发布年度计划一份。\n"
        "存在的主要问题及改进情况\n目录不全。正在补齐。\n"
    )


def paged(text, lines=6):
    rows = text.splitlines()
    pages = ["\n".join(rows[at : at + lines]) for at in range(0, len(rows), lines)]
    return "".join(f"{page}\n- {n} -\n\f" for n, page in enumerate(pages, 1))


EDUCATION = "云台县教育局2023年政府信息公开工作年度报告"
WATER = "云台县水务局2023年政府信息公开工作年度报告"
FORESTS = "云台县林业和草原局2023年政府信息公开工作年度报告"
CONTENTS = f"云台县2023年政府信息公开年报汇编\n目  录\n{EDUCATION}……1\n{WATER}…………6\n{FORESTS}\t11\n"
LISTED = f"目录\n{EDUCATION}\n{WATER}\n{FORESTS}\n"
OUTLINED = "".join(
    f"{title}\n一、总体情况\n二、主动公开政府信息情况\n三、存在的主要问题及改进情况\n"
    for title in (EDUCATION, WATER)
)

COMPILATIONS = {
    "departments": (report(EDUCATION) + report(WATER) + report(FORESTS), [EDUCATION, WATER, FORESTS]),
    "contents with leaders": (
        CONTENTS + report(EDUCATION) + report(WATER) + report(FORESTS),
        [EDUCATION, WATER, FORESTS],
    ),
    "contents without pages": (
        LISTED + report(EDUCATION) + report(WATER) + report(FORESTS),
        [EDUCATION, WATER, FORESTS],
    ),
    "contents with sections": (OUTLINED + report(EDUCATION) + report(WATER), [EDUCATION, WATER]),
    "preface": (
        "编者的话\n为方便查阅，把各部门的年报编在一起。排名不分先后。有错请指正。\n"
        + report(WATER)
        + report(EDUCATION),
        [WATER, EDUCATION],
    ),
    "years without a body": (
        "".join(report(f"{year}年政府信息公开工作年度报告", year - 2000) for year in (2019, 2020, 2021)),
        [f"{year}年政府信息公开工作年度报告" for year in (2019, 2020, 2021)],
    ),
    "years in Chinese": (
        narrative("柳河镇二〇〇九年政府信息公开工作总结") + narrative("柳河镇二〇一〇年政府信息公开工作总结"),
        ["柳河镇二〇〇九年政府信息公开工作总结", "柳河镇二〇一〇年政府信息公开工作总结"],
    ),
    "year behind": (
        report("青桥区卫生健康委员会政府信息公开年度报告（2020年度）")
        + report("青桥区卫生健康委员会政府信息公开年度报告（2021年度）"),
        [
            "青桥区卫生健康委员会政府信息公开年度报告（2020年度）",
            "青桥区卫生健康委员会政府信息公开年度报告（2021年度）",
        ],
    ),
    "titles of two lines": (
        report("云台县教育局\n2023年政府信息公开工作年度报告")
        + report("云台县水务局\n2023年政府信息公开工作年度报告"),
        ["云台县教育局", "云台县水务局"],
    ),
    "titles of three lines": (
        report("大石乡人民政府\n2015年度\n政府信息公开工作年度报告")
        + report("小石乡人民政府\n2015年度\n政府信息公开工作年度报告"),
        ["大石乡人民政府", "小石乡人民政府"],
    ),
    "titles broken in a word": (
        report("云台县教育局2023年政府信息\n公开工作年度报告")
        + report("云台县水务局2023年政府信息\n公开工作年度报告"),
        ["云台县教育局2023年政府信息", "云台县水务局2023年政府信息"],
    ),
    "titles in brackets": (
        report(f"《{EDUCATION}》") + report(f"《{WATER}》"),
        [f"《{EDUCATION}》", f"《{WATER}》"],
    ),
    "numbered titles": (
        report(f"1.{EDUCATION}") + report(f"2．{WATER}") + report(f"（三）{FORESTS}"),
        [f"1.{EDUCATION}", f"2．{WATER}", f"（三）{FORESTS}"],
    ),
    "attachments to a notice": (
        "关于公布各部门年报的通知\n各科室：现予公布。请查阅。特此通知。\n附件1\n"
        + report(EDUCATION)
        + "附件2\n"
        + report(WATER),
        [EDUCATION, WATER],
    ),
    "Markdown": (report(f"# {EDUCATION}") + report(f"# {WATER}"), [f"# {EDUCATION}", f"# {WATER}"]),
    "full-width digits and blanks": (
        report("云台县教育局２０２３年政府信息公开工作年度报告")
        + report("云台县 水务局 2023 年 政府信息公开 工作年度报告"),
        ["云台县教育局２０２３年政府信息公开工作年度报告", "云台县 水务局 2023 年 政府信息公开 工作年度报告"],
    ),
    "traditional characters": (
        report("雲臺縣教育局2022年政府信息公開工作年度報告")
        + report("雲臺縣水務局2022年政府信息公開工作年度報告"),
        ["雲臺縣教育局2022年政府信息公開工作年度報告", "雲臺縣水務局2022年政府信息公開工作年度報告"],
    ),
    "page marks": (paged(report(EDUCATION) + report(WATER) + report(FORESTS)), [EDUCATION, WATER, FORESTS]),
    "carriage returns": ((report(EDUCATION) + report(WATER)).replace("\n", "\r\n"), [EDUCATION, WATER]),
    "both genres": (
        work("岭东市2021年政府工作报告") + report("岭东市人民政府2021年政府信息公开工作年度报告"),
        ["岭东市2021年政府工作报告", "岭东市人民政府2021年政府信息公开工作年度报告"],
    ),
    "work reports of two years": (
        work("2018年岭东市人民政府工作报告") + work("2019年岭东市人民政府工作报告"),
        ["2018年岭东市人民政府工作报告", "2019年岭东市人民政府工作报告"],
    ),
    "sections without numbers": (unnumbered(EDUCATION) + unnumbered(WATER), [EDUCATION, WATER]),
    "schools": (
        narrative("岭东市第三中学2014年信息公开工作年度报告")
        + narrative("岭东市实验小学2014年信息公开工作年度报告"),
        ["岭东市第三中学2014年信息公开工作年度报告", "岭东市实验小学2014年信息公开工作年度报告"],
    ),
    "signatures between": (
        report(EDUCATION) + "云台县教育局\n2024年1月12日\n" + report(WATER) + "云台县水务局\n2024年1月15日\n",
        [EDUCATION, WATER],
    ),
    "covers": (
        f"{EDUCATION}\n二〇二四年一月\n" + report(EDUCATION) + f"{WATER}\n二〇二四年一月\n" + report(WATER),
        [EDUCATION, WATER],
    ),
}

LINKS = "相关链接\n云台县教育局2021年政府信息公开工作年度报告\n云台县教育局2022年政府信息公开工作年度报告\n"
WHOLE = {
    "one report": report(EDUCATION),
    "links above": LINKS + report(EDUCATION),
    "links below": report(EDUCATION) + LINKS,
    "previous and next": report(EDUCATION) + f"上一篇：{WATER}\n下一篇：{FORESTS}\n",
    "attachments named": report(EDUCATION) + f"附件：\n1.{WATER}\n2.{FORESTS}\n",
    "page's title and the article's": f"{EDUCATION}\n发布时间：2024-01-20\n"
    + report("2023年政府信息公开工作年度报告"),
    "title on every page": "".join(
        f"{EDUCATION}\n{part}" for part in re.split(r"(?=[三四]、)", report(EDUCATION))
    ),
    "shorter title on every page": EDUCATION
    + "\n"
    + "2023年政府信息公开工作年度报告\n".join(re.split(r"(?=[一二三四]、)", report("前言"))),
    "contents of one report": f"目录\n一、总体情况……1\n二、主动公开政府信息情况……2\n{EDUCATION}\n"
    + report(EDUCATION),
    "citations": report(EDUCATION) + f"本报告参照了以下文本。\n《{WATER}》\n《云台县2022年政府工作报告》\n",
    "a list of reports": LISTED + "以上报告可在网站查阅。查阅请预约。谢谢。\n",
    "titles in sentences": report(EDUCATION)
    + "另见云台县水务局2023年政府信息公开工作年度报告\n。一、总体情况\n略。略。略。\n",
    "a decision on the work report": work("2019年岭东市人民政府工作报告")
    + "岭东市人民代表大会关于政府工作报告的决议\n一、同意。\n二、照办。完。\n",
    "an interpretation": work("2019年岭东市人民政府工作报告")
    + "解读2019年政府工作报告\n一、过去一年工作回顾\n好。好。好。\n二、今年工作安排\n好。\n",
    "another report's statistics": report(EDUCATION)
    + "云台县2023年政府信息公开情况统计表\n一、主动公开情况\n12\n二、依申请公开情况\n3\n",
    "named neither body nor year": work("政府工作报告") + work("政府工作报告"),
    "other kinds of report": report(EDUCATION) + report("云台县教育局2023年法治政府建设工作报告"),
    "the same report twice": report(EDUCATION) * 2,
    "summary before the report": f"{EDUCATION}\n摘要：公开12条。答复3件。没有诉讼。\n" + report(EDUCATION),
    "a title without a report": report(EDUCATION) + f"{WATER}\n（未报送）\n",
    "sections that begin in the middle": report(EDUCATION)
    + report(WATER).replace("一、总体情况\n", "").replace("二、", "三、"),
}


def source(text, **fields):
    return SourceText(text=text, format="text", **fields)


@pytest.mark.parametrize("name", COMPILATIONS)
def test_a_compilation_comes_apart(name):
    text, titles = COMPILATIONS[name]
    parts = split_reports(source(text))
    assert [part.text.splitlines()[0] for part in parts] == titles
    assert all(part.text in text for part in parts)
    assert all(part.text.count("一、") <= 1 for part in parts)


@pytest.mark.parametrize("name", COMPILATIONS)
def test_a_part_does_not_come_apart_again(name):
    for part in split_reports(source(COMPILATIONS[name][0])):
        assert split_reports(part) == (part,)


@pytest.mark.parametrize("name", WHOLE)
def test_what_is_one_report_stays_whole(name):
    whole = source(WHOLE[name])
    assert split_reports(whole)[0] is whole


def test_the_last_part_keeps_what_follows_it():
    *_, last = split_reports(source(report(EDUCATION) + report(WATER) + LINKS))
    assert last.text.endswith("云台县教育局2022年政府信息公开工作年度报告")


def test_grids_move_with_their_part():
    text = report(EDUCATION) + report(WATER) + "类别\t件数\n"
    start = text.index("类别")
    cells = (
        GridCell(text="类别", start=start, end=start + 2),
        GridCell(text="件数", start=start + 3, end=start + 5),
    )
    whole = source(text, grids=(Grid(rows=((*cells, GridCell(text="")),), start=start, end=start + 5),))
    first, second = split_reports(whole)
    assert first.grids == ()
    [grid] = second.grids
    assert second.text[grid.start : grid.end] == "类别\t件数"
    assert [second.text[cell.start : cell.end] for cell in grid.rows[0][:2]] == ["类别", "件数"]
    assert grid.rows[0][2].start is None


def test_titles_in_a_table_begin_nothing():
    text = report(EDUCATION) + report(WATER)
    at = text.index(WATER)
    cell = GridCell(text=WATER, start=at, end=at + len(WATER))
    whole = source(text, grids=(Grid(rows=((cell,),), start=at, end=at + len(WATER)),))
    assert split_reports(whole) == (whole,)


def test_only_what_concerns_all_is_kept():
    fields = {"发布机构": "云台县人民政府办公室", "索引号": "X01/2024-3", "发布日期": "2024-03-01"}
    whole = source(report(EDUCATION) + report(WATER), fields=fields, title="汇编", encoding="utf-8")
    for part in split_reports(whole):
        assert (part.fields, part.title, part.encoding) == (
            {"发布机构": "云台县人民政府办公室"},
            None,
            "utf-8",
        )


def test_a_page_of_several_reports():
    rows = (report(EDUCATION) + report(WATER)).splitlines()
    html = "<html><head><title>汇编</title></head><body><div>" + "".join(f"<p>{row}</p>" for row in rows)
    parts = split_reports(read_bytes(f"{html}</div></body></html>".encode(), "汇编.html"))
    assert [part.text.splitlines()[0] for part in parts] == [EDUCATION, WATER]


@settings(max_examples=30, deadline=None)
@given(
    st.lists(
        st.sampled_from(["教育", "水务", "财政", "民政", "审计", "统计", "气象", "林业"]),
        unique=True,
        min_size=2,
        max_size=6,
    )
)
def test_as_many_parts_as_reports(names):
    texts = [report(f"云台县{name}局2023年政府信息公开工作年度报告", n) for n, name in enumerate(names, 1)]
    assert [part.text + "\n" for part in split_reports(source("".join(texts)))] == texts


@given(st.text("报告年\n2023一、。总结 　（）", max_size=300))
def test_parts_are_pieces_of_the_text(text):
    assert all(part.text in text for part in split_reports(source(text)))


@pytest.mark.parametrize("path", sorted((ROOT / "data" / "samples").rglob("*.*")), ids=lambda path: path.name)
def test_samples_stay_whole(path):
    if path.name != "README.md":
        assert len(split_reports(read_bytes(path.read_bytes(), path.name))) == 1


@pytest.mark.parametrize(
    "path", sorted((ROOT / "tests" / "gold").glob("*.jsonl")), ids=lambda path: path.name
)
def test_passages_stay_whole(path):
    for line in path.read_text(encoding="utf-8").splitlines():
        assert len(split_reports(source(json.loads(line).get("text", "")))) == 1


def test_real_reports_stay_whole():
    if not SHARED.is_dir():
        pytest.skip("the shared samples are not on this machine")
    for path in (SHARED / "samples").rglob("*.txt"):
        assert len(split_reports(source(path.read_text(encoding="utf-8")))) == 1
