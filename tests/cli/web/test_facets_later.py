"""Facets of many hits: the page comes first, its facets after it."""

import html
import re

import pytest


@pytest.fixture
def few_are_many(monkeypatch):
    monkeypatch.setattr("nianbao.cli.web.search.FACETED_AT_ONCE", 3)


def address(page, name):
    """The address in an attribute of the link that stands for the facets."""
    link = re.search(r"<a [^>]*data-facets=[^>]*>", page).group()
    return html.unescape(re.search(rf'(?<![\w-]){name}="([^"]+)"', link).group(1))


def test_few_hits_have_theirs_at_once(get):
    page = get("/-/search", q="公开").text
    assert "data-facets" not in page
    assert page.count("<details open>") > 3


def test_the_address_of_facets_gives_what_the_page_lacks(get, few_are_many):
    page = get("/-/search", q="公开").text
    assert "<details" not in page
    facets = get(address(page, "data-facets")).text
    whole = get(address(page, "href")).text
    assert facets.count("<details open>") > 3
    assert facets.strip() in whole
    assert "data-facets" not in whole


def test_chosen_conditions_stay(get, few_are_many):
    page = get("/-/search", q="公开", only="genre:disclosure").text
    facets = get(address(page, "data-facets")).text
    assert all("only=genre%3Adisclosure" in each for each in re.findall(r'href="([^"]+)"', facets))


def test_an_odd_query_is_an_error_page(get):
    assert get("/-/search/facets", q="(").status_code == 400
