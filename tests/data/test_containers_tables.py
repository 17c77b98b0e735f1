from datetime import date

import pytest
from openpyxl import Workbook

from nianbao.data.containers import container_of, unpack
from nianbao.data.errors import BrokenFile, EmptyText, UnknownFormat
from nianbao.data.limits import DEFAULT_LIMITS

REPORT = "一、总体情况\n本局全年公开信息三十一条。"


@pytest.fixture
def rows(tmp_path):
    """(name, text, fields) of each member of a file with such content."""
    folder = tmp_path / "spool"
    folder.mkdir()

    def rows(name, content, text_column=None):
        path = tmp_path / name
        if isinstance(content, Workbook):
            content.save(path)
        else:
            path.write_bytes(content if isinstance(content, bytes) else content.encode())
        members = unpack(path, name, folder, DEFAULT_LIMITS, text_column)
        return [
            (one.name, one.path.read_text("utf-8") if one.path else type(one.error), one.fields)
            for one in members
        ]

    return rows


CSV = f'单位,年份,正文,备注\n来安县水务局,2022,"{REPORT}",无\n凤台县统计局,2021,,\n\n怀远县司法局,2020,"第一句，""引""。",甲\n'
CSV_ROWS = [
    ("2", REPORT, {"发布机构": "来安县水务局", "year": "2022", "备注": "无"}),
    ("3", EmptyText, {"发布机构": "凤台县统计局", "year": "2021"}),
    ("5", '第一句，"引"。', {"发布机构": "怀远县司法局", "year": "2020", "备注": "甲"}),
]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_csv_in_every_encoding(rows, encoding):
    assert rows("表.csv", CSV.encode(encoding)) == CSV_ROWS


@pytest.mark.parametrize("delimiter", ["\t", ";", "|"])
def test_other_delimiters(rows, delimiter):
    assert rows("表.tsv", CSV.replace(",", delimiter)) == CSV_ROWS


def test_a_title_over_the_header(rows):
    found = rows(
        "表.csv", f"全县年报汇总,,\n单位,正文,网址\n甲局,{REPORT.replace(chr(10), '')},http://a.cn/1\n"
    )
    assert [(name, fields) for name, _, fields in found] == [
        ("3", {"发布机构": "甲局", "url": "http://a.cn/1"})
    ]


def test_nul_characters_are_dropped(rows):
    assert rows("表.csv", "正文,年份\n甲\x00乙,2020\n")[0][1] == "甲乙"


def test_the_named_column_wins(rows):
    assert rows("表.csv", "正文,备注\n甲,乙\n", "备注") == [("2", "乙", {"正文": "甲"})]


@pytest.mark.parametrize(
    ("name", "content"), [("表.csv", "编号,摘要\n1,甲\n"), ("表.jsonl", '{"编号": 1, "摘要": "甲"}\n')]
)
def test_without_a_text_column_the_columns_are_named(rows, name, content):
    with pytest.raises(UnknownFormat, match=r"编号、摘要.*--text-column"):
        rows(name, content)


def test_an_endless_cell_is_told(rows):
    with pytest.raises(BrokenFile, match="quotes"):
        rows("表.csv", '正文\n"' + "甲乙丙丁戊\n" * 900_000)


LINES = f'{{"text": {REPORT!r}, "org": "甲局", "year": 2020}}\n'.replace("'", '"')


@pytest.mark.parametrize("name", ["甲.jsonl", "甲.ndjson", "甲.json"])
def test_json_lines(rows, name):
    found = rows(name, LINES + "\n{坏\n" + '{"text": null, "org": "乙局"}\n')
    assert found == [
        ("1", REPORT, {"发布机构": "甲局", "year": "2020"}),
        ("3", BrokenFile, {}),
        ("4", EmptyText, {"发布机构": "乙局"}),
    ]


@pytest.mark.parametrize(
    "whole",
    [
        '[{"正文": "甲"}, {"正文": ["乙", "丙"]}]',
        '{"total": 2, "data": [{"正文": "甲"}, {"正文": ["乙", "丙"]}]}',
    ],
)
def test_json_arrays(rows, whole):
    assert rows("甲.json", whole) == [("1", "甲", {}), ("2", "乙\n丙", {})]


def test_deep_nesting_is_told(rows):
    with pytest.raises(BrokenFile):
        rows("甲.json", "[" * 200_000)


def workbook():
    book = Workbook()
    sheet = book.active
    sheet.title = "年报"
    sheet.append(["单位", "日期", "报告 正文"])
    sheet.append(["甲局", date(2021, 1, 5), REPORT])
    sheet.append([None, None, None])
    sheet.append(["乙局", None, None])
    book.create_sheet("说明").append(["无关"])
    return book


def test_workbooks_with_a_text_column(rows):
    assert rows("表.xlsx", workbook()) == [
        ("2", REPORT, {"发布机构": "甲局", "发布日期": "2021-01-05"}),
        ("4", EmptyText, {"发布机构": "乙局"}),
    ]


def test_rows_of_several_sheets_are_named_by_sheet(rows):
    book = workbook()
    book["说明"].append(["正文"])
    book["说明"].append(["甲"])
    assert [name for name, *_ in rows("表.xlsx", book)] == ["年报!/2", "年报!/4", "说明!/3"]


def test_a_workbook_without_texts_is_no_container(tmp_path):
    book = Workbook()
    book.active.append(["受理", "答复"])
    book.save(tmp_path / "附表.xlsx")
    assert container_of(tmp_path / "附表.xlsx") is None
