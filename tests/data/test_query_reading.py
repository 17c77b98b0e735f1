"""How queries are read, and what is said of those that cannot be."""

from pathlib import Path

import pytest

from nianbao.data.errors import QueryError, ResourceError
from nianbao.data.query import bind, outline, read_query
from nianbao.data.query.fields import fields, things
from nianbao.data.query.values import BadValue, read_cell, read_days, read_number, read_quantity


def told(query, scope="reports"):
    """A query in words, nested parts in brackets."""
    text, depth = "", 0
    for line in outline(bind(read_query(query), scope), scope):
        text += (
            "(" * (line.depth - depth)
            + ")" * (depth - line.depth)
            + ("; " if line.depth <= depth and text else "")
        )
        text, depth = text + line.english, line.depth
    return text + ")" * depth


SAME = [
    ("甲 乙", "甲 AND 乙"),
    ("甲 且 乙", "甲 AND 乙"),
    ("甲 或 乙", "甲 OR 乙"),
    ("甲 -乙", "甲 NOT 乙"),
    ("甲 非 乙", "甲 AND NOT 乙"),
    ("（甲 ＯＲ 乙） 丙", "(甲 OR 乙) 丙"),
    ("甲 乙 OR 丙", "(甲 AND 乙) OR 丙"),
    ("“甲 乙”", '"甲 乙"'),
    ("「甲乙」", '"甲乙"'),
    ("甲 NEAR 乙", "甲 NEAR/10 乙"),
    ("甲 NEAR/2 乙 NEAR/3 丙", "甲 NEAR/2 乙 乙 NEAR/3 丙"),
    ("(甲 OR 乙) NEAR/2 丙", "甲 NEAR/2 丙 OR 乙 NEAR/2 丙"),
    ("年度：2019..2021", "year:>=2019 year:<=2021"),
    ("year:2019～2021", "year:2019..2021"),
    ("YEAR:2019年", "year:2019"),
    ("count：＞500条", "count:>500条"),
    ("count:≥1.5万条", "count:>=15000条"),
    ("label:问题", "label:problem"),
    ("标签：存在问题", "label:problem"),
    ("问题：人员", "problem:人员"),
    ("problem:人员", "(label:problem 人员)"),
    ("problem:(人员 OR 资金)", "(label:problem (人员 OR 资金))"),
    ("label:(problem OR plan) 甲", "(label:problem OR label:plan) 甲"),
    ("org:(甲 OR 乙)", "org:甲 OR org:乙"),
    ('org:"甲 县"', "org:甲县"),
    ("公开*", "公开"),
    ("date:2023年5月", "date:2023-05"),
    ("has:问题", "has:problem"),
    ("表：新收申请＞100", "cell:新收申请>100"),
]


@pytest.mark.parametrize(("query", "other"), SAME)
def test_two_ways_to_say_it(query, other):
    def leafless(text):
        return text.replace("the phrase", "the word").replace(
            "year >= 2019; year <= 2021", "year >= 2019 and <= 2021"
        )

    assert leafless(told(query)).removeprefix("all of(").rstrip(")") == leafless(told(other)).removeprefix(
        "all of("
    ).rstrip(")")


TOLD = [
    ("甲 乙", 'all of(the word "甲"; the word "乙")'),
    ("甲 OR 乙 丙", 'any of(the word "甲"; all of(the word "乙"; the word "丙"))'),
    ("gov*", 'a word that begins with "gov"'),
    (
        "label:problem 甲 year:2020",
        'all of(one statement(all of(label is problem; the word "甲")); year = 2020)',
    ),
    (
        "(label:problem 甲) 乙",
        'all of(one statement(all of(label is problem; the word "甲")); the word "乙")',
    ),
    (
        "label:problem (甲 OR 乙)",
        'one statement(all of(label is problem; any of(the word "甲"; the word "乙")))',
    ),
    ("-label:problem", "not(one statement(label is problem))"),
    ("-label:problem 甲", 'one statement(all of(not(label is problem); the word "甲"))'),
    ("count:>5 unit:条", "one count(all of(count > 5; unit is 条))"),
    ("(count:>5) (count:<2)", "all of(one count(count > 5); one count(count < 2))"),
    ("report:(甲 乙)", 'the report(all of(the word "甲"; the word "乙"))'),
]


@pytest.mark.parametrize(("query", "words"), TOLD)
def test_told_in_words(query, words):
    assert told(query) == words


def test_rows_are_asked_where_they_are_searched():
    assert told("label:problem 甲", "statements") == 'all of(label is problem; the word "甲")'
    assert told("count:>5 year:2020", "counts") == "all of(count > 5; year = 2020)"


# What cannot be read: query, character, what is said

