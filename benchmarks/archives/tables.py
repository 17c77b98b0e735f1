"""The official tables filled with figures whose sums add up, as rows of cells."""

from dataclasses import dataclass
from functools import cache
from random import Random

from nianbao.data.forms import load_forms

from .bodies import Figures

Values = dict[str, int]


@dataclass(frozen=True)
class Cell:
    """A cell as it is printed: a label, or the value at `address`."""

    text: str
    rowspan: int = 1
    colspan: int = 1
    address: str | None = None


Rows = list[list[Cell]]
_APPLICANTS = ("natural_person", "business", "research", "public_welfare", "legal_service", "other_org")
# Outcomes of this many requests are drawn one by one; those of the others are the commonest.
_DRAWN = 400
# How often each outcome is met; what is not named is met at 1.
_OUTCOMES = {"granted": 40, "partially_granted": 7, "unavailable_not_held": 18, "denied_third_party": 2}


def filled(form: str, table: str, values: Values) -> Rows:
    """The printed rows of a form's table with `values` in their places."""
    return [
        [cell if cell.address is None else _valued(cell, values) for cell in row]
        for row in layout(form, table)
    ]


def _valued(cell: Cell, values: Values) -> Cell:
    return Cell(str(values[cell.address or ""]), cell.rowspan, cell.colspan, cell.address)


@cache
def layout(form: str, name: str) -> Rows:
    """The table as the form prints it; values stand empty with their address."""
    made = {"proactive": _proactive, "requests": _requests, "reviews": _reviews, "statistics": _statistics}
    return made[name](load_forms()[form].table(name))


def _proactive(table) -> Rows:
    rows = []
    for block in table.blocks:
        rows.append([Cell(block.label, colspan=table.width)])
        rows.append(
            [Cell(block.corner), *_stretched([Cell(c.label) for c in block.columns], table.width - 1)]
        )
        for row in block.rows:
            if not row.optional:
                cells = [Cell("", address=f"{row.code}.{column.code}") for column in block.columns]
                rows.append([Cell(row.label), *_stretched(cells, table.width - 1)])
    return rows


def _stretched(cells: list[Cell], width: int) -> list[Cell]:
    *before, last = cells
    return [*before, Cell(last.text, 1, width - len(before), last.address)]


def _requests(table) -> Rows:
    block = table.blocks[0]
    columns = [column for column in block.columns if not column.optional]
    names = [Cell(column.label) for column in columns]
    rows = [
        [Cell(table.caption, 3, 3), Cell("申请人情况", 1, 7)],
        [Cell(names[0].text, 2), Cell("法人或其他组织", 1, 5), Cell(names[-1].text, 2)],
        names[1:-1],
    ]
    parents = {row.code: row for row in block.rows}
    opened: set[str] = set()
    for row in block.value_rows:
        chain = _chain(row, parents)
        heads = [group for group in chain if group.code not in opened]
        opened |= {group.code for group in heads}
        cells = [Cell(group.label, rowspan=_size(group, block.value_rows, parents)) for group in heads]
        cells.append(Cell(row.label, colspan=3 - len(chain)))
        rows.append([*cells, *(Cell("", address=f"{row.code}.{column.code}") for column in columns)])
    return rows


def _chain(row, parents) -> list:
    chain = []
    while row.parent:
        row = parents[row.parent]
        chain.insert(0, row)
    return chain


def _size(group, rows, parents) -> int:
    return sum(group in _chain(row, parents) for row in rows)


def _reviews(table) -> Rows:
    block = table.blocks[0]
    five = [Cell(column.label) for column in block.columns]
    first, *courts = block.value_rows
    return [
        [Cell(first.label, 1, 5), Cell("行政诉讼", 1, 10)],
        [*[Cell(each.text, 2) for each in five], *[Cell(each.label, 1, 5) for each in courts]],
        [*five, *five],
        [
            Cell("", address=f"{row.code}.{column.code}")
            for row in block.value_rows
            for column in block.columns
        ],
    ]


def _statistics(table) -> Rows:
    block = table.blocks[0]
    rows = [[Cell("统计指标"), Cell("单位"), Cell("统计数")]]
    for row in block.rows:
        last = Cell("", address=f"{row.code}.count") if row.kind == "value" else Cell("——")
        rows.append([Cell(row.label), Cell(row.unit or "——"), last])
    return rows


