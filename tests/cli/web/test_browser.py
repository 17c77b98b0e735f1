"""The pages in a real browser: Debian's Chromium, headless, driven by Playwright."""

import re
import socket
from types import SimpleNamespace

import pytest

from nianbao.data.store import Store

playwright = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed (extra `dev`)")
axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe is not installed")

SERIOUS = ("serious", "critical")


@pytest.fixture(scope="module")
def address(archive, serving):
    """Where `nianbao serve` answers."""
    return serving(archive)


@pytest.fixture
def visit(browser, address):
    """A page of the server, in a language, at a width; afterwards nothing was said on its console, and nothing
    was asked of any other machine.
    """
    opened = []

    def visit(path, *, locale="zh-CN", width=1280, scheme="light"):
        context = browser.new_context(
            locale=locale, viewport={"width": width, "height": 900}, color_scheme=scheme, base_url=address
        )
        page = context.new_page()
        said, asked = [], []
        page.on("console", lambda message: said.append(f"{message.type}: {message.text}"))
        page.on("pageerror", lambda error: said.append(str(error)))
        page.on("request", lambda request: asked.append(request.url))
        opened.append(SimpleNamespace(context=context, said=said, asked=asked))
        page.goto(path)
        return page

    yield visit
    for each in opened:
        each.context.close()
        # An address that is not answered with 200 is told by Chromium itself.
        assert [line for line in each.said if "the server responded with a status of 400" not in line] == []
        assert [url for url in each.asked if not url.startswith((address, "data:"))] == []


@pytest.fixture(scope="module")
def reports(archive):
    with Store.open(archive, read_only=True) as store:
        return [store.report(row["id"]) for row in store.rows("reports")]


@pytest.fixture(scope="module")
def wrong(reports):
    """A report with a cell that does not add up."""
    return next(each for each in reports if any(c.state == "fails" and c.cells for c in each.checks))


@pytest.fixture(scope="module")
def pages(reports, wrong):
    body = next(each.org for each in reports if each.org)
    return {
        "archive": "/",
        "empty": "/-/search",
        "search": "/-/search?q=%E6%9B%B4%E6%96%B0",
        "near": "/-/search?q=%E6%9B%B4%E6%96%B0%E9%AD%91%E9%AD%85%E5%BF%AB",
        "report": f"/-/report/{wrong.id}",
        "org": f"/-/org/{body}",
        "error": "/-/search?q=(",
    }


PAGES = ("archive", "empty", "search", "near", "report", "org", "error")


def expect(locator):
    return playwright.expect(locator)


def test_a_word_is_found_and_marked(visit):
    page = visit("/")
    page.get_by_role("searchbox").fill("更新")
    page.get_by_role("searchbox").press("Enter")
    expect(page.locator(".hits li").first).to_be_visible()
    assert set(page.locator(".passage mark").all_inner_texts()) == {"更新"}
    assert "q=" in page.url


def test_a_facet_narrows_and_a_chip_widens(visit):
    page = visit("/-/search?q=%E6%9B%B4%E6%96%B0")
    before = page.locator("h1").inner_text()
    facet = page.locator(".found aside details", has_text="年度").locator("li").first
    number = facet.locator(".quiet").inner_text()
    facet.locator("a").click()
    assert re.search(r"[\d,]+", page.locator("h1").inner_text()).group() == number
    page.locator(".chips a").click()
    assert page.locator("h1").inner_text() == before


def test_facets_that_come_later_take_their_place(visit):
    page = visit("/-/search")
    link = (
        '<aside aria-label="x"><a href="/" data-facets="/-/search/facets?q=%E6%9B%B4%E6%96%B0">x</a></aside>'
    )

    def leave_out(route):
        answer = route.fetch()
        route.fulfill(response=answer, body=re.sub("(?s)<aside.*</aside>", link, answer.text()))

    page.route("**/-/search?q=*", leave_out)
    page.goto("/-/search?q=%E6%9B%B4%E6%96%B0")
    facet = page.locator(".found aside details", has_text="年度").locator("li a").first
    expect(facet).to_be_visible()
    expect(page.locator("[data-facets]")).to_have_count(0)
    page.unroute("**/-/search?q=*")
    facet.click()
    expect(page.locator(".chips a")).to_have_count(1)


