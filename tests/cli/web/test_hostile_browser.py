"""Reports and addresses that want to be more than text, in a real browser: nothing of them runs."""

from urllib.parse import quote

import pytest

from .hostile_pages import PAYLOADS, reports, write_archive

HACKED = "window.hacked"


@pytest.fixture(scope="module")
def address(tmp_path_factory, serving):
    path = tmp_path_factory.mktemp("hostile") / "hostile.db"
    write_archive(path)
    return serving(path)


@pytest.fixture(scope="module")
def page(browser, address):
    context = browser.new_context(base_url=address)
    context.set_default_timeout(10_000)
    yield context.new_page()
    context.close()


def tried(page):
    """Every chart drawn, every link and fact pointed at: whether a payload has run by then."""
    for figure in page.locator("figure[data-spec]").all():
        figure.scroll_into_view_if_needed()
        figure.and_(page.locator("[data-drawn]")).wait_for()
    for link in page.locator("main a").all()[:12]:
        if link.is_visible():
            link.hover(force=True)
    return page.evaluate(HACKED)


@pytest.mark.parametrize("path", ["/", "/-/archive", "/-/search?q=hacked", "/-/search?q=12&in=statements"])
def test_pages_of_hostile_reports_run_nothing(page, path):
    page.goto(path)
    assert tried(page) is None


@pytest.mark.parametrize("number", range(len(PAYLOADS)))
def test_a_hostile_report_and_its_body_run_nothing(page, number):
    report = list(reports())[2 * number]
    for path in (f"/-/report/{report.id}", f"/-/org/{quote(report.org, safe='')}"):
        assert page.goto(path).status == 200
        assert tried(page) is None


@pytest.mark.parametrize("payload", PAYLOADS)
def test_hostile_parameters_run_nothing(page, payload):
    for path in ("/-/search?q=", "/-/search?q=12&org=", "/?lang=", "/-/org/", "/-/report/"):
        page.goto(path + quote(payload, safe=""))
        assert tried(page) is None


def test_what_a_page_should_let_through_the_policy_stops(page):
    said = []
    page.on("console", lambda message: said.append(message.text))

    def let_through(route):
        answer = route.fetch()
        route.fulfill(
            response=answer, body=answer.text().replace("<main", PAYLOADS[0] + PAYLOADS[1] + "<main")
        )

    page.route("**/-/search", let_through)
    page.goto("/-/search")
    assert page.locator("img[src=x]").count() == 1
    assert page.evaluate(HACKED) is None
    assert sum("Content Security Policy" in line for line in said) >= 2
    page.unroute("**/-/search")


def test_a_page_alone_runs_nothing(browser, nianbao, address, tmp_path_factory, tmp_path):
    path = tmp_path / "hostile.db"
    write_archive(path)
    context = browser.new_context(offline=True)
    page = context.new_page()
    for report in list(reports())[::2]:
        out = tmp_path / f"{report.id}.html"
        nianbao("report", report.id, "--db", path, "--html", out, check=0)
        page.goto(out.as_uri())
        assert page.evaluate(HACKED) is None
    context.close()
