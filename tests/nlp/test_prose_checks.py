import pytest

from nianbao.data.errors import ResourceError
from nianbao.data.forms import load_forms
from nianbao.data.prose_rules import prose_rules, read_prose_rules
from nianbao.data.records import Section
from nianbao.nlp.checks import check_report
from nianbao.nlp.counts import find_counts
from nianbao.nlp.reading import Reading
from nianbao.nlp.zeros import find_zeros

# A town of no report: 40 new, 3 carried in, 41 handled, 2 carried on.
REQUESTS = {
    "new_requests": (36, 4),
    "carried_over": (3, 0),
    "granted": (20, 1),
    "partially_granted": (5, 0),
    "denied_third_party": (1, 0),
    "denied_process_info": (2, 0),
    "unavailable_not_held": (6, 2),
    "unprocessed_repeat": (1, 0),
    "other_uncorrected": (1, 0),
    "other_remaining": (1, 1),
    "total_handled": (37, 4),
    "carried_forward": (2, 0),
}
REVIEWS = {"reconsideration": (4, 1), "litigation_direct": (2, 0), "litigation_after_reconsideration": (1, 0)}


@pytest.fixture(scope="module")
def tables():
    form = load_forms()["2021"]
    values = {name: dict.fromkeys(form.table(name).cells, 0) for name in ("requests", "reviews", "proactive")}
    for row, (natural, business) in REQUESTS.items():
        cells = {"natural_person": natural, "business": business, "total": natural + business}
        values["requests"] |= {f"{row}.{column}": number for column, number in cells.items()}
    for row, (upheld, pending) in REVIEWS.items():
        cells = {"upheld": upheld, "pending": pending, "total": upheld + pending}
        values["reviews"] |= {f"{row}.{column}": number for column, number in cells.items()}
    documents = {"made": 6, "repealed": 2, "in_force": 33}
    values["proactive"] |= {f"normative_documents.{code}": number for code, number in documents.items()}
    values["proactive"]["fees.amount"] = 1280.56
    return values


@pytest.fixture
def compared(tables, report_with):
    """States of the prose's comparisons by rule."""

    def compare(text, **fields):
        reading = Reading(text)
        counts, zeros = find_counts(reading, masked=()), find_zeros(reading, masked=())
        fields = {"org": "云川县人民政府", "year": 2023, **fields}
        report = report_with("2021", tables, text, counts=counts, zeros=zeros, **fields)
        checks = [check for check in check_report(report) if check.kind == "prose"]
        assert all(text[start:end] for check in checks for start, end in check.places)
        return {check.rule.removeprefix("prose."): check for check in checks}

    return compare


SAID = [
    ("依申请公开方面，全县共收到政府信息公开申请40件。", "received", "holds"),
    ("全年收到信息公开申请43件，均已按期办理。", "received", "holds"),
    ("（二）依申请公开。2023年受理申请四十件。", "received", "holds"),
    ("我县收到37件政府信息公开申请。", "received", "fails"),
    ("全年没有收到政府信息公开申请。", "received", "fails"),
    ("收到依申请公开40件，其中自然人36件、法人或其他组织4件。", "natural_person", "holds"),
    ("收到依申请公开40件，其中自然人36件、法人或其他组织4件。", "organisations", "holds"),
    ("收到依申请公开40件，其中自然人30件，法人或其他组织10件。", "organisations", "fails"),
    ("新收政府信息公开申请40件，上年结转3件。", "carried_over", "holds"),
    ("新收政府信息公开申请40件，无上年结转。", "carried_over", "fails"),
    ("办结政府信息公开申请41件，结转下年度继续办理2件。", "carried_forward", "holds"),
    ("办结政府信息公开申请41件，另有3件转入下一年度办理。", "carried_forward", "fails"),
    ("收到信息公开申请40件，连同结转，共需办理43件。", "due", "holds"),
    ("收到信息公开申请40件，已答复41件。", "handled", "holds"),
    ("收到信息公开申请40件，已办结39件。", "handled", "fails"),
    ("对政府信息公开申请，予以公开21件，部分公开5件。", "granted", "holds"),
    ("对政府信息公开申请，予以公开和部分公开共26件。", "granted_or_partially", "holds"),
    ("对政府信息公开申请，予以公开21件，部分公开8件。", "partially_granted", "fails"),
    ("对政府信息公开申请，不予公开3件，无法提供8件。", "denied", "holds"),
    ("对政府信息公开申请，不予公开3件，无法提供9件。", "unavailable", "fails"),
    ("对政府信息公开申请，不予处理1件，其他处理3件。", "unprocessed", "holds"),
    ("对政府信息公开申请，不予处理1件，其他处理3件。", "other_handling", "holds"),
    ("因政府信息公开被申请行政复议5件，被提起行政诉讼3件。", "reconsideration", "holds"),
    ("因政府信息公开被申请行政复议5件，被提起行政诉讼3件。", "litigation", "holds"),
    ("因政府信息公开引发行政复议、行政诉讼8件。", "reviews", "holds"),
    ("因政府信息公开被申请行政复议2件。", "reconsideration", "fails"),
    ("全年未发生因政府信息公开引起的行政复议、行政诉讼。", "reviews", "fails"),
    ("全年制发行政规范性文件6件，废止2件，现行有效33件。", "normative_documents_made", "holds"),
    ("全年制发行政规范性文件6件，废止2件，现行有效33件。", "normative_documents_repealed", "holds"),
    ("全年制发行政规范性文件6件，废止2件，现行有效31件。", "normative_documents_in_force", "fails"),
    ("公布收费目录，行政事业性收费1280.56万元。", "fees", "holds"),
    ("公布收费目录，行政事业性收费收入2200万元。", "fees", "fails"),
]


