import pytest

from nianbao.data.errors import ResourceError
from nianbao.data.outline import read_grouped, read_titles, read_words, section_kind

BROKEN = [
    (read_titles, "overview 概述\n", ":1: .* must be a kind"),
    (read_titles, "# 说明\nfinances\t经费\n", ":2: .* must be a kind"),
    (read_titles, "overview\t(概述\n", ":1: .* no regular expression"),
    (read_words, "总计\n总计\n", ":2: '总计' must be a single word"),
    (read_words, "自然 人\n", ":1: '自然 人' must be a single word"),
]


@pytest.mark.parametrize(("read", "content", "message"), BROKEN)
def test_a_broken_line_is_named(tmp_path, read, content, message):
    path = tmp_path / "list.txt"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(ResourceError, match=message):
        read(path)


def test_an_unknown_group_is_named(tmp_path):
    path = tmp_path / "furniture.tsv"
    path.write_text("line\t下载\nfoot\t打印\n", encoding="utf-8")
    with pytest.raises(ResourceError, match=r"furniture.tsv:2: .* one of line, label"):
        read_grouped(path, ("line", "label"))


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("总体情况", "overview"),
        ("因政府信息公开申请行政复议、提起行政诉讼的情况", "reviews"),
        ("政府信息公开工作存在的主要问题及改进情况", "problems"),
        ("下一步工作打算", "problems"),
        ("其他需要报告的事项", "other"),
        ("便民服务", "unknown"),
    ],
)
def test_kinds(title, kind):
    assert section_kind(title) == kind
