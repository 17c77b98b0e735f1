"""Charts for pages: the specification that `plot` writes, the rows behind it, and what is refused."""

import csv
import io
import json

import pytest

from nianbao.cli.charts import chart_rows, row_columns
from nianbao.cli.web.kept import Kept

ASKED = [
    ("requests", {}),
    ("indicator", {}),
    ("indicator", {"by": "region", "indicator": "new_requests"}),
    ("categories", {}),
    ("categories", {"of": "initiatives", "by": "region"}),
    ("categories", {"category": ["staff", "timeliness"], "year": "2020..2024"}),
    ("gaps", {"region": "安徽"}),
    ("provinces", {}),
    ("provinces", {"category": "staff", "of": "plans"}),
]
BODY = "泾县人民政府"


def options(parameters):
    for name, value in parameters.items():
        for each in value if isinstance(value, list) else [value]:
            yield from (f"--{name}", each)


@pytest.mark.parametrize(("kind", "parameters"), ASKED)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_it_is_the_chart_that_the_command_draws(get, nianbao, archive, tmp_path, kind, parameters, lang):
    out = tmp_path / "chart.json"
    words = (*options(parameters), "--lang", lang, "--db", archive, "--out", out)
    nianbao("plot", kind, *words, check=0)
    answer = get(f"/-/chart/{kind}.json", lang=lang, **parameters)
    assert answer.headers["content-type"].startswith("application/json")
    assert answer.json() == json.loads(out.read_text(encoding="utf-8"))


@pytest.mark.parametrize(("kind", "parameters"), ASKED)
def test_the_rows_are_those_of_the_specification(get, kind, parameters):
    rows = chart_rows(get(f"/-/chart/{kind}.json", lang="zh", **parameters).json())
    answer = get(f"/-/chart/{kind}.csv", lang="zh", **parameters)
    assert answer.headers["content-type"].startswith("text/csv")
    assert answer.text.startswith("\ufeff")
    written = list(csv.DictReader(io.StringIO(answer.text.removeprefix("\ufeff"))))
    plain = [
        {name: "" if row.get(name) is None else str(row[name]) for name in row_columns(rows)} for row in rows
    ]
    assert written == plain
    assert rows


def test_a_body_is_that_one_exactly(get):
    spec = get("/-/chart/requests.json", body=BODY, lang="zh").json()
    assert BODY in spec["title"]["text"]
    assert "1个机构" in spec["title"]["subtitle"]
    # A part of the name is no body, though `org` finds it.
    assert get("/-/chart/requests.json", body=BODY[1:]).status_code == 404
    assert get("/-/chart/requests.json", body=BODY, at="110000").status_code == 404
    assert get("/-/chart/requests.json", org=BODY[1:], lang="zh").json()["title"] != spec["title"]


REFUSED = [
    ("pie", {}, 404),
    ("requests%00", {}, 404),
    ("categories", {"by": "moon"}, 400),
    ("categories", {"of": "<script>"}, 400),
    ("categories", {"category": "天气"}, 400),
    ("indicator", {"indicator": "x' or 1=1 --"}, 400),
    ("requests", {"genre": "work; drop table reports"}, 400),
    ("requests", {"year": "then"}, 400),
    ("requests", {"year": "2020..123456"}, 400),
    ("gaps", {"year": "1..2"}, 400),
    ("requests", {"q": "更新 ("}, 400),
    ("requests", {"body": "没有这个机构"}, 404),
    ("requests", {"db": "other"}, 404),
]


@pytest.mark.parametrize(("kind", "parameters", "status"), REFUSED)
@pytest.mark.parametrize("form", ["json", "csv"])
def test_what_cannot_be_is_told_as_json(get, kind, parameters, status, form):
    answer = get(f"/-/chart/{kind}.{form}", **parameters)
    assert answer.status_code == status
    assert answer.json()["error"]
    assert "content-security-policy" in answer.headers


def test_years_left_open_are_those_there_are(get):
    whole = get("/-/chart/gaps.json", lang="zh").json()
    assert get("/-/chart/gaps.json", lang="zh", year="..").json() == whole


def test_an_archive_of_nothing_has_charts_of_nothing(empty):
    for kind in ("requests", "indicator", "categories", "gaps", "provinces"):
        assert empty(f"/-/chart/{kind}.json").status_code == 200
        assert empty(f"/-/chart/{kind}.csv").status_code == 200


def test_what_was_found_is_kept_and_what_failed_is_not():
    kept, asked = Kept(size=2), []

    def find(name):
        asked.append(name)
        if name == "bad":
            raise ValueError(name)
        return name.upper()

    for name in ("a", "a", "b", "a", "c", "b"):
        assert kept.get(name, lambda name=name: find(name)) == name.upper()
    assert asked == ["a", "b", "c", "b"]
    for _ in range(2):
        with pytest.raises(ValueError, match="bad"):
            kept.get("bad", lambda: find("bad"))
    assert asked[-2:] == ["bad", "bad"]
