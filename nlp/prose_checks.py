"""Prose held against tables: the same figure stated twice should be the same."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ..data.check_rules import check_rule
from ..data.forms import Form
from ..data.prose_rules import CellTerm, ProseRule
from ..data.records import Check, CheckState, Report, Table
from .cell_names import cell_name, row_name
from .cell_sums import Term, Total, form_of, term_of, total
from .context_checks import is_government, is_office
from .identity_checks import amount
from .prose_mentions import Mention, find_mentions
from .reading import Reading

# Amounts of money are often rounded in prose.
_ROUNDED = 0.005


class _Meaning(NamedTuple):
    """What a figure may mean: a sum of cells and its name."""

    total: Total
    name: str


def check_prose(report: Report, reading: Reading) -> Iterator[Check]:
    """A check for each figure that both prose and tables give.

    A figure holds where any of its readings (新收 alone or with 上年结转) or any of its mentions agrees; else
    it fails, unless the prose says that it speaks of another scope than the table.
    """
    if not report.tables:
        return
    for rule, mentions in find_mentions(report, reading).items():
        meanings = [each for terms in rule.readings if (each := _meaning(report, terms))]
        if meanings:
            yield _compare(report, rule, mentions, meanings)


def _meaning(report: Report, terms: Sequence[CellTerm]) -> _Meaning | None:
    """A reading in the cells of the report; None where a table, or any cell of the sum, is not there."""
    found: list[Term] = []
    names: list[str] = []
    for term in terms:
        table = next((each for each in report.tables if each.table == term.table), None)
        form = form_of(report, table) if table else None
        if table is None or form is None:
            return None
        cells = _cells(form, table, term)
        if not cells or not all(cell.shown for cell in cells):
            return None
        found += cells
        names.append(("－" if term.sign < 0 else "＋") + _name(form, term.address))
    rows = {term.address.partition(".")[0] for term in terms}
    if len(names) > len(rows) == 1:
        names = [f"＋{names[0].partition('·')[0].removeprefix('＋')}·各类组织"]
    return _Meaning(total(found), "".join(names).removeprefix("＋"))


def _name(form: Form, address: str) -> str:
    row, _, column = address.partition(".")
    return row_name(form, row) if column == "total" else cell_name(form, address)


def _cells(form: Form, table: Table, term: CellTerm) -> list[Term]:
    """The cell, or for a head row without numbers the cells below it."""
    row, _, column = term.address.partition(".")
    official = form.table(table.table)
    own = term_of(table.cells, term.address, term.sign)
    if own.value is not None or term.address in official.cells:
        return [own]
    below = [f"{child.code}.{column}" for child in official.children(row)]
    return [term_of(table.cells, address, term.sign) for address in below if address in official.addresses]


def _compare(
    report: Report, rule: ProseRule, mentions: Sequence[Mention], meanings: Sequence[_Meaning]
) -> Check:
    for mention in mentions:
        for meaning in meanings:
            if meaning.total.known and _agree(rule, mention.value, meaning.total.value):
                return _check(rule, "holds", mention, meaning, f"与表中{_told(meaning)}一致")
    mention = next((each for each in mentions if not _scope(report, each)), mentions[0])
    known = [meaning for meaning in meanings if meaning.total.known]
    if not known or any(meaning.total.blank for meaning in known):
        return _check(rule, "not_assessable", mention, meanings[0], "表中相应的格为空，空格不等于0，不能比较")
    differing = f"表中{'，'.join(dict.fromkeys(map(_told, known)))}"
    if scope := _scope(report, mention):
        return _check(rule, "not_assessable", mention, known[0], f"{scope}；{differing}，口径不同，不能比较")
    return _check(rule, "fails", mention, known[0], f"{differing}，不一致")


def _agree(rule: ProseRule, said: float, shown: float) -> bool:
    if rule.scale == 1:
        return said == shown
    return abs(said / rule.scale - shown) <= _ROUNDED * max(abs(shown), 1)


def _told(meaning: _Meaning) -> str:
    return f"“{meaning.name}”{amount(meaning.total.value)}"


def _scope(report: Report, mention: Mention) -> str:
    """Why a figure may be of another scope than the report's tables; empty where nothing says so."""
    if mention.of_office and not mention.of_whole and is_government(report.org):
        return "正文说的是政府办公室（或本级）一家，表格可为全地区"
    if mention.of_whole and (is_office(report.org) or not is_government(report.org)):
        return "正文说的是全地区或全系统，表格可为本机关一家"
    return ""


def _check(rule: ProseRule, state: CheckState, mention: Mention, meaning: _Meaning, found: str) -> Check:
    said, shown = mention.value / rule.scale, meaning.total
    return Check(
        kind="prose",
        rule=rule.rule,
        state=state,
        severity=check_rule(rule.rule).severity,
        left=said,
        right=shown.value if shown.known else None,
        difference=round(said - shown.value, 6) if shown.known else None,
        cells=tuple(term.address for term in shown.terms),
        places=((mention.start, mention.end),),
        message=f"{check_rule(rule.rule).name}（{rule.name}）：正文“{mention.quote}”，{found}。",
    )
