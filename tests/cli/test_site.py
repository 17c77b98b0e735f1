"""The documents as a site: it is built without a warning, leads nowhere that is not, and asks nothing of others."""

import importlib.util
import os
import re
import shlex
import shutil
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
# What a page loads by itself; a link (`a`) is only followed by people.
LOADED = {"script": "src", "link": "href", "img": "src", "iframe": "src", "source": "src", "use": "href"}
FETCHED = re.compile(r"url\(\s*['\"]?(?:https?:)?//|@import")

_spec = importlib.util.spec_from_file_location("printed_blocks", DOCS / "printed_blocks.py")
printed_blocks = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(printed_blocks)
PAGES = sorted(page for page in DOCS.rglob("*.md") if any(printed_blocks.blocks(page)))


class Page(HTMLParser):
    """What a page loads, and the languages it is said to be in."""

    def __init__(self, text):
        super().__init__()
        self.loaded, self.language = [], None
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        named = dict(attrs)
        self.language = named.get("lang", self.language) if tag == "html" else self.language
        if tag in LOADED and named.get("rel") not in ("canonical", "alternate", "next", "prev"):
            self.loaded.append(named.get(LOADED[tag]) or "")


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    for library in ("mkdocs", "material", "mkdocs_static_i18n", "mkdocstrings"):
        if importlib.util.find_spec(library) is None:
            pytest.skip(f"{library} is not installed (pip install 'nianbao[docs]')")
    folder = tmp_path_factory.mktemp("site")
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir", folder]
    said = subprocess.run(
        command,
        cwd=ROOT,
        env=os.environ | {"NO_MKDOCS_2_WARNING": "1"},
        capture_output=True,
        encoding="utf-8",
    )
    assert said.returncode == 0, said.stderr
    return folder


def test_the_site_is_built_in_both_languages(site):
    for name in ("index", "tutorial", "search", "how-to/correct", "explanation/findings", "reference/api"):
        for folder, language in (("", "en"), ("zh", "zh")):
            page = Page((site / folder / f"{name}.html").read_text(encoding="utf-8"))
            assert page.language == language, name


def test_nothing_comes_from_elsewhere(site):
    pages = {path: Page(path.read_text(encoding="utf-8")).loaded for path in site.rglob("*.html")}
    assert len(pages) > 40
    assert {(path.name, each) for path, loaded in pages.items() for each in loaded if "//" in each} == set()
    styles = [path for path in site.rglob("*.css") if FETCHED.search(path.read_text(encoding="utf-8"))]
    assert styles == []


def test_pages_opened_as_files_can_be_searched(site):
    assert (site / "search" / "search_index.js").read_text(encoding="utf-8").startswith("var __index = {")
    for page in ("index.html", "zh/how-to/browser.html"):
        loaded = Page((site / page).read_text(encoding="utf-8")).loaded
        stand_in = next(each for each in loaded if "iframe-worker" in each)
        assert (site / page).parent.joinpath(stand_in).exists()


def test_options_api_and_schema_are_those_of_the_code(site):
    options, api, schema = (
        (site / "zh" / "reference" / f"{name}.html").read_text(encoding="utf-8")
        for name in ("options", "api", "schema")
    )
    assert "nianbao promises" in options and "--min-years" in options
    assert "indicator_trends" in api and "repeat_pairs" in api
    assert "iso_start" in schema


def test_each_page_is_there_in_chinese():
    english = {page for page in DOCS.rglob("*.md") if not page.name.endswith(".zh.md")}
    # The dictionary bears both languages; the other two are files of the repository.
    shared = {DOCS / "dictionary.md", DOCS / "explanation" / "model.md", DOCS / "reference" / "changes.md"}
    assert {page for page in english - shared if not page.with_suffix(".zh.md").exists()} == set()


@pytest.mark.parametrize("name", ["archives", "data", "database", "facts", "python", "search"])
def test_both_languages_show_the_same_code(name):
    def code(page):
        blocks = re.findall(r"^```(.*?)^```$", page.read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE)
        return [re.sub(r"# .*", "", block).split() for block in blocks]

    assert code(DOCS / f"{name}.zh.md") == code(DOCS / f"{name}.md")


@pytest.fixture(scope="module")
def own_archive(archive, tmp_path_factory):
    """A copy: commands keep what they found in it."""
    return shutil.copy(archive, tmp_path_factory.mktemp("own") / "nianbao.db")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(DOCS)))
def test_what_is_shown_is_what_comes_out(page, nianbao, own_archive, monkeypatch):
    monkeypatch.setenv("NIANBAO_DB", str(own_archive))
    for words, lines, shown in printed_blocks.blocks(page):
        output = nianbao(*shlex.split(words), check=0).stdout
        assert shown == printed_blocks.chosen(output, lines), "python docs/printed_blocks.py"