def test_keys_go_to_the_box_and_through_the_hits(visit):
    page = visit("/-/search?q=%E6%9B%B4%E6%96%B0")
    page.keyboard.press("j")
    page.keyboard.press("j")
    assert page.evaluate("document.activeElement === document.querySelectorAll('.hits h2 a')[1]")
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "q"


def test_a_link_to_a_fact_scrolls_to_it(visit, wrong):
    count = wrong.counts[-1]
    page = visit(f"/-/report/{wrong.id}#f{count.start}")
    place = page.locator(f"#f{count.start}")
    expect(place).to_be_in_viewport()
    assert page.evaluate("document.querySelector(':target').id") == f"f{count.start}"


def test_a_fact_says_what_it_is_when_it_is_pointed_at_or_focused(visit, wrong):
    page = visit(f"/-/report/{wrong.id}")
    fact = page.locator(".text a.counts").first
    shown = "element => getComputedStyle(element, '::after').content"
    assert fact.evaluate(shown) == "none"
    fact.focus()
    assert fact.evaluate(shown) != "none"
    page.mouse.move(0, 0)
    fact.evaluate("element => element.blur()")
    fact.hover()
    assert "数量" in fact.evaluate(shown)


def test_the_legend_hides_kinds(visit, wrong):
    page = visit(f"/-/report/{wrong.id}")
    flags = page.locator(".text .flag.problem")
    expect(flags.first).to_be_visible()
    page.locator("#show-problem").uncheck()
    expect(flags.first).to_be_hidden()
    page.locator("#show-problem").check()
    expect(flags.first).to_be_visible()


def test_a_failing_cell_leads_to_its_reason(visit, wrong):
    page = visit(f"/-/report/{wrong.id}")
    cell = page.locator("td.wrong a").first
    cell.click()
    expect(page.locator(".checks :target")).to_be_in_viewport()


@pytest.mark.parametrize("name", ["archive", "org"])
def test_charts_are_drawn(visit, pages, name):
    page = visit(pages[name])
    figures = page.locator("figure[data-spec]")
    assert figures.count() > 0
    for number in range(figures.count()):
        figures.nth(number).scroll_into_view_if_needed()
        expect(figures.nth(number)).to_have_attribute("data-drawn", "yes")
        assert figures.nth(number).locator("svg, canvas").first.bounding_box()["height"] > 50


@pytest.mark.parametrize(("locale", "tag"), [("zh-CN", "zh-Hans"), ("en-US", "en"), ("de-DE", "en")])
def test_the_language_is_the_browsers_and_can_be_switched(visit, locale, tag):
    page = visit("/-/search", locale=locale)
    assert page.locator("html").get_attribute("lang") == tag
    page.locator("header nav a[hreflang]").click()
    other = page.locator("html").get_attribute("lang")
    assert other != tag
    page.goto("/-/search?q=x")
    assert page.locator("html").get_attribute("lang") == other


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("width", [320, 1600])
def test_nothing_is_wider_than_the_screen(visit, pages, name, width):
    page = visit(pages[name], width=width)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious(visit, pages, name, scheme):
    page = visit(pages[name], scheme=scheme, locale="en-US" if scheme == "dark" else "zh-CN")
    for figure in page.locator("figure[data-spec]").all():
        figure.scroll_into_view_if_needed()
        expect(figure).to_have_attribute("data-drawn", "yes")
    found = axe.Axe().run(page).response["violations"]
    serious = [
        (each["id"], [node["html"][:120] for node in each["nodes"]][:3])
        for each in found
        if each["impact"] in SERIOUS
    ]
    assert serious == []


def test_a_page_alone_needs_nothing(browser, nianbao, archive, wrong, tmp_path):
    out = tmp_path / "report.html"
    nianbao("report", wrong.id, "--db", archive, "--html", out, check=0)
    context = browser.new_context(offline=True)
    page = context.new_page()
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(out.as_uri())
    page.locator("#show-counts").uncheck()
    assert page.locator("td.wrong").count() > 0
    assert asked == [out.as_uri()]
    context.close()


def test_no_port_is_open_to_others(address):
    port = int(address.rpartition(":")[2])
    others = {info[4][0] for info in socket.getaddrinfo(socket.gethostname(), None, socket.AF_INET)}
    for host in others - {"127.0.0.1", "127.0.1.1"}:
        with pytest.raises(OSError):
            socket.create_connection((host, port), timeout=1).close()