WRONG = [
    ("甲 AND", 6, "the query ends where a word"),
    ("甲 OR OR 乙", 6, "'OR' stands where"),
    ("OR 甲", 1, "'OR' stands where"),
    ("NEAR(甲 乙)", 1, "'NEAR' stands where"),
    ("甲)", 2, "closes none; expected a ("),
    ("(甲 OR 乙", 1, "not closed; expected a )"),
    ("甲 ()", 4, "')' stands where"),
    ('甲 "没有', 3, "quote is not closed"),
    ("甲 “没有", 3, "quote is not closed"),
    ("lable:problem", 1, "did you mean label:"),
    ("甲 xyzzy:1", 3, "there is no field xyzzy; the fields are org, title"),
    ("org:", 5, "a value behind the colon"),
    ("甲 NEAR/x 乙", 8, "from 0 to 1000"),
    ("甲 NEAR/1001 乙", 8, "from 0 to 1000"),
    ("甲 NEAR/3 org:乙", 3, "between two words"),
    ("year:abc", 6, "year: expected a number"),
    ("year:2021..2019", 6, "lies above the last"),
    ("count:>1e400", 7, "too large"),
    ("count:>=条", 7, "expected a number"),
    ("date:2023-13", 6, "no such month"),
    ("date:2023-02-30", 6, "no such day"),
    ("label:praise", 7, "initiative (举措), problem (存在问题)"),
    ("has:luck", 5, "expected initiative, problem"),
    ("(" * 31 + "甲" + ")" * 31, 31, "30 deep"),
]


@pytest.mark.parametrize(("query", "character", "said"), WRONG)
def test_error_points_at_the_place(query, character, said):
    with pytest.raises(QueryError) as error:
        read_query(query)
    first, line, mark, remedy = str(error.value).splitlines()
    assert first.startswith(f"Character {character} of the query: ")
    assert said in first
    assert remedy
    assert len(mark) - 1 == line.index(query[:40]) + character - 1


def test_message_in_full():
    with pytest.raises(QueryError) as error:
        read_query("公开 (人员 OR ")
    assert str(error.value) == (
        "Character 4 of the query: this bracket is not closed; expected a ) behind it.\n"
        "  公开 (人员 OR \n"
        "  　　 ^\n"
        'To look for the characters themselves, put them in double quotes: "…".'
    )


def test_only_the_surroundings_of_a_long_query_are_shown():
    with pytest.raises(QueryError) as error:
        read_query("甲" * 200 + " OR")
    line, mark = str(error.value).splitlines()[1:3]
    assert len(line) < 80
    assert len(mark) == len(line) + 1


# Values

VALUES = [
    (read_number, "2019", (2019, 2019, False, False)),
    (read_number, ">2019", (2019, None, True, False)),
    (read_number, "<=3", (None, 3, False, False)),
    (read_number, "..3", (None, 3, False, False)),
    (read_number, "-2..1,000", (-2, 1000, False, False)),
    (read_number, "1.5亿", (150_000_000, 150_000_000, False, False)),
    (read_number, "9" * 30, (1e30, 1e30, False, False)),
    (read_days, "2023", ("2023-01-01", "2023-12-31", False, False)),
    (read_days, "2024-02", ("2024-02-01", "2024-02-29", False, False)),
    (read_days, ">2023-05", ("2023-05-31", None, True, False)),
    (read_days, "<2023年5月4日", (None, "2023-05-04", False, True)),
    (read_days, "2022..2023-05", ("2022-01-01", "2023-05-31", False, False)),
]


@pytest.mark.parametrize(("read", "text", "bounds"), VALUES)
def test_bounds(read, text, bounds):
    found = read(text)
    assert (found.low, found.high, found.low_open, found.high_open) == bounds


def test_quantities_and_cells():
    quantity = read_quantity("申请>500件")
    assert (quantity.item, quantity.unit, quantity.bounds.low) == ("申请", "件", 500)
    assert read_quantity("申请").item == "申请"
    assert (read_cell("结转=空").state, read_cell("结转=/").state) == ("blank", "nil")
    assert read_cell("requests/granted.total").name == "requests/granted.total"


@pytest.mark.parametrize("read", [read_number, read_quantity, read_days, read_cell])
@pytest.mark.parametrize("text", ["", ">", "=", "..", "1..2..3", ">1..2"])
def test_no_value(read, text):
    with pytest.raises(BadValue, match="expected"):
        read(text)


@pytest.mark.parametrize("read", [fields, things])
@pytest.mark.parametrize("line", ["a", "org\treports\ttext\torg\t机构\tbody", "x\ty\tz"])
def test_a_bad_table_is_named_with_its_line(tmp_path, read, line):
    path = tmp_path / "table.tsv"
    path.write_text(f"# remark\n{line}\n")
    with pytest.raises(ResourceError, match=r"table\.tsv:2: "):
        read(path)


def test_every_field_is_told_in_the_guide():
    guide = (Path(__file__).parents[2] / "docs" / "search.md").read_text(encoding="utf-8")
    names = {f"{field.name}:" for field in fields().values()} | {thing.code for thing in things().values()}
    assert {name for name in names if f"`{name}" not in guide} == set()
