import pytest
from hypothesis import given
from hypothesis import strategies as st

from nianbao.nlp.markup import blank_markup
from nianbao.nlp.reading import Reading


@pytest.mark.parametrize(
    ("markup", "view"),
    [
        ("<p>公开<b>信息</b>30条</p><p>完</p>", "公开信息30条\n完"),
        ("<style>p{}</style>正文<!-- 注 -->", "正文"),
        ("3&nbsp;件 &lt;10", "3件<10"),
        ("<tr><td>规章</td><td>0</td></tr>", "规章0"),
        ("a < b", "a<b"),
    ],
)
def test_markup_reads_as_nothing(markup, view):
    assert Reading(blank_markup(markup)).view.replace("\n\n", "\n") == view


@given(st.text(alphabet="<>/&;ptdr=\"'! 公开3\n#x", max_size=60))
def test_the_length_is_kept(text):
    assert len(blank_markup(text)) == len(text)
