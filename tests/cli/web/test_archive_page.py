"""The page of an archive: its numbers, its provinces, what fails and what is missing, as the address asks."""

import html
import itertools
import re

import pytest

from nianbao.data.regions.tiles import tiles
from nianbao.data.store import Sought, Store


@pytest.fixture(scope="module")
def store(archive):
    with Store.open(archive, read_only=True) as opened:
        yield opened


def reports_told(text):
    return int(re.search(r"<b>([\d,]+)</b> <a [^>]*>(?:reports|份报告)", text).group(1).replace(",", ""))


@pytest.mark.parametrize("path", ["/", "/-/archive"])
def test_it_counts_what_there_is(get, store, path):
    text = get(path, lang="zh").text
    counts = {each.value: each.count for each in store.facets(of=("genre",))["genre"]}
    assert reports_told(text) == counts["disclosure"]
    assert reports_told(get(path, genre="work").text) == counts["work"]


def test_filters_narrow_it(get, store):
    whole = get("/-/archive", lang="zh").text
    narrow = get("/-/archive", **{"lang": "zh", "from": "2022", "to": "2023", "region": "安徽"}).text
    assert 0 < reports_told(narrow) < reports_told(whole)
    specs = html.unescape(" ".join(re.findall(r'data-spec="([^"]+)"', narrow)))
    assert specs.count("year=2022..2023") == specs.count("region=%E5%AE%89%E5%BE%BD") == specs.count(".json")
    assert 'value="安徽"' in narrow
    assert "<option selected>2022</option>" in narrow


def test_charts_of_trends(get):
    text = html.unescape(get("/-/archive", lang="zh").text)
    specs = re.findall(r'data-spec="([^"]+)"', text)
    assert [each.partition("?")[0] for each in specs].count("/-/chart/categories.json") == 4
    assert {re.search(r"of=(\w+)&by=(\w+)", each).groups() for each in specs if "of=" in each} == {
        (of, by) for of in ("problems", "initiatives") for by in ("year", "region")
    }
    for each in specs:
        assert get(each).status_code == 200
        assert get(each.replace(".json", ".csv")).status_code == 200


def test_every_province_has_its_tile_and_leads_to_its_reports(get):
    text = html.unescape(get("/-/archive", lang="zh").text)
    found = re.findall(
        r'<li class="row\d column\d shade(\d)">(?:<a href="([^"]+)">)?<span class="name">(\S+?)</span>', text
    )
    assert {name for _, _, name in found} == {tile.chinese for tile in tiles()}
    led = [(address, name) for shade, address, name in found if address]
    assert led
    for address, name in led:
        hits = get(address.replace("/-/search?", "/-/search.json?")).json()
        told = re.search(rf'>{name}</span> <span class="number">(\d+)<', text).group(1)
        assert hits["total"] == int(told)


def test_what_fails_leads_to_its_place(get, store):
    text = get("/-/archive", lang="zh").text
    rules = store.failing_rules(Sought(words="genre:disclosure"))
    assert rules
    for rule in rules:
        assert all(f"/-/report/{each.report_id}#" in text for each in rule.examples)
        assert sum(
            each.rule == rule.rule for each in store.failing([one["id"] for one in store.rows("reports")])
        )
    address = html.unescape(re.search(r'href="([^"]+check_results[^"]+)"', text).group(1))
    assert get(address).status_code == 200


WRONG = [{"genre": "poem"}, {"from": "20x3"}, {"to": "99999"}, {"from": "２０２０"}, {"from": "1' or 1=1"}]


@pytest.mark.parametrize("parameters", WRONG)
def test_what_cannot_be_is_told(get, parameters):
    answer = get("/-/archive", **parameters)
    assert answer.status_code == 400
    assert 'role="alert"' in answer.text


@pytest.mark.parametrize("region", ["<script>alert(1)</script>", "' or 1=1 --", '"', "火星" * 50])
def test_a_region_is_shown_as_text(get, region):
    answer = get("/-/archive", region=region, lang="en")
    assert answer.status_code == 200
    assert "There are no such reports." in answer.text
    assert "<script>a" not in answer.text


def test_an_archive_of_nothing_says_how_to_fill_it(empty):
    for path in ("/", "/-/archive", "/-/archive?from=2020&lang=en"):
        answer = empty(path)
        assert answer.status_code == 200
        assert "nianbao index" in answer.text
    assert empty("/-/org/x").status_code == 404


def test_it_is_small_and_its_scripts_wait(get):
    answer = get("/-/archive", headers={"accept-encoding": "gzip"})
    addresses = re.findall(r'(?:src|href)="(/-/nianbao/[^"]+)"', answer.text)
    sizes = [int(get(each).headers.get("content-length", 0)) or _packed(each) for each in addresses]
    assert sum(sizes) + _gzipped(answer.content) < 300_000
    assert not re.findall(r"<script(?![^>]* defer></script>)", answer.text)
    assert "vega" not in get("/-/search", q="更新").text


def _packed(address):
    from nianbao.cli.web.assets import assets

    return len(assets()[address.rpartition("/")[2]].packed)


def _gzipped(content):
    import gzip

    return len(gzip.compress(content))


def test_headings_go_down_one_by_one_and_tables_are_named(get):
    text = get("/-/archive", lang="en").text
    levels = [int(level) for level in re.findall(r"<h(\d)", text)]
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in itertools.pairwise(levels))
    assert text.count("<table") == text.count("<caption>")
    assert "style=" not in text
