import pytest

from nianbao.cli.show import body
from nianbao.data.records import Report, Statement


@pytest.mark.parametrize(("uncertain", "mark"), [(True, "?"), (False, "")])
def test_a_doubted_label_bears_a_question_mark(uncertain, mark):
    text = "栏目待更新。"
    statement = Statement(text=text, start=0, end=6, label="problem", uncertain=uncertain)
    (line,) = body(Report(id="1", text=text, statements=(statement,)))
    assert line.plain.startswith(f"[存在问题{mark}]")
