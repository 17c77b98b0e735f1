import msgspec
import pytest

from nianbao.data.errors import NotFound


@pytest.fixture
def three(put):
    """Reports of two counties, one of them with two years."""
    return [
        put(
            "甲县2021年已公开。", path="in/甲县/2021.txt", title="甲县2021年报", org="甲县人民政府", year=2021
        ),
        put("甲县2022年已公开。", path="in/甲县/2022.txt", title="年报", org="甲县人民政府", year=2022),
        put("乙縣2022年已公開。", path="in/乙县/2022.txt", title="年报", org="乙縣人民政府", year=2022),
    ]


FOUND = [
    ("in/甲县/2021.txt", 0),
    ("2021.txt", 0),
    ("乙县/2022.txt", 2),
    ("甲县2021年报", 0),
    ("甲县人民政府2022", 1),
    ("甲县 2022年", 1),
    ("乙县人民政府２０２２年度", 2),
    ("乙縣人民政府", 2),
]


@pytest.mark.parametrize(("key", "number"), FOUND)
def test_found_by(store, three, key, number):
    assert store.report(key) == three[number]


@pytest.mark.parametrize("length", [16, 12, 8])
def test_found_by_id_or_its_beginning(store, three, length):
    for report in three:
        assert store.report(report.id[:length]) == report


@pytest.mark.parametrize("key", ["2022.txt", "年报", "甲县人民政府"])
def test_ambiguous_names_list_what_they_could_be(store, three, key):
    with pytest.raises(NotFound, match="any of 2 reports") as error:
        store.report(key)
    assert three[1].id in str(error.value)


NEAR = [
    ("甲县2021年", "甲县2021年报"),
    ("in/甲县/2023.txt", "in/甲县/2022.txt"),
    ("乙县/", "in/乙县/2022.txt"),
    ("zzzz", "The `reports` table lists"),
    ("' or 1=1 --", "The `reports` table lists"),
    ("\ud800", "surrogate"),
]


@pytest.mark.parametrize(("key", "message"), NEAR)
def test_not_found_names_what_comes_near(store, three, key, message):
    with pytest.raises(NotFound) as error:
        store.report(key if "2021年" not in key else "甲县2021年报告书")
    assert message in str(error.value)


def test_empty_store(store):
    with pytest.raises(NotFound):
        store.report("甲县")


def test_doubt_comes_back_as_it_was_written(put, report_of, store):
    report = report_of("甲县已公开。甲县不足。")
    sure, doubted = report.statements
    report = msgspec.structs.replace(
        report, statements=(sure, msgspec.structs.replace(doubted, uncertain=True))
    )
    put(report)
    assert [statement.uncertain for statement in store.report(report.id).statements] == [False, True]
    assert msgspec.json.encode(store.report(report.id)) == msgspec.json.encode(report)
