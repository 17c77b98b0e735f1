import sqlite3

import pytest

from nianbao.data import errors
from nianbao.data.store import Refusal, SourceFile
from nianbao.data.store.failures import UNKNOWN_KIND
from nianbao.data.terms import codes, english_term, term

# Path, message, and the reason and remedy in it.
MESSAGES = [
    (
        "/档/甲.pdf",
        "/档/甲.pdf: the PDF is cut short, its end is missing. Fetch it again.",
        "the PDF is cut short, its end is missing",
        "Fetch it again.",
    ),
    (
        "/档/乙.txt",
        "乙.txt: the file is empty. Fetch it again, or leave it out.",
        "the file is empty",
        "Fetch it again, or leave it out.",
    ),
    (
        "/档/丙.docx",
        "/档/丙.docx: damaged (no item. named x. at all). Fetch it. Or drop it.",
        "damaged (no item. named x. at all)",
        "Fetch it. Or drop it.",
    ),
    (
        "/档/丁.txt",
        "/档/丁.txt: 1.5 MB are too much (open. Split it.",
        "1.5 MB are too much (open",
        "Split it.",
    ),
    (
        "/档/戊.txt",
        "/档/戊.txt: cannot be read; check its permissions.",
        "cannot be read",
        "check its permissions.",
    ),
    ("/档/己.txt", "Odd: nothing more is known", "Odd: nothing more is known", ""),
    ("/档/庚.txt", "", "", ""),
]


@pytest.fixture
def refuse(store):
    def make(path, reason="x: bad. Mend it.", kind="broken_file", **fields):
        store.fail(SourceFile(path=path, **fields), Refusal(reason, kind), "1")

    return make


@pytest.mark.parametrize(("file", "message", "reason", "remedy"), MESSAGES)
def test_a_message_is_parted_into_reason_and_remedy(store, refuse, file, message, reason, remedy):
    refuse(file, message)
    [failure] = store.failures()
    assert (failure.reason, failure.remedy) == (reason, remedy)


def test_failures_come_by_kind_and_path(store, refuse):
    refuse("/b.txt", kind="empty_text")
    refuse("/c.txt", kind="broken_file")
    refuse("/a.txt", kind="empty_text")
    refuse("/d.txt", kind=None)
    assert [failure.path for failure in store.failures()] == ["/c.txt", "/a.txt", "/b.txt", "/d.txt"]
    assert [failure.path for failure in store.failures("empty_text")] == ["/a.txt", "/b.txt"]
    assert [failure.path for failure in store.failures(UNKNOWN_KIND)] == ["/d.txt"]


def test_what_stands_well_is_no_failure(store, put):
    put("甲局已公开。")
    assert list(store.failures()) == []


def test_a_kept_report_is_named(store, put, refuse):
    report = put("甲局已公开。", path="/a.txt")
    refuse("/a.txt", kind="unreadable_file")
    [failure] = store.failures()
    assert (failure.status, failure.report_id) == ("kept", report.id)


def test_a_member_names_its_container(store, refuse):
    refuse("/a.zip!/1.txt", container="/a.zip")
    assert [failure.container for failure in store.failures()] == ["/a.zip"]


def test_the_state_stands_since_it_began(store, refuse, path):
    refuse("/a.txt", "a.txt: bad. Mend it.")
    with sqlite3.connect(path) as db:
        db.execute("update sources set since = '2021-05-06T07:08:09+00:00'")
    db.close()
    refuse("/a.txt", "/a.txt: bad. Mend it.")
    assert [failure.since for failure in store.failures()] == ["2021-05-06T07:08:09+00:00"]
    refuse("/a.txt", kind="empty_text")
    [failure] = store.failures()
    assert failure.since > "2021-05-06T07:08:09+00:00"


def every_input_error(kind=errors.InputError):
    return [one for sub in kind.__subclasses__() for one in (sub, *every_input_error(sub))]


def test_every_kind_of_error_has_its_name_in_both_languages():
    names = {
        "".join("_" * (i > 0) * c.isupper() + c.lower() for i, c in enumerate(error.__name__))
        for error in every_input_error()
        if error.__module__ == errors.__name__
    }
    assert names <= set(codes("failure"))
    for code in codes("failure"):
        assert term("failure", code) != code
        assert english_term("failure", code) != code.replace("_", " ")


def test_a_code_without_english_label_reads_as_words():
    assert english_term("failure", "some_new_kind") == "some new kind"
