"""The divisions' list: what stands in it, and what its loader refuses."""

from collections import Counter

import pytest

from nianbao.data.errors import ResourceError
from nianbao.data.regions.divisions import (
    divisions,
    misspellings,
    read_divisions,
    read_misspellings,
    read_zones,
    zones,
)

GOOD = "110000\t北京市\t\t北京\t\n110101\t东城区\t110000\t东城\t\n"


def by_code():
    return {division.code: division for division in divisions() if division.until is None}


def test_all_provinces_stand_in_it():
    assert sum(division.depth == 1 for division in divisions()) == 34


def test_the_divisions_in_force_are_as_many_as_the_statistics_bureau_counts():
    depths = Counter(division.depth for division in divisions() if division.until is None)
    assert depths[2] == 333
    assert 2840 <= depths[3] <= 2860


@pytest.mark.parametrize(
    ("code", "name", "parent"),
    [
        ("310115", "浦东新区", "310000"),
        ("321322", "沭阳县", "321300"),
        ("429004", "仙桃市", "420000"),
        ("222400", "延边朝鲜族自治州", "220000"),
        ("659001", "石河子市", "650000"),
    ],
)
def test_a_division_has_its_name_and_parent(code, name, parent):
    assert (by_code()[code].name, by_code()[code].parent) == (name, parent)


@pytest.mark.parametrize("name", ["宣武区", "闸北区", "襄樊市", "平安县", "洪泽县", "下城区", "毕节地区"])
def test_former_divisions_say_until_when(name):
    found = [division for division in divisions() if division.name == name]
    assert found
    assert all(division.until for division in found)


def test_no_statistical_pseudo_division_is_in_it():
    assert not {division.name for division in divisions()} & {"市辖区", "省直辖县级行政区划"}


def test_code_and_name_are_unique():
    pairs = Counter((division.code, division.name) for division in divisions())
    assert max(pairs.values()) == 1


def test_zones_name_known_divisions():
    codes = {division.code for division in divisions()}
    assert zones()["平潭综合实验区"] == "350128"
    assert set(zones().values()) <= codes


def test_misspellings_mean_divisions():
    names = {division.name for division in divisions()}
    assert set(misspellings().values()) <= names
    assert not set(misspellings()) & names


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("11010\t某区\t110000\t\t\n", "six digits"),
        ("110102\t\t110000\t\t\n", "a name"),
        ("110102\t西城区\t110000\t西城\t十年\n", "a year"),
        ("110101\t东城区\t110000\t东城\t\n", "stands twice"),
        ("110102\t西城区\t119900\t西城\t\n", "not the code of the division above"),
        ("110102\t西城区\t\t西城\t\n", "not the code of the division above"),
        ("110102\t西城区\t110000\n", "3 columns"),
    ],
)
def test_a_bad_row_is_refused_with_its_line(tmp_path, row, message):
    path = tmp_path / "divisions.tsv"
    path.write_text("# codes\n" + GOOD + row, encoding="utf-8")
    with pytest.raises(ResourceError, match=rf"divisions\.tsv:4: .*{message}"):
        read_divisions(path)


def test_a_good_file_is_read_whole(tmp_path):
    path = tmp_path / "divisions.tsv"
    path.write_text(GOOD, encoding="utf-8")
    assert [division.depth for division in read_divisions(path)] == [1, 3]


@pytest.mark.parametrize("row", ["某开发区\t999999\n", "某开发区\t110000\n某开发区\t110000\n"])
def test_a_bad_zone_is_refused(tmp_path, row):
    path = tmp_path / "zones.tsv"
    path.write_text(row, encoding="utf-8")
    with pytest.raises(ResourceError, match=r"zones\.tsv:\d: 某开发区"):
        read_zones(path, {"110000"})


@pytest.mark.parametrize("row", ["东城区\t西城区\n", "冻城区\t南城区\n"])
def test_a_misspelling_must_be_wrong_and_mean_a_division(tmp_path, row):
    path = tmp_path / "misspellings.tsv"
    path.write_text(row, encoding="utf-8")
    with pytest.raises(ResourceError, match=r"misspellings\.tsv:1"):
        read_misspellings(path, {"东城区", "西城区"})
