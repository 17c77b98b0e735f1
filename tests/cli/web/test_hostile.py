"""Reports and addresses that want to be more than text, at every page."""

import asyncio
import hashlib
from urllib.parse import quote

import lxml.html
import pytest

from nianbao.cli.web.routes import routes
from nianbao.data.store import Store

from .hostile_pages import ODD, PAYLOADS, SQL, intruders, made_by_payload, reports, write_archive

LANGUAGES = ("zh", "en")
CHARTS = ("requests", "categories", "indicators", "gaps", "provinces")
PARAMETERS = ("q", "in", "sort", "only", "page", "facets", "lang", "db", "genre", "from", "to", "region")
CHART_PARAMETERS = ("of", "by", "genre", "category", "indicator", "year", "org", "region", "body", "q")
READ = (
    "insert into reports(id) values ('x')",
    "delete from reports",
    "attach database 'x.db' as x",
    "drop table dates",
)


@pytest.fixture(scope="module")
def hostile(tmp_path_factory):
    path = tmp_path_factory.mktemp("hostile") / "hostile.db"
    write_archive(path)
    return path


@pytest.fixture(scope="module")
def ask(hostile, served):
    datasette = served(hostile)
    yield lambda address, method="GET": asyncio.run(datasette.client.request(method, address))
    for database in datasette.databases.values():
        database.close()


@pytest.fixture(scope="module")
def addresses():
    """Every page of ours for every report and body, by the pattern it is of."""
    found = {"^/$": ["/"], "^/-/archive$": ["/-/archive?genre=disclosure"], "^/-/search$": ["/-/search?q=12"]}
    found["^/-/search$"] += [
        "/-/search?q=hacked",
        *(f"/-/search?q=12&in={kind}" for kind in ("statements", "counts")),
    ]
    found["^/-/search/facets$"] = ["/-/search/facets?q=12"]
    whole = list(reports())
    found["^/-/report/(?P<report>[^/]+)$"] = [f"/-/report/{each.id}" for each in whole]
    found["^/-/org/(?P<name>.+)$"] = [f"/-/org/{quote(each.org, safe='')}" for each in whole[::2]]
    return found


def test_every_page_is_tried(addresses):
    pages = {pattern for pattern, _ in routes(home=True)}
    files = {pattern for pattern in pages if "csv" in pattern or "json" in pattern or "version" in pattern}
    assert pages - files == set(addresses)


def digest(path):
    return hashlib.sha256(path.read_bytes()).hexdigest()


@pytest.mark.parametrize("language", LANGUAGES)
def test_reports_are_shown_as_text(ask, addresses, language):
    for address in (each for some in addresses.values() for each in some):
        answer = ask(f"{address}{'&' if '?' in address else '?'}lang={language}")
        assert answer.status_code in (200, 404), address
        if "/facets" in address:
            assert "<script" not in answer.text and "<img" not in answer.text
        else:
            assert list(intruders(answer.text)) == [], address


def test_what_a_payload_says_is_read(ask, addresses):
    """It stands on the page as text: else nothing was tried."""
    for address in (*addresses["^/-/report/(?P<report>[^/]+)$"], *addresses["^/-/org/(?P<name>.+)$"]):
        answer = ask(address)
        assert answer.status_code == 200
        assert "hacked" in lxml.html.document_fromstring(answer.text).text_content(), address


@pytest.mark.parametrize("command", ["report", "summary"])
def test_pages_alone_show_text(hostile, nianbao, tmp_path, command):
    out = tmp_path / "page.html"
    for each in reports():
        nianbao(command, each.id, "--db", hostile, "--html", out, "--force", check=0)
        text = out.read_text("utf-8")
        assert list(made_by_payload(text)) == []
        assert "<script" not in text
        assert "hacked" in lxml.html.document_fromstring(text).text_content()


@pytest.mark.parametrize("name", PARAMETERS)
@pytest.mark.parametrize("path", ["/", "/-/archive", "/-/search"])
def test_parameters_are_shown_as_text(ask, hostile, path, name):
    before = digest(hostile)
    for value in (*PAYLOADS, *SQL, *ODD):
        answer = ask(f"{path}?{'' if name == 'q' else 'q=12&'}{name}={quote(value)}")
        assert answer.status_code in (200, 302, 400, 404), (name, value[:80])
        if answer.status_code != 302:
            assert list(intruders(answer.text)) == [], (name, value[:80])
    assert digest(hostile) == before


@pytest.mark.parametrize("kind", CHARTS)
def test_parameters_of_charts_are_values(ask, kind):
    for name in CHART_PARAMETERS:
        for value in (*PAYLOADS[:3], *SQL, *ODD):
            for form in ("json", "csv"):
                answer = ask(f"/-/chart/{kind}.{form}?{name}={quote(value)}")
                assert answer.status_code in (200, 400, 404), (name, value[:80])
                assert "text/html" not in answer.headers["content-type"]


@pytest.mark.parametrize("value", [*PAYLOADS, *SQL, *ODD[1:]])
def test_names_in_addresses_are_shown_as_text(ask, value):
    for path in ("/-/org/", "/-/report/", "/-/chart/"):
        answer = ask(path + quote(value, safe=""))
        assert answer.status_code in (200, 302, 400, 404)
        if "text/html" in answer.headers.get("content-type", "") and "<footer" in answer.text:
            assert list(made_by_payload(answer.text)) == []


@pytest.mark.parametrize("table", ["reports", "statements", "counts", "sources", "checks"])
def test_tables_of_datasette_show_text(ask, table):
    answer = ask(f"/hostile/{table}")
    assert answer.status_code == 200
    assert list(made_by_payload(answer.text)) == []


@pytest.mark.parametrize("sql", READ)
def test_nothing_is_written_by_sql(ask, hostile, sql):
    before = digest(hostile)
    assert ask(f"/hostile.json?sql={quote(sql)}").status_code == 400
    assert digest(hostile) == before


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH"])
@pytest.mark.parametrize("path", ["/", "/-/search", "/-/search.json", "/-/org/x", "/-/chart/gaps.json"])
def test_nothing_is_taken(ask, hostile, method, path):
    before = digest(hostile)
    assert ask(path, method).status_code in (400, 403, 405)
    assert digest(hostile) == before


def test_the_reports_are_still_there(hostile):
    with Store.open(hostile, read_only=True) as store:
        assert store.stats().reports == 2 * len(PAYLOADS)