@pytest.mark.parametrize(("text", "rule", "state"), SAID)
def test_prose_against_table(compared, text, rule, state):
    assert compared(text)[rule].state == state


UNSAID = [
    "推进信息公开。政务服务中心窗口受理申请121510件。",
    "受理行政许可申请52件。",
    "政府信息公开申请比上年增加12件。",
    "2022年收到政府信息公开申请71件。",
    "通过网络提交政府信息公开申请15件。",
    "收到政府信息公开申请100余件。",
    "政府信息公开专栏收到网民留言23条，已办结23条。",
    "全年办理行政复议案件120件，推进信息公开。",
    "因政府信息公开被申请行政复议，维持4件。",
    "公开制度规定了受理申请的5个步骤。",
    "修订规范性文件9件。",
]


@pytest.mark.parametrize("text", UNSAID)
def test_other_figures_are_not_compared(compared, text):
    assert compared(text) == {}


SCOPES = [
    ("县政府办公室受理政府信息公开申请9件。", "云川县人民政府", "政府办公室"),
    ("县政府办代表县政府收到政府信息公开申请9件。", "云川县人民政府", "口径不同"),
    ("县本级收到政府信息公开申请9件。", "云川县人民政府", "本级"),
    ("全县各级各部门收到政府信息公开申请230件。", "云川县水务局", "全系统"),
    ("全县各单位收到政府信息公开申请230件。", "云川县人民政府办公室", "口径不同"),
]


@pytest.mark.parametrize(("text", "org", "reason"), SCOPES)
def test_another_scope_cannot_be_compared(compared, text, org, reason):
    check = compared(text, org=org)["received"]
    assert check.state == "not_assessable"
    assert reason in check.message


def test_the_office_may_have_all_of_it(compared):
    assert compared("县政府办公室受理政府信息公开申请40件。")["received"].state == "holds"


def test_one_right_mention_is_enough(compared):
    text = "市民收到申请回执。收到政府信息公开申请12件。全县收到政府信息公开申请40件。"
    assert compared(text)["received"].state == "holds"


def test_problems_of_the_past_are_not_the_years_figures(compared):
    text = "五、存在的问题\n收到政府信息公开申请12件，答复不够规范。"
    section = Section(text="五、存在的问题", start=0, end=7, kind="problems", depth=1, content_end=len(text))
    assert "received" in compared(text)
    assert compared(text, sections=(section,)) == {}


def test_a_failure_tells_both_numbers_and_every_reading(compared):
    check = compared("全县收到政府信息公开申请37件。")["received"]
    assert (check.left, check.right, check.difference, check.severity) == (37, 40, -3, "warning")
    assert check.cells == ("new_requests.total",)
    assert "全县收到政府信息公开申请37件" in check.message
    assert "40" in check.message
    assert "43" in check.message


def test_blank_cells_cannot_be_compared(report_with):
    text = "收到政府信息公开申请7件。"
    reading = Reading(text)
    blank = dict.fromkeys(load_forms()["2021"].table("requests").cells)
    report = report_with("2021", {"requests": blank}, text, counts=find_counts(reading, masked=()))
    (check,) = [check for check in check_report(report) if check.kind == "prose"]
    assert check.state == "not_assessable"


def test_readings_name_cells_of_the_forms():
    addresses = {
        f"{table.table}/{row.code}.{column.code}"
        for form in load_forms().values()
        for table in form.tables
        for block in table.blocks
        for row in block.rows
        for column in block.columns
    }
    named = {f"{t.table}/{t.address}" for rule in prose_rules() for terms in rule.readings for t in terms}
    assert named <= addresses


BROKEN = [
    'name = "a"\n',
    '[a]\nname = "a"\ncount = ["x"]\nunits = "件"\nreadings = ["requests/a.b"]\n',
    '[a]\nname = "a"\ncount = ["(#"]\nunits = "件"\nreadings = ["requests/a.b"]\n',
    '[a]\nname = "a"\ncount = ["#"]\nunits = "件"\nreadings = ["a.b"]\n',
    '[a]\nname = "a"\ncount = ["#"]\nunits = "件"\nreadings = []\ncolour = 1\n',
    "[a\n",
]


@pytest.mark.parametrize("lines", BROKEN)
def test_rule_file_is_checked(tmp_path, lines):
    path = tmp_path / "prose_rules.toml"
    path.write_text(lines, encoding="utf-8")
    with pytest.raises(ResourceError, match=r"prose_rules\.toml"):
        read_prose_rules(path)
