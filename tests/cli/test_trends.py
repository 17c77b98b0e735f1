"""`nianbao trends` and `nianbao plot`: tables, rows for pipes, charts that can be drawn."""

import csv
import importlib.util
import io
import json
import sys
from pathlib import Path

import pytest

from nianbao.cli.charts import fonts, render
from nianbao.cli.charts.theme import bend, word
from nianbao.cli.trend_tables import spark
from nianbao.data.errors import ResourceError, ToolMissing
from nianbao.data.regions.divisions import divisions
from nianbao.data.regions.tiles import read_tiles, tiles

PNG = b"\x89PNG\r\n\x1a\n"
needs_drawing = pytest.mark.skipif(
    importlib.util.find_spec("vl_convert") is None, reason="vl-convert-python is not here"
)


@pytest.fixture(scope="module")
def db(tmp_path_factory):
    sys.path.insert(0, str(Path(__file__).parents[1] / "nlp"))
    from written_years import many_years

    path = tmp_path_factory.mktemp("trends") / "trends.db"
    many_years(path)
    return path


def rows(done):
    return list(csv.DictReader(io.StringIO(done.stdout)))


def test_categories_by_year(nianbao, db):
    done = nianbao("trends", "--db", db, check=0)
    for wanted in ("人员队伍", "2017–2024", "变化", "未写存在问题", "各年都有"):
        assert wanted in done.stdout
    assert "把握不大" not in done.stderr


def test_rows_for_pipes_agree_with_json(nianbao, db):
    found = rows(nianbao("trends", "--db", db, "--csv", check=0))
    whole = json.loads(nianbao("trends", "--db", db, "--json", check=0).stdout)
    assert len(found) == len(whole["points"]) == 8 * len(whole["categories"])
    assert sum(int(row["mentioning"]) for row in found) == sum(
        point["reports"]["hits"] for point in whole["points"]
    )
    assert all(float(row["low"]) <= float(row["share"]) <= float(row["high"]) for row in found)


def test_filters_and_a_category_by_its_label(nianbao, db):
    found = rows(
        nianbao(
            "trends",
            "--db",
            db,
            "--csv",
            "--category",
            "人员队伍",
            "--region",
            "江苏",
            "--year",
            "2020..2021",
        )
    )
    assert {(row["category"], row["group"]) for row in found} == {("staff", "2020"), ("staff", "2021")}
    assert all(row["few"] == "1" for row in found)
    shown = nianbao("trends", "--db", db, "--category", "staff", "--region", "江苏", "--year", "2020")
    assert "不足10份" in shown.stderr
    assert "%" not in shown.stdout.splitlines()[-2]


def test_figures(nianbao, db):
    found = rows(
        nianbao("trends", "--of", "indicators", "--indicator", "本年新收申请", "--db", db, "--csv", check=0)
    )
    assert [row["group"] for row in found] == [str(year) for year in range(2017, 2025)]
    assert all(int(row["number"]) + int(row["blank"]) == int(row["reports"]) for row in found)
    shown = nianbao("trends", "--of", "indicators", "--db", db, check=0)
    assert "合计可能重复" in shown.stderr
    assert "没有一份报告有数：结转下年度" in shown.stderr


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--category", "天气"], "timeliness"),
        (["--of", "indicators", "--indicator", "天气"], "panel_columns"),
    ],
)
def test_what_is_not_known_is_answered_with_what_is(nianbao, db, words, said):
    assert said in "".join(nianbao("trends", "--db", db, *words, check=2).stderr.split())


def test_no_reports(nianbao, db):
    assert "--genre" in nianbao("trends", "--db", db, "--genre", "work", check=0).stderr


@pytest.mark.parametrize("by", ["region", "level", "org"])
@pytest.mark.parametrize("of", ["problems", "indicators"])
def test_groups(nianbao, db, by, of):
    assert nianbao("trends", "--by", by, "--of", of, "--db", db, check=0).stdout


CHARTS = [
    ("categories",),
    ("categories", "--category", "staff"),
    ("categories", "--by", "level"),
    ("categories", "--by", "region", "--category", "staff"),
    ("indicator",),
    ("indicator", "--indicator", "new_requests"),
    ("indicator", "--org", "南京市人民政府"),
    ("indicator", "--by", "region"),
    ("requests",),
    ("gaps",),
    ("provinces",),
    ("provinces", "--category", "staff"),
]


@pytest.mark.parametrize("words", CHARTS, ids=" ".join)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_charts_hold_their_data_and_say_of_how_many(nianbao, db, tmp_path, words, lang):
    out = tmp_path / "chart.json"
    nianbao("plot", *words, "--lang", lang, "--db", db, "--out", out, check=0)
    spec = json.loads(out.read_text(encoding="utf-8"))
    text = json.dumps(spec, ensure_ascii=False)
    assert "http" not in text.replace(spec["$schema"], "")
    assert spec["title"]["text"]
    assert any(sign.isdigit() for sign in spec["title"]["subtitle"])
    assert '"values": [{' in text
    assert "{" not in spec["title"]["text"] + spec["title"]["subtitle"]