def proactive_values(form: str, figures: Figures, rng: Random) -> Values:
    values = dict.fromkeys((c.address for row in layout(form, "proactive") for c in row if c.address), 0)
    in_force = figures.normative + int(rng.random() * 80)
    known = {"licensing.decisions": figures.licensing, "penalties.decisions": figures.penalties}
    if form == "2019":
        known["normative_documents.newly_made"] = figures.normative
        known["normative_documents.newly_disclosed"] = figures.normative
        known["normative_documents.total_disclosed"] = in_force
        known["licensing.items_last_year"] = int(rng.random() * 190)
        known["procurement.projects"] = int(rng.random() * 60)
    else:
        known["normative_documents.made"] = figures.normative
        known["normative_documents.repealed"] = int(rng.random() * 5)
        known["normative_documents.in_force"] = in_force
        known["fees.amount"] = int(rng.random() * 900)
    return values | known


def requests_values(form: str, figures: Figures, rng: Random) -> Values:
    """Every column balances: received and carried over are handled or carried forward."""
    rows = [row.code for row in load_forms()[form].table("requests").blocks[0].value_rows]
    outcomes = [
        row for row in rows if row not in ("new_requests", "carried_over", "total_handled", "carried_forward")
    ]
    weights = [_OUTCOMES.get(row, 1) for row in outcomes]
    values = dict.fromkeys((f"{row}.{column}" for row in rows for column in (*_APPLICANTS, "total")), 0)
    received = _shares(figures.requests, rng)
    for column, new in received.items():
        first = column == "natural_person"
        values[f"new_requests.{column}"] = new
        if first:
            values["carried_over.natural_person"] = figures.carried
            values["carried_forward.natural_person"] = figures.forward
        handled = new + (figures.carried - figures.forward if first else 0)
        values[f"total_handled.{column}"] = handled
        for row in rng.choices(outcomes, weights, k=min(handled, _DRAWN)):
            values[f"{row}.{column}"] += 1
        values[f"granted.{column}"] += max(0, handled - _DRAWN)
    for row in rows:
        values[f"{row}.total"] = sum(values[f"{row}.{column}"] for column in _APPLICANTS)
    return values


def _shares(total: int, rng: Random) -> Values:
    """Requests by who asked; most are natural persons."""
    rest = int(total * rng.uniform(0, 0.25))
    shares = {"natural_person": total - rest, "business": rest - rest // 4, "research": 0}
    return shares | {"public_welfare": 0, "legal_service": rest // 4, "other_org": 0}


def reviews_values(figures: Figures, rng: Random) -> Values:
    values = {}
    for row in ("reconsideration", "litigation_direct", "litigation_after_reconsideration"):
        most = figures.requests // 30 + 1
        parts = [int(rng.random() * most) for _ in range(4)]
        names = ("upheld", "corrected", "other_result", "pending")
        values |= {f"{row}.{name}": part for name, part in zip(names, parts, strict=True)}
        values[f"{row}.total"] = sum(parts)
    return values


def statistics_values(form: str, figures: Figures, rng: Random) -> Values:
    rows = load_forms()[form].table("statistics").blocks[0].value_rows
    values = {f"{row.code}.count": 0 for row in rows}
    made = _old_figures(figures, rng) if form == "2014" else _oldest_figures(figures, rng)
    return values | {f"{code}.count": value for code, value in made.items()}


def _old_figures(figures: Figures, rng: Random) -> Values:
    online = int(figures.requests * rng.random())
    known = int(figures.handled * rng.random() / 3)
    full, part = 1 + int(rng.random() * 3), 2 + int(rng.random() * 40)
    return {
        "disclosed_items": figures.disclosed,
        "channel_website": figures.disclosed,
        "disclosed_normative_documents": figures.normative,
        "issued_normative_documents": figures.normative,
        "received": figures.requests,
        "received_online": online,
        "received_letter": figures.requests - online,
        "closed": figures.handled,
        "closed_on_time": figures.handled,
        "answered": figures.handled,
        "answered_already_public": known,
        "answered_granted": figures.handled - known,
        "staff": full + part,
        "staff_full_time": full,
        "staff_part_time": part,
        "interpretations": int(rng.random() * 60),
        "press_conferences": int(rng.random() * 9),
        "reading_points": int(rng.random() * 40),
        "meetings": 1 + int(rng.random() * 5),
    }


def _oldest_figures(figures: Figures, rng: Random) -> Values:
    in_person = int(figures.requests * rng.random())
    return {
        "disclosed_items": figures.disclosed,
        "disclosed_full_text": int(figures.disclosed * 0.9),
        "new_normative_documents": figures.normative,
        "page_views": figures.disclosed * 37,
        "visitors": int(rng.random() * 900),
        "phone_enquiries": int(rng.random() * 700),
        "received": figures.requests,
        "received_in_person": in_person,
        "received_online": figures.requests - in_person,
        "answered": figures.handled,
        "answered_granted": figures.handled,
    }
