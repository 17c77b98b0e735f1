"""Promises of an archive: each report with the next, evidence at its place, shares."""

from hashlib import sha256

import msgspec
import pytest

import nianbao
from nianbao.data.records import Region, Report, Statement
from nianbao.data.store import SourceFile, Store, make_indexed
from nianbao.nlp.promises import find_promises
from nianbao.nlp.reading import Reading

SEAT = Region(code="330199", province="浙江省", city="杭州市", county="青柳县")
ACTS = {
    2019: [("plan", "举办信息员 培训班。"), ("plan", "改版门户网站。"), ("initiative", "修路3公里。")],
    2020: [
        ("initiative", "信息员培训班办了\n三期。"),
        ("problem", "门户网站改版迟缓。"),
        ("plan", "增设公开查阅点。"),
    ],
    2022: [("initiative", "新建敬老院一所。"), ("plan", "推动公开工作再上新台阶。")],
}


def report_of(org, year, said, genre="disclosure"):
    text, statements = f"{org}{year}年报告\n", []
    for label, sentence in said:
        place = {"start": len(text), "end": len(text) + len(sentence)}
        statements.append(Statement(text=sentence, label=label, category="general", **place))
        text += sentence + "\n"
    key = sha256(text.encode()).hexdigest()[:16]
    fields = {"org": org, "year": year, "genre": genre, "region": SEAT, "title": f"{org}{year}"}
    return Report(id=key, text=text, statements=tuple(statements), **fields)


REPORTS = [
    report_of("青柳县财政局", 2019, ACTS[2019]),
    report_of("杭州市青柳县财政局", 2020, ACTS[2020]),
    report_of("青柳县财政局", 2022, ACTS[2022]),
    report_of("青柳县教育局", 2019, [("plan", "举办信息员培训班。")]),
    report_of("青柳县教育局", 2020, [("initiative", "举办信息员培训班。")], "work"),
]


@pytest.fixture(scope="module")
def db(tmp_path_factory):
    path = tmp_path_factory.mktemp("promises") / "promises.db"
    with Store.open(path, create=True) as store:
        for report in REPORTS:
            reading = Reading(report.text)
            indexed = make_indexed(reading.view, reading.places, report.title, report.org)
            source = SourceFile(path=f"/{report.id}", size=1, mtime_ns=1, sha256=report.id)
            store.add(source, report, "1", indexed=indexed)
    return path


def found(db, **filters):
    with Store.open(db, read_only=True) as store:
        return list(find_promises(store, **filters))


def test_each_report_is_held_against_the_next(db):
    bodies = found(db, org="财政局")
    assert [(body.shares.year, body.shares.next_year) for body in bodies] == [
        (2019, 2020),
        (2020, 2022),
        (2022, None),
    ]
    assert [[one.outcome for one in body.promises] for body in bodies] == [
        ["kept", "problem"],
        ["silent"],
        [],
    ]


def test_a_missing_year_is_told(db):
    assert [body.promises[0].missing for body in found(db, org="财政局")[:2]] == [(), (2021,)]


def test_evidence_stands_at_its_place(db):
    texts = {report.id: report.text for report in REPORTS}
    promises = [one for body in found(db) for one in body.promises]
    quoted = [quoted for one in promises for quoted in (one.plan, *one.evidence)]
    assert len(quoted) > len(promises)
    assert all(texts[one.report_id][one.start : one.end] == one.text for one in quoted)


def test_shares_count_every_outcome(db):
    shares = found(db, org="财政局")[0].shares
    assert (shares.plans, shares.judged, shares.kept, shares.problem, shares.silent) == (2, 2, 1, 1, 0)


def test_genres_are_kept_apart(db):
    [body] = found(db, org="教育局")
    assert (body.shares.next_year, body.shares.plans, body.promises) == (None, 1, ())


@pytest.mark.parametrize(
    ("filters", "years"),
    [
        ({"years": (2020, 2020)}, [2020]),
        ({"years": (2020, None)}, [2020, 2022]),
        ({"genre": "work"}, []),
        ({"region": "3302"}, []),
        ({"region": "杭州", "org": "杭州市青柳县财政局"}, [2019, 2020, 2022]),
    ],
)
def test_filters(db, filters, years):
    assert [body.shares.year for body in found(db, **{"org": "财政局", **filters})] == years


def test_from_python(db):
    with nianbao.open(db) as archive:
        promises = archive.promises("财政局", year=2019)
        assert [one.outcome for one in promises] == ["kept", "problem"]
        assert "outcome" in promises.columns
        assert msgspec.json.decode(msgspec.json.encode(promises[0]))["plan"]["text"] == "举办信息员 培训班。"
