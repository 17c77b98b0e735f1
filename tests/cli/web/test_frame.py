"""What all pages share: language, headers, errors, files, and that nothing can be written."""

import asyncio
import re
from pathlib import Path

import pytest

import nianbao
from nianbao.cli.web import assets, languages

TEMPLATES = sorted((Path(nianbao.__file__).parent / "cli/web/templates/nianbao").glob("*.html"))
KEY = re.compile(r"""\bt\(\s*["']([\w.]+)["']\s*[,)]""")

ACCEPTED = [
    ("zh-CN,zh;q=0.9,en;q=0.8", "zh"),
    ("en-GB,en;q=0.9,zh;q=0.8", "en"),
    ("de, fr;q=0.5, zh;q=0.1", "zh"),
    ("en;q=0.2,zh-TW;q=0.7", "zh"),
    ("zh;q=0, en", "en"),
    ("zh;q=x, en;q=0.1", "en"),
    ("de", "en"),
    ("", "en"),
    (";;;,,,q=", "en"),
]


@pytest.mark.parametrize(("header", "code"), ACCEPTED)
def test_the_language_of_the_browser(header, code):
    assert languages.chosen(None, None, header).code == code


def test_what_was_asked_for_goes_before_what_was_kept():
    assert languages.chosen("zh", "en", "en").code == "zh"
    assert languages.chosen(None, "zh", "en").code == "zh"
    assert languages.chosen("xx", "zh", "en").code == "en"


def test_the_switch_is_kept(get):
    answer = get("/-/search", lang="zh")
    assert 'lang="zh-Hans"' in answer.text
    assert "nianbao_language=zh" in answer.headers["set-cookie"]
    again = get("/-/search", headers={"cookie": "nianbao_language=zh"})
    assert 'lang="zh-Hans"' in again.text


def test_every_message_has_both_languages_and_the_same_blanks():
    for key, (chinese, english) in languages.messages().items():
        assert chinese.strip() and english.strip(), key
        assert set(re.findall(r"{(\w+)}", chinese)) == set(re.findall(r"{(\w+)}", english)), key


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_every_message_of_a_template_is_there(path):
    assert set(KEY.findall(path.read_text(encoding="utf-8"))) <= set(languages.messages())


def test_pages_forbid_what_is_not_theirs(get):
    policy = get("/-/search").headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert get("/-/search").headers["x-content-type-options"] == "nosniff"
    assert get("/").headers["content-security-policy"] == policy
    assert get(next(iter(re.findall(r'href="(/-/nianbao/[^"]+)', get("/-/search").text)))).status_code == 200


@pytest.mark.parametrize("path", ["/", "/-/search", "/-/versions.json"])
def test_other_names_of_the_machine_are_refused(get, path):
    assert get(path, headers={"host": "elsewhere.example:8001"}).status_code == 421
    assert get(path, headers={"host": "localhost:8001"}).status_code == 200


def test_beside_other_databases_only_our_pages_are_ours(archive, served):
    datasette = served(archive, home=False)

    def headers(path):
        return asyncio.run(datasette.client.get(path)).headers

    assert "content-security-policy" not in headers("/")
    assert "content-security-policy" in headers("/-/search")
    assert asyncio.run(datasette.client.get("/-/search", headers={"host": "any.example"})).status_code == 200


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH"])
def test_nothing_can_be_written(get, method):
    assert get("/-/search", method=method).status_code in (403, 405)


WRONG = [("/-/search", {"q": "更新 ("}, 400), ("/-/search", {"q": "x", "in": "tables"}, 400)]
WRONG += [("/-/search", {"q": "更新", "db": "other"}, 404)]


@pytest.mark.parametrize(("path", "parameters", "status"), WRONG)
def test_errors_are_told(get, path, parameters, status):
    answer = get(path, **parameters)
    assert answer.status_code == status
    assert 'role="alert"' in answer.text


def test_what_is_typed_is_shown_as_text(get):
    typed = "\"'><script>alert(1)</script>"
    for query in (typed, f"更新 {typed}", f"({typed}"):
        text = get("/-/search", q=query, only=typed).text
        assert "<script>" not in text


def test_a_file_of_another_version_is_gone(get):
    name = "frame.css"
    good = assets.asset_path(name)
    assert get(good).headers["cache-control"].endswith("immutable")
    assert get(good.replace(assets.assets()[name].version, "0" * 12)).status_code == 404
    assert get("/-/nianbao/000000000000/nothing.css").status_code == 404


def test_pages_are_packed_where_the_browser_can_unpack(get):
    assert get("/-/search", headers={"accept-encoding": "gzip"}).headers["content-encoding"] == "gzip"
    assert "content-encoding" not in get("/-/search", headers={"accept-encoding": "identity"}).headers
