"""The page of a report: the text unchanged, every fact marked at its place, what is written in it shown as text."""

import html
import re
from hashlib import sha256

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nianbao.cli.web.alone import report_page, text_page
from nianbao.cli.web.languages import language
from nianbao.cli.web.marking import KINDS, marked_lines
from nianbao.data.records import Check, Count, Date, Report, Section, Statement
from nianbao.data.store import Store

TEXT = "一、总体情况\n2023年公开信息312条。更新还不够及时。"
HOSTILE = "<script>alert(1)</script>\"'&amp;<img src=x onerror=alert(1)>\x00\x0b\x1b[31m{{ 7*7 }}</style>"


def report(text=TEXT, **fields):
    return Report(id=sha256(text.encode()).hexdigest()[:16], text=text, **fields)


def written(lines):
    return "\n".join("".join(piece.text for piece in (*line.heading, *line.pieces)) for line in lines)


@st.composite
def reports(draw):
    """Texts with spans anywhere in them: overlapping, nested, empty, over line ends."""
    text = draw(st.text("甲乙\n ，12", max_size=40))
    places = st.tuples(st.integers(0, len(text)), st.integers(0, len(text))).map(sorted)
    spans = draw(st.lists(places, max_size=6))
    found = {"text": "", "dates": [], "counts": [], "statements": [], "sections": []}
    for number, (start, end) in enumerate(spans):
        place = {"text": text[start:end], "start": start, "end": end}
        kind = ("dates", "counts", "statements", "sections")[number % 4]
        rest = {
            "dates": (Date, {"kind": "date"}),
            "counts": (Count, {"value": 1}),
            "statements": (Statement, {"label": "problem"}),
            "sections": (Section, {"kind": "other", "depth": 1, "content_end": len(text)}),
        }[kind]
        found[kind].append(rest[0](**place, **rest[1]))
    del found["text"]
    return report(text, **{kind: tuple(facts) for kind, facts in found.items()})


@settings(max_examples=300, deadline=None)
@given(report=reports())
def test_the_pieces_are_the_text(report):
    lines = marked_lines(report, language("zh"))
    assert written(lines) == report.text
    pieces = [piece for line in lines for piece in (*line.heading, *line.pieces)]
    anchors = [piece.anchor for piece in pieces if piece.anchor]
    assert len(anchors) == len(set(anchors))
    assert all(piece.text for piece in pieces)


@settings(max_examples=300, deadline=None)
@given(report=reports())
def test_a_piece_bears_what_covers_it(report):
    at = 0
    for line in marked_lines(report, language("en")):
        for piece in (*line.heading, *line.pieces):
            small = [*report.dates, *report.counts]
            covering = [fact for fact in small if fact.start <= at and at + len(piece.text) <= fact.end]
            assert len(piece.marks) == len(covering)
            at += len(piece.text)
        at += 1


def test_facts_are_told():
    facts = {
        "dates": (Date(text="2023年", start=7, end=12, kind="date", edtf="2023"),),
        "counts": (Count(text="312条", start=16, end=20, value=312, unit="条", item="信息"),),
        "statements": (
            Statement(
                text=TEXT[21:], start=21, end=30, label="problem", category="timeliness", confidence=0.5
            ),
        ),
    }
    page = report_page(report(**facts), "zh")
    assert 'id="f7" href="#f7" data-told="日期 · 2023"' in page
    assert 'data-told="数量 · 312 条 · 信息"' in page
    assert 'title="存在问题 · 更新时效 · 50%"' in page
    assert 'id="f21"' in page


def test_a_failed_check_leads_to_its_places():
    check = Check(kind="prose", state="fails", message="文中312，表中300", places=((16, 20),))
    page = report_page(report(checks=(check,)), "en")
    assert re.search(r'<a class="fact wrong" id="f16" [^>]*data-told="✗ 文中312，表中300"', page)
    assert '<a href="#f16">[16, 20)</a>' in page


@pytest.mark.parametrize("field", ["title", "org", "index_number", "text"])
@pytest.mark.parametrize("part", ["whole", "summary"])
def test_what_a_report_says_is_text(field, part):
    fields = {field: HOSTILE} if field != "text" else {}
    page = report_page(report(HOSTILE if field == "text" else TEXT, **fields), "zh", part)
    assert "<script" not in page
    assert "<img" not in page
    assert page.count("</style>") == 1
    assert "script-src" not in page
    assert "default-src 'none'" in page


@pytest.fixture(scope="module")
def samples(archive):
    with Store.open(archive, read_only=True) as store:
        return [store.report(row["id"]) for row in store.rows("reports")]


def test_every_fact_of_the_samples_has_a_place(get, samples):
    for each in samples[:6]:
        page = get(f"/-/report/{each.id}", lang="zh").text
        anchors = set(re.findall(r'id="f(\d+)"', page))
        facts = [fact for kind in (*KINDS, "statements") for fact in getattr(each, kind)]
        assert {str(fact.start) for fact in facts} <= anchors
        assert set(re.findall(r'href="#f(\d+)"', page)) <= anchors


def test_a_failing_cell_leads_to_its_reason(get, samples):
    wrong = next(each for each in samples if any(c.state == "fails" and c.cells for c in each.checks))
    page = get(f"/-/report/{wrong.id}", lang="en").text
    number = re.search(r'class="number \w+ wrong"><a href="#check(\d+)"', page).group(1)
    reason = re.search(rf'<li id="check{number}".*?</li>', page, re.S).group()
    messages = [check.message for check in wrong.checks if check.state == "fails"]
    assert any(message in html.unescape(reason) for message in messages)


def test_a_report_is_found_by_what_people_call_it(get, samples):
    assert get(f"/-/report/{samples[0].id[:8]}").status_code == 200
    assert get("/-/report/没有这个").status_code == 404
    assert get("/-/report/' or 1=1 --").status_code == 404


def test_a_page_is_written_whole_or_not_at_all(nianbao, archive, samples, tmp_path):
    out = tmp_path / "a.html"
    nianbao("report", samples[0].id, "--db", archive, "--html", out, check=0)
    assert out.read_text(encoding="utf-8").startswith("<!DOCTYPE html>")
    before = out.read_bytes()
    assert "--force" in nianbao("report", samples[1].id, "--db", archive, "--html", out, check=2).stderr
    assert out.read_bytes() == before
    nianbao("report", samples[1].id, "--db", archive, "--html", out, "--force", check=0)
    assert out.read_bytes() != before
    nianbao("report", samples[1].id, "--db", archive, "--html", tmp_path / "no" / "a.html", check=2)
    assert [path.name for path in tmp_path.iterdir()] == ["a.html"]


def test_summaries_are_pages_too(nianbao, archive, samples, tmp_path):
    nianbao("summary", samples[0].id, "--db", archive, "--html", tmp_path / "a.html", check=0)
    nianbao("summary", "--org", "泾县", "--db", archive, "--html", tmp_path / "b.html", check=0)
    for name in ("a.html", "b.html"):
        page = (tmp_path / name).read_text(encoding="utf-8")
        assert "default-src 'none'" in page
        assert "<script" not in page
        assert "<li>" in page
    assert (
        "--force"
        in nianbao(
            "summary", "--query", "更新", "--db", archive, "--html", tmp_path / "a.html", check=2
        ).stderr
    )


def test_what_a_text_says_is_text():
    page = text_page(f"# {HOSTILE}\n\n- {HOSTILE}\n\n[a](javascript:alert(1))")
    assert "<script" not in page
    assert "<img" not in page
    assert 'href="javascript' not in page
