import json
from importlib import import_module
from pathlib import Path

import pytest

from nianbao.data.gold import read_gold

BENCHMARKS = Path(__file__).parents[1] / "benchmarks"
pytestmark = pytest.mark.skipif(not BENCHMARKS.is_dir(), reason="only a checkout has the benchmarks")
PASSAGES = [
    {
        "id": "qingtan-2021-01",
        "year": 2021,
        "text": "2021年,全镇公开信息36条,未收到复议申请。",
        "dates": [{"text": "2021年", "kind": "date", "start": "2021-01-01", "end": "2021-12-31"}],
        "counts": [{"text": "36条", "value": 36, "unit": "条", "bound": "exact", "item": "信息"}],
        "zeros": [{"text": "未收到复议申请", "item": "复议申请"}],
    },
    {
        "id": "luhu-2019-01",
        "year": 2019,
        "text": "年底前依照《陆湖市档案办法》(陆府发〔2018〕7号)整理近500份文件。",
        "dates": [{"text": "年底", "kind": "date", "start": "2019-12-31", "end": "2019-12-31"}],
        "counts": [{"text": "近500份", "value": 500, "unit": "份", "bound": "less", "item": "文件"}],
        "citations": [
            {
                "text": "《陆湖市档案办法》(陆府发〔2018〕7号)",
                "title": "陆湖市档案办法",
                "number": "陆府发〔2018〕7号",
            }
        ],
    },
]


@pytest.fixture
def accuracy(monkeypatch):
    monkeypatch.syspath_prepend(BENCHMARKS)
    return import_module("accuracy")


@pytest.fixture
def passages(tmp_path):
    path = tmp_path / "gold.jsonl"
    path.write_text("\n".join(json.dumps(one, ensure_ascii=False) for one in PASSAGES), encoding="utf-8")
    return read_gold([path])


def peer(accuracy, name):
    return next(one for one in accuracy.PEERS if one.name == name)


def test_every_peer_has_its_loader(accuracy):
    for one in accuracy.PEERS:
        module, _, function = one.load.partition(":")
        assert callable(getattr(import_module(module), function))


def test_plain_regexes_are_scored(accuracy, passages):
    done = accuracy.compare(passages, [peer(accuracy, "plain regexes")], rounds=1)
    (regexes,) = done.systems
    figures = {name: figure.value for name, figure in regexes.figures.items()}
    assert (figures["dates.value.p"], figures["dates.value.r"]) == (1, 0.5)
    assert (figures["counts.full.f1"], figures["counts.item_char_f1"]) == (1, 1)
    assert (figures["zeros.overlap.f1"], figures["citations.number.f1"]) == (1, 1)
    assert "statements.macro_f1" not in figures
    assert regexes.speed > 0
    assert regexes.faults == []


def test_a_system_that_is_not_installed_is_named(accuracy, passages, capsys):
    absent = accuracy.Peer("Absent", "no_such_peer:load", ("dates",), "absent", "absent-dates")
    done = accuracy.compare(passages, [absent, peer(accuracy, "plain regexes")], rounds=0)
    accuracy.print_comparison(done)
    said = capsys.readouterr().out
    assert "Absent is not installed: No module named 'no_such_peer': pip install absent-dates" in said
    assert "plain regexes" in said


def test_a_kind_that_a_system_does_not_give_is_a_dash(accuracy, passages):
    only = peer(accuracy, "plain regexes")._replace(gives=("dates",))
    rows = accuracy.table(accuracy.compare(passages, [only], rounds=0))
    cells = [list(column.cells) for column in rows.columns]
    assert cells[0] == ["plain regexes"]
    assert [cell for (cell,) in cells[4:]] == ["–"] * 7


@pytest.fixture
def ranking(monkeypatch):
    monkeypatch.syspath_prepend(BENCHMARKS)
    return import_module("ranking")


@pytest.mark.parametrize("name", ["judged", "judged_heldout"])
def test_judgements_stand_as_their_rules_have_them(ranking, name):
    judgements = import_module(f"{name}.judgements")
    assert (BENCHMARKS / name / "queries.jsonl").read_text(encoding="utf-8") == judgements.written()


@pytest.mark.parametrize(("kind", "floor"), [("search", 0.94), ("order", 0.91)])
def test_ranking_keeps_its_floor(ranking, tmp_path, kind, floor):
    queries, figures = ranking.searched_and_ordered(tmp_path)[kind]
    means = {name: sum(gains) / len(queries) for name, (gains, _) in figures.items()}
    assert means["ours"] > floor
    assert means["ours"] > max(means["bigrams"], means["jieba"])
