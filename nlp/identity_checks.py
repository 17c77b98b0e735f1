"""The sums that a form prescribes, put to the test table by table."""

from collections.abc import Iterator, Sequence
from functools import cache, lru_cache

from ..data.check_rules import check_rule
from ..data.forms import Form, FormTable, Identity, load_forms
from ..data.records import Check, CheckState, Report, Table
from .cell_names import cell_name, column_name, row_name
from .cell_sums import Total, Verdict, form_of, judge, number_in, total_of

# Sums of more cells are told by what they run over, and only their cells above 0 are listed.
_LISTED_MAX = 2
_SIGNS = {"=": ("＝", "≠"), "<=": ("≤", "＞"), ">=": ("≥", "＜")}
_REMARKS = {
    "": "",
    "as_nought": "空格按0计。",
    "blank": "有空格，空格不等于0，不能判定。",
    "absent": "文中未见所需的格，不能判定。",
}


def check_tables(report: Report) -> Iterator[Check]:
    """A check for each identity of each table of a report, then one for the kinds of numbers in it."""
    for table in report.tables:
        form = form_of(report, table)
        if form is not None:
            for identity in _identities(form, table):
                yield _check(form, table, identity)
            yield from _number_kinds(form, table)


def _identities(form: Form, table: Table) -> Iterator[Identity]:
    """The identities of the form, and those of head rows that carry numbers of their own.

    Such a head adds up across like any row; it is the sum of its children where they are shown, and where
    they are not it stands for them, so that nothing is asked of theirs.
    """
    official = form.table(table.table)
    unasked: set[str] = set()
    for head in (row for row in official.rows if row.totals_children):
        columns = [column.code for column in official.block_of(head.code).value_columns]
        children = [row.code for row in official.children(head.code)]
        if any(number_in(table.cells.get(f"{head.code}.{column}")) is not None for column in columns):
            yield _derived(f"{form.id}.req.rowsum.{head.code}", [head.code], columns[:-1], columns[-1])
            if any(f"{child}.{column}" in table.cells for child in children for column in columns):
                for column in columns:
                    yield _derived(
                        f"{form.id}.req.{head.code}.{column}", children, [column], column, head.code
                    )
            else:
                unasked.update(children)
    for identity in _of_form(form.id, table.table):
        if not unasked.issuperset(cell.partition(".")[0] for cell in identity.left + identity.right):
            yield identity


@cache
def _of_form(form: str, table: str) -> tuple[Identity, ...]:
    return load_forms()[form].identities_of(table)


def _derived(
    rule: str, rows: Sequence[str], columns: Sequence[str], column: str, head: str | None = None
) -> Identity:
    left = tuple(f"{row}.{each}" for row in rows for each in columns)
    return Identity(id=rule, kind="derived", op="=", left=left, right=(f"{head or rows[0]}.{column}",))


def _check(form: Form, table: Table, identity: Identity) -> Check:
    left, right = (total_of(form, table.cells, side) for side in (identity.left, identity.right))
    verdict = judge(identity.op, left, right)
    return Check(
        kind="soft" if identity.kind == "soft" else "identity",
        rule=identity.id,
        state=verdict[0],
        severity=check_rule(identity.id).severity,
        left=left.value if left.known else None,
        right=right.value if right.known else None,
        difference=difference_of(left, right),
        cells=tuple(term.address for term in left.terms + right.terms),
        places=_places(table, left, right) if verdict[0] == "fails" else (),
        message=_message(form, identity, left, right, verdict),
    )


def difference_of(left: Total, right: Total) -> float | None:
    """Left less right, None where either is unknown altogether."""
    return round(left.value - right.value, 6) if left.known and right.known else None


def _places(table: Table, *totals: Total) -> tuple[tuple[int, int], ...]:
    cells = (table.cells.get(term.address) for total in totals for term in total.terms)
    return tuple(sorted({(c.start, c.end) for c in cells if c and c.start is not None and c.end is not None}))


