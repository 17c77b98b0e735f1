"""Hostile queries from a command line: an answer or a message of ours, nothing executed."""

import os
import subprocess
import sys
from hashlib import sha256

import pytest

QUERIES = [
    "",
    " ",
    "\u3000",
    '"',
    '""',
    "'",
    "''",
    "“",
    "更新'; drop table reports; --",
    "1; select * from reports",
    "' union select text from reports --",
    "report_bigrams match 'x'",
    "{bigrams}: 更新",
    "^更新",
    "更新*",
    "*",
    "gov*",
    "NEAR(更新 速度, 5)",
    "更新 NEAR/5",
    "更新 AND",
    "OR",
    "NOT",
    "-更新",
    "()",
    "(" * 500,
    "((更新)",
    "更新:更新",
    "org:",
    "year:甲",
    "count:>>5",
    "cell:=",
    "label:'problem'",
    "🎉",
    "👩‍👩‍👧‍👦",
    "𠮷" * 40,
    "甲" * 10_000,
    "更新 " * 10_000,
    "%s %n {0} \\x00 $(id) `id`",
    "[bold]更新[/]",
    "\x1b[31m更新",
    "\u202e新更",
    "\ufeff更新",
    "a\tb\nc",
]
# What no shell can pass on but another program may call us with.
INSIDE = ["\0", "更\0新", "\ud800", "更新\udcff"]
FORMS = [("--json",), ("--csv", "--in", "counts"), ("--explain", "--in", "statements"), ("--related",)]


@pytest.mark.parametrize("query", QUERIES + INSIDE, ids=lambda query: ascii(query)[:30])
def test_found_or_refused(nianbao, archive, query):
    before = sha256(archive.read_bytes()).hexdigest()
    for form in FORMS:
        done = nianbao("search", "--db", archive, *form, "--", query)
        assert done.returncode in (0, 2), done.stderr
        assert "Traceback" not in done.stderr
        if done.returncode:
            assert done.stderr.startswith("nianbao: ")
            assert not done.stdout
    assert sha256(archive.read_bytes()).hexdigest() == before


@pytest.mark.parametrize(
    "option", ["--org", "--region", "--year", "--after", "--saved", "--facets", "--terms", "--db"]
)
@pytest.mark.parametrize("value", ["'; drop table reports; --", "\ud800", "🎉", "9" * 400, "\0", "\x1b[31m"])
def test_options_found_or_refused(nianbao, archive, option, value):
    done = nianbao("search", "更新", "--db", archive, option, value)
    # A file that is none is an error of reading (1).
    assert done.returncode in ((0, 1, 2) if option in ("--terms", "--db") else (0, 2)), done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    "query", [b"\xff\xfe", "更新".encode("gbk"), b"\xed\xa0\x80", "更".encode()[:2], b"'\";--"]
)
@pytest.mark.parametrize("locale", ["C", "C.UTF-8"])
def test_bytes_that_are_no_text(archive, query, locale):
    words = [sys.executable, "-m", "nianbao.cli", "search", "--db", str(archive), "--", query]
    done = subprocess.run(words, capture_output=True, check=False, env=os.environ | {"LC_ALL": locale})
    assert done.returncode in (0, 2), done.stderr
    assert b"Traceback" not in done.stderr
    assert b"nianbao: " in done.stderr or done.returncode == 0
