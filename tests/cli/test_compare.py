"""`nianbao compare`: side by side on a wide terminal, one below the other on a narrow one, Markdown, JSON."""

import json
import re

import pytest

from nianbao.cli import comparison_tables
from nianbao.cli.comparison_words import difference, held
from nianbao.data.store import Store
from nianbao.nlp.compare import Held, IndicatorChange


@pytest.fixture(scope="module")
def pair(archive):
    """Two reports of one body, from the sample archive."""
    with Store.open(archive, read_only=True) as store:
        reports = [one for one in store.year_reports() if one.genre == "disclosure"]
        bodies = {}
        for one in reports:
            bodies.setdefault(one.body, []).append(one.id)
        return next(ids[:2] for ids in bodies.values() if len(ids) > 1)


@pytest.mark.parametrize("width", [60, 140])
def test_terminal(nianbao, archive, pair, width, monkeypatch):
    monkeypatch.setattr(comparison_tables.stdout, "_width", width)
    done = nianbao("compare", *pair, "--db", archive, check=0)
    for wanted in ("全文相同度", "数字", "存在问题", "段落"):
        assert wanted in done.stdout
    assert "段相同" in done.stderr


def test_json_has_every_place(nianbao, archive, pair):
    found = json.loads(nianbao("compare", *pair, "--db", archive, "-f", "json", check=0).stdout)
    with Store.open(archive, read_only=True) as store:
        texts = {side: store.report(found[side]["id"]).text for side in ("left", "right")}
    assert found["statements"]
    assert found["indicators"]
    for one in found["statements"]:
        for side in ("left", "right"):
            if one[side]:
                assert texts[side][one[side]["start"] : one[side]["end"]] == one[side]["text"]


def test_markdown(nianbao, archive, pair):
    text = nianbao("compare", *pair, "--db", archive, "--format", "markdown", check=0).stdout
    assert text.startswith("# ")
    assert "| 指标 |" in text
    assert re.search(r"`\[\d+-\d+\)`", text)


def test_everything(nianbao, archive, pair):
    some, every = (
        nianbao("compare", *pair, "--db", archive, "-f", "markdown", *more).stdout
        for more in ((), ("--all",))
    )
    assert len(every) > len(some)


def test_a_report_that_is_not_there(nianbao, archive, pair):
    assert "没有的县2020" in nianbao("compare", pair[0], "没有的县2020", "--db", archive, check=2).stderr


def changed(left, right):
    known = left is not None and right is not None
    return IndicatorChange(
        source="table", column="granted", chinese="予以公开", english=None, unit="件",
        left=Held(state="value" if left is not None else "blank", value=left), right=Held(state="value", value=right),
        difference=right - left if known else None, ratio=(right - left) / left if known and left else None,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("left", "right", "said"),
    [(20, 30, "+10（+50%）"), (20, 20, "不变"), (1, 3, "+2"), (0, 5, "+5"), (None, 5, "·"), (550, 9487, "+8,937（×17.2）"),
     (7730.28, 7545, "-185.28（-2%）")],
)  # fmt: skip
def test_how_a_change_is_said(left, right, said):
    assert difference(changed(left, right)) == said


@pytest.mark.parametrize(
    ("one", "said"),
    [(Held(state="blank"), "空"), (Held(state="nil", raw="—"), "—"), (Held(state="absent"), "·"), (Held(state="zero", value=0), "0"),
     (Held(state="value", value=1234), "1,234"), (Held(state="value", value=300, bound="about"), "约300")],
)  # fmt: skip
def test_how_a_figure_is_said(one, said):
    assert held(one, None) == said
