import json
from importlib import import_module
from pathlib import Path
from xml.etree import ElementTree

import pytest

BENCHMARKS = Path(__file__).parents[1] / "benchmarks"
pytestmark = pytest.mark.skipif(not BENCHMARKS.is_dir(), reason="only a checkout has the benchmarks")
REPORT = "青潭县人民政府2021年政府信息公开工作年度报告\n一、总体情况\n2021年公开信息36条。\n"


@pytest.fixture
def part(monkeypatch):
    monkeypatch.syspath_prepend(BENCHMARKS)
    monkeypatch.setenv("PYTHONWARNINGS", "ignore")
    return lambda name: import_module(f"speeding.{name}")


@pytest.fixture
def files(tmp_path):
    for genre in ("disclosure", "work"):
        (tmp_path / genre).mkdir()
        (tmp_path / genre / "甲.txt").write_text(REPORT, encoding="utf-8")
    return tmp_path


def named(figures):
    return {(figure.name, figure.texts): figure for figure in figures}


@pytest.mark.filterwarnings("ignore:pkg_resources")
def test_the_extraction_is_measured_by_jieba(part, files):
    extraction = part("extraction")
    found = extraction.extraction(1, extraction.genre_files(files), run=lambda work, *given: work(*given))
    figures = named(found)
    assert figures["jieba.lcut", "work"].value == 1
    assert figures["characters", "disclosure"].value == len(REPORT)
    assert figures["nianbao, all facts", "disclosure"].value > 0
    shares = [one.value for one in figures.values() if one.texts == "work, share"]
    assert sum(shares) == pytest.approx(100)


def test_samples_are_told_apart_by_their_names(part, samples):
    files = part("extraction").genre_files(samples)
    assert files["work"] and len(files["disclosure"]) > len(files["work"])


def test_systems_that_are_not_there_say_how_to_get_them(part):
    figure = part("others").figure("JioNLP, times", "work", {"missing": "pip install jionlp"})
    assert part("figures").shown(figure) == "not installed: pip install jionlp"


def test_a_system_reads_until_its_time_is_spent(part):
    read = []
    found = part("read_others").measure(read.append, len, [REPORT] * 3, seconds=-1)
    assert found["characters"] == 0
    found = part("read_others").measure(read.append, len, [REPORT] * 3, seconds=60)
    assert found["characters"] == 3 * len(REPORT)
    assert found["failed"] == 0


def test_a_system_that_fails_is_counted(part):
    def fails(text):
        if text == REPORT:
            raise ValueError

    assert part("read_others").measure(fails, len, [REPORT], seconds=60)["failed"] == 1


def test_speeds_are_held_against_each_other_by_the_baseline(part):
    figures = part("figures")
    own = [figures.Figure("", "nianbao, all facts", "work", 3)]
    other = [figures.Figure("", "JioNLP, times (1.5)", "work", 0.25)]
    [found] = part("others").against(own, other)
    assert (found.name, found.value) == ("JioNLP, times", 12)


def test_a_generated_archive_is_indexed_end_to_end(part, tmp_path):
    indexing = part("indexing")
    archive = indexing.generated(tmp_path / "few", 2)
    assert archive.size == sum(file.stat().st_size for file in archive.folder.rglob("*.txt"))
    done = indexing.run(archive, tmp_path / "few.db", 1)
    assert done.resident is None or done.resident >= done.proportional > 0
    assert indexing.database_size(tmp_path / "few.db") > archive.size


def test_growth_is_by_the_smallest_archive(part, tmp_path, monkeypatch):
    indexing = part("indexing")
    took = iter([indexing.Run(2.0, 3 * 2**20, 2**20), indexing.Run(6.0, None, None)])
    monkeypatch.setattr(indexing, "run", lambda *_: next(took))
    figures = named(indexing.growth(tmp_path, (1, 2)))
    assert figures["by that at 1", "2 reports"].value == 1.5
    assert figures["peak memory, shared pages in each", "1 reports"].value == 3


def test_figures_are_a_table_for_each_part(part):
    figures = part("figures")
    some = [figures.Figure("a", "b", "work", 12.345), figures.Figure("a", "c", "disclosure", 0.5, "MB")]
    assert list(figures.lines(some)) == [
        "| a | work | disclosure |",
        "| --- | ---: | ---: |",
        "| b | 12.3× | – |",
        "| c | – | 0.50 MB |",
        "",
    ]


def test_figures_as_json(part, monkeypatch, capsys):
    speed, figures = import_module("speed"), part("figures")
    monkeypatch.setattr(speed, "measure", lambda *_: [figures.Figure("a", "b", "work", 2.0)])
    speed.main(speed.arguments(["--quick", "--json"]))
    assert json.loads(capsys.readouterr().out)[0]["value"] == 2.0


def test_a_flame_graph_is_one_svg_with_every_wide_function(part):
    drawing = part("drawing")
    stacks = drawing.Stacks({("a (x.py)", "b <c> (y.py)"): 3, ("a (x.py)",): 1})
    assert [tuple(bar) for bar in drawing.bars(stacks)] == [("a (x.py)", 0, 0, 4), ("b <c> (y.py)", 1, 0, 3)]
    root = ElementTree.fromstring(drawing.drawn(stacks))
    titles = [title.text for title in root.iter("{http://www.w3.org/2000/svg}title")]
    assert titles == ["a (x.py) 100.0%", "b <c> (y.py) 75.0%"]
    assert "<script" not in drawing.drawn(stacks)


def test_stacks_begin_with_the_extraction(part):
    part("drawing")
    seen = "main (run.py:3);extract_many (nianbao/nlp/pipeline.py:9);read (/a/site-packages/x/y.py:2) 5"
    assert dict(import_module("flame").stacks(seen)) == {
        ("extract_many (nlp/pipeline.py)", "read (x/y.py)"): 5
    }
