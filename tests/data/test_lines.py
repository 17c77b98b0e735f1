from nianbao.data.lines import data_lines


def test_comments_and_empty_lines_are_passed_over_but_counted(tmp_path):
    path = tmp_path / "words.txt"
    path.write_text("# words\n条\n\n件 # of paper\n", encoding="utf-8")
    assert list(data_lines(path)) == [(2, "条"), (4, "件 # of paper")]