def _message(form: Form, identity: Identity, left: Total, right: Total, verdict: Verdict) -> str:
    state, reason = verdict
    rule = check_rule(identity.id).name
    if state == "not_assessable":
        return f"{rule}：{_spelled(form, left)}与{_spelled(form, right)}，{_REMARKS[reason]}"
    sign = _SIGNS[identity.op][state == "fails"]
    gap = f"，相差{amount(abs(left.value - right.value))}" if state == "fails" else ""
    compared = f"{_spelled(form, left)}{sign}{_spelled(form, right)}{gap}。"
    return f"{rule}：{compared}{_REMARKS[reason]}"


def _spelled(form: Form, total: Total) -> str:
    """A side of an equation: its cells by name with their numbers, a long one in short."""
    terms = total.terms
    if len(terms) == 1:
        return f"{cell_name(form, terms[0].address)}{amount(terms[0].value)}"
    if len(terms) <= _LISTED_MAX:
        listed = "＋".join(f"{cell_name(form, t.address)}{amount(t.value)}" for t in terms)
        return f"{listed}＝{_sum(total)}"
    head, names = _line(form.id, tuple(term.address for term in terms))
    filled = [(name, term.value) for name, term in zip(names, terms, strict=True) if term.value]
    inner = "＋".join(f"{name}{amount(value)}" for name, value in filled)
    return f"{head}之和{_sum(total)}" + (f"（{inner}）" if len(filled) > 1 else "")


@lru_cache(maxsize=4096)
def _line(form_id: str, addresses: tuple[str, ...]) -> tuple[str, list[str]]:
    """What cells of one row or one column are called together, and each among them."""
    form = load_forms()[form_id]
    rows = [address.partition(".")[0] for address in addresses]
    column = addresses[0].partition(".")[2]
    if len(set(rows)) == 1:
        return f"{row_name(form, rows[0])}各格", [column_name(form, *each.split(".")) for each in addresses]
    head = "各项" if column == "count" else f"{column_name(form, rows[0], column)}列各行"
    return head, [row_name(form, row) for row in rows]


def _sum(total: Total) -> str:
    return amount(total.value if total.known else None)


def amount(value: float | None) -> str:
    """A number as it is written in a table; 空 for none."""
    if value is None:
        return "空"
    return str(value) if isinstance(value, int) else f"{value:.4f}".rstrip("0").rstrip(".")


def _number_kinds(form: Form, table: Table) -> Iterator[Check]:
    """Numbers below 0 or not whole where the form takes none, or one check that there are none."""
    official = form.table(table.table)
    bad = [code for code in table.cells if not _fitting(official, code, number_in(table.cells[code]))]
    for code in bad:
        yield _value_check(form, table, code, "fails")
    numbers = [code for code in table.cells if number_in(table.cells[code]) is not None]
    if numbers and not bad:
        message = f"{check_rule('value.whole').name}：{official.title}共{len(numbers)}个数，均合要求。"
        yield Check(kind="value", rule=f"value.whole.{table.table}", state="holds", message=message)


def _value_check(form: Form, table: Table, code: str, state: CheckState) -> Check:
    value, cell = number_in(table.cells[code]), table.cells[code]
    return Check(
        kind="value",
        rule=f"value.whole.{table.table}",
        state=state,
        severity=check_rule("value.whole").severity,
        left=value,
        cells=(code,),
        places=_places(table, total_of(form, {code: cell}, (code,))),
        message=f"{check_rule('value.whole').name}：{cell_name(form, code)}填{amount(value)}。",
    )


def _fitting(official: FormTable, code: str, value: float | None) -> bool:
    """Whether the form takes such a number in the cell."""
    row, _, name = code.partition(".")
    if value is None or (value >= 0 and value == int(value)) or code not in official.addresses:
        return True
    column = next(each for each in official.block_of(row).columns if each.code == name)
    unit = official.unit_of(code)
    whole = value == int(value) or column.decimals or unit == "万元"
    return whole and (value >= 0 or column.signed)


def shown_numbers(tables: Sequence[Table]) -> int:
    """How many cells of the tables have a number."""
    return sum(number_in(cell) is not None for table in tables for cell in table.cells.values())
