"""The sample archive: every file as its README says, sums right but for the planted fault."""

import re
import unicodedata
from functools import cache
from itertools import pairwise
from pathlib import Path

import lxml.html
import pypdfium2
import pytest

SAMPLES = Path(__file__).parents[2] / "data" / "samples"
LISTED = re.findall(r"^\| `(.+?)` \|(.*)\|$", (SAMPLES / "README.md").read_text("utf-8"), re.M)
FILES = [name for name, _ in LISTED]
ENCODINGS = {
    "市级/天水市人民政府2020年政府信息公开工作年度报告.htm": "gb2312",
    "市级/宜昌市教育局2020年度政府信息公开工作年度报告.txt": "gb18030",
    "县乡/兰考县人民政府2018年政府信息公开工作年度报告.html": "gbk",
}
WITH_REQUESTS = [name for name, row in LISTED if row.split("|")[3].strip() in ("2019", "2021")]
WITH_STATISTICS = [name for name, row in LISTED if "统计表" in row]
FAULTY = "县乡/洋县民政局2024年政府信息公开工作年度报告.html"
CONTRADICTORY = "省级/黑龙江省农业农村厅2025年政府信息公开工作年度报告.pdf"
LARGEST = 400_000


@cache
def text_of(name: str) -> str:
    path = SAMPLES / name
    if path.suffix == ".pdf":
        with pypdfium2.PdfDocument(path) as document:
            pages = [page.get_textpage().get_text_range() for page in document]
        return unicodedata.normalize("NFKC", "\n".join(pages))
    text = path.read_bytes().decode(ENCODINGS.get(name, "utf-8"))
    if path.suffix != ".txt":
        text = " ".join(lxml.html.fromstring(text).itertext())
    return unicodedata.normalize("NFKC", text)


def row(name: str, label: str, width: int = 7) -> list[int]:
    """Numbers after `label` in the requests table; a blank row reads as zeros."""
    table = text_of(name).split("勾稽关系")[1]
    tokens = re.split(r"[\s|]+", table.partition(label)[2])
    numbers = [token for token in tokens if token][:width]
    return [int(number) for number in numbers] if numbers[0].isdigit() else [0] * width


def reviews(name: str) -> list[int]:
    table = text_of(name).partition("四、结转下年度继续办理")[2].partition("复议后起诉")[2]
    found = re.search(r"\d+(?:[\s|]+\d+){14}", table)
    assert found
    return [int(number) for number in re.findall(r"\d+", found.group())]


def balanced(numbers: list[int]) -> list[bool]:
    return [sum(numbers[at : at + 4]) == numbers[at + 4] for at in (0, 5, 10)]


def test_readme_lists_every_file() -> None:
    there = {path.relative_to(SAMPLES).as_posix() for path in SAMPLES.rglob("*") if path.is_file()}
    assert there - {"README.md"} == set(FILES)
    assert len(FILES) >= 14


def test_sizes() -> None:
    assert max(path.stat().st_size for path in SAMPLES.rglob("*") if path.is_file()) < LARGEST


@pytest.mark.parametrize("name", FILES)
def test_readable(name: str) -> None:
    text = text_of(name)
    assert "�" not in text
    assert len(re.findall(r"[一-鿿]", text)) > 700


@pytest.mark.parametrize("name", [name for name in FILES if ".htm" in name])
def test_html_declares_its_encoding(name: str) -> None:
    declared = re.search(rb"charset=[\"']?([\w-]+)", (SAMPLES / name).read_bytes())
    assert declared
    assert declared.group(1).decode().lower() == ENCODINGS.get(name, "utf-8")


@pytest.mark.parametrize(("name", "listed"), LISTED)
def test_year_is_named(name: str, listed: str) -> None:
    text = re.sub(r"\s", "", text_of(name))
    year = listed.split("|")[2].strip()
    assert f"{year}年" in text


@pytest.mark.parametrize("name", WITH_REQUESTS)
def test_requests_balance_in_every_column(name: str) -> None:
    new = row(name, "一、本年新收政府信息公开申请数量")
    carried = row(name, "二、上年结转政府信息公开申请数量")
    handled = row(name, "(七)总计")
    forward = row(name, "四、结转下年度继续办理")
    assert [a + b for a, b in zip(new, carried, strict=True)] == [
        a + b for a, b in zip(handled, forward, strict=True)
    ]
    assert all(sum(numbers[:6]) == numbers[6] for numbers in (new, carried, handled, forward))


@pytest.mark.parametrize("name", WITH_REQUESTS)
def test_review_totals(name: str) -> None:
    assert balanced(reviews(name)) == [name != FAULTY, True, True]


@pytest.mark.parametrize("name", WITH_STATISTICS)
def test_requests_of_the_statistics_list(name: str) -> None:
    def figure(label: str) -> int:
        found = re.search(re.escape(label) + r"\s+\S+\s+(\d+)", text_of(name))
        assert found, label
        return int(found.group(1))

    ways = ("1.当面申请数", "2.传真申请数", "3.网络申请数", "4.信函申请数")
    assert sum(map(figure, ways)) == figure("(一)收到申请数")


def test_series_carries_over() -> None:
    years = [name for name in FILES if name.startswith("泾县/")]
    for before, after in pairwise(years):
        assert row(before, "四、结转下年度继续办理") == row(after, "二、上年结转政府信息公开申请数量")


def test_prose_disagrees_with_table_where_the_readme_says_so() -> None:
    assert "收到政府信息公开申请86件" in re.sub(r"\s", "", text_of(CONTRADICTORY))
    assert row(CONTRADICTORY, "一、本年新收政府信息公开申请数量")[6] == 91


@pytest.mark.parametrize("word", ["专人专管", "更新速度", "三审三校", "政策解读", "依申请公开", "适老化"])
def test_words_worth_searching(word: str) -> None:
    holders = [name for name in FILES if word in re.sub(r"\s", "", text_of(name))]
    assert len(holders) >= 3