@needs_drawing
@pytest.mark.parametrize("words", CHARTS, ids=" ".join)
def test_charts_can_be_drawn(nianbao, db, tmp_path, words, monkeypatch):
    monkeypatch.setattr(render, "installed", lambda: frozenset(["Noto Sans CJK SC"]))
    out = tmp_path / "chart.svg"
    nianbao("plot", *words, "--db", db, "--out", out, check=0)
    drawn = out.read_text(encoding="utf-8")
    assert drawn.startswith("<svg")
    assert "NaN" not in drawn
    assert "undefined" not in drawn


@needs_drawing
def test_pictures_and_pages(nianbao, db, tmp_path, monkeypatch):
    monkeypatch.setattr(render, "installed", lambda: frozenset(["Noto Sans CJK SC"]))
    for name in ("trends.png", "trends.html"):
        nianbao("trends", "--db", db, "--out", tmp_path / name, check=0)
    assert (tmp_path / "trends.png").read_bytes().startswith(PNG)
    page = (tmp_path / "trends.html").read_text(encoding="utf-8")
    assert "<script src=" not in page


def test_a_missing_library_says_what_to_install(nianbao, db, tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "vl_convert", None)
    done = nianbao("plot", "gaps", "--db", db, "--out", tmp_path / "gaps.svg", check=1)
    assert "nianbao[plot]" in done.stderr


def test_a_missing_font_says_what_was_tried(tmp_path, monkeypatch):
    monkeypatch.setattr(render, "installed", frozenset)
    with pytest.raises(ToolMissing, match=r"tried Noto Sans CJK SC.*fonts-noto-cjk.*--font"):
        render._fonts(None, {"title": "年"}, None)
    assert render._fonts(None, {"title": "plain"}, None) == ()


@pytest.mark.parametrize("name", ["chart.gif", "chart", "no/such/folder/chart.json"])
def test_a_file_that_cannot_be(nianbao, db, tmp_path, name):
    assert nianbao("plot", "gaps", "--db", db, "--out", tmp_path / name).returncode == 2


def test_a_font_that_is_none(nianbao, db, tmp_path):
    other = tmp_path / "font.ttf"
    other.write_bytes(b"ttcf\x00\x01")
    assert fonts.families(other) == ()
    assert fonts.families(tmp_path / "none.ttf") == ()


@needs_drawing
def test_a_font_file(nianbao, db, tmp_path):
    held = next(iter(fonts._files()), None)
    if held is None or not fonts.families(held):
        pytest.skip("no font is installed")
    nianbao("plot", "gaps", "--db", db, "--out", tmp_path / "gaps.png", "--font", held, check=0)
    assert (tmp_path / "gaps.png").read_bytes().startswith(PNG)
    bad = nianbao(
        "plot", "gaps", "--db", db, "--out", tmp_path / "gaps.png", "--font", "没有这种字体", check=2
    )
    assert "installed" in bad.stderr


def test_a_tile_for_each_province():
    provinces = {each.code for each in divisions() if each.depth == 1 and each.until is None}
    assert {tile.code for tile in tiles()} == provinces | {"710000", "810000", "820000"}
    assert len({(tile.row, tile.column) for tile in tiles()}) == len(tiles())


@pytest.mark.parametrize(
    "line", ["11\t0\t0\t京\tJ", "110000\t0\tx\t京\tJ", "110000\t0\t0\t京\tJ\n120000\t0\t0\t津\tT"]
)
def test_bad_tiles_are_named(tmp_path, line):
    path = tmp_path / "tiles.tsv"
    path.write_text(line, encoding="utf-8")
    with pytest.raises(ResourceError, match="tiles"):
        read_tiles(path)


def test_small_bars():
    assert spark([0, 1, None, 0.5]) == "▁█·▅"
    assert spark([0.5], 1.0) == "▅"
    assert spark([]) == ""


@pytest.mark.parametrize(
    ("before", "here", "after", "said"),
    [
        (1, 2, 3, "rise"),
        (3, 2, 1, "fall"),
        (1, 2, 1, "peak"),
        (2, 1, 2, "dip"),
        (None, 1, 2, "dip"),
        (None, 1, None, "peak"),
    ],
)
def test_where_a_number_stands(before, here, after, said):
    assert bend(before, here, after) == said


def test_words_have_thousands():
    assert "12,345份报告" in word("basis", "zh", span="", reports=12345, bodies=2)
