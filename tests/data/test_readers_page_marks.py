from pathlib import Path

import pytest

from nianbao.data.errors import ResourceError
from nianbao.data.readers.page_marks import named, page_marks, worded


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        ("content = [", "marks.toml"),
        ('content = ["a"]', "missing required field"),
        ("colour = 1", "marks.toml"),
    ],
)
def test_a_faulty_file_is_named(tmp_path: Path, content: str, complaint: str) -> None:
    path = tmp_path / "marks.toml"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(ResourceError, match=complaint):
        page_marks(path)


def test_no_label_is_listed_twice() -> None:
    marks = page_marks()
    labels = [*marks.labels, *marks.other_labels]
    assert len(labels) == len(set(labels))


@pytest.mark.parametrize(
    ("names", "found"),
    [("zoom", True), ("x TRS_Editor", True), ("ZOOM", True), ("zoomer", False), ("my-zoom", False)],
)
def test_names_match_whole(names: str, found: bool) -> None:
    assert bool(named(("zoom", "TRS_Editor")).search(names)) is found


@pytest.mark.parametrize(
    ("names", "found"),
    [("nav", True), ("top-nav", True), ("nav2", True), ("siteNav", True), ("navy", False), ("unav", False)],
)
def test_words_match_inside_names(names: str, found: bool) -> None:
    assert bool(worded(("nav",)).search(names)) is found
