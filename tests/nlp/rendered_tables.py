"""Official tables with any values, laid out as pages, PDFs and crawls have been seen to lay them out."""

import random
from dataclasses import dataclass
from functools import cache

from nianbao.data.forms import load_forms
from nianbao.data.records import Grid, GridCell


@dataclass(frozen=True)
class Laid:
    """A cell of the laid-out table: its text, spans, and the address where it is a value."""

    text: str
    rowspan: int = 1
    colspan: int = 1
    address: str | None = None


def rows_of(form, name):
    """(row, block) of every row with numbers, in printed order."""
    table = load_forms()[form].table(name)
    return [(row, block) for block in table.blocks for row in block.value_rows if not row.optional]


def addresses(form, name):
    return load_forms()[form].table(name).cells


def lay_out(form, name, shown):
    """The table as rows of `Laid`; `shown` maps each address to what is printed in its cell."""
    table = load_forms()[form].table(name)
    laid = {"proactive": _proactive, "requests": _requests, "reviews": _reviews, "statistics": _statistics}
    return laid[name](table, shown)


def _proactive(table, shown):
    width = table.width
    rows = []
    for block in table.blocks:
        rows.append([Laid(block.label, colspan=width)])
        rows.append([Laid(block.corner), *_stretched([Laid(c.label) for c in block.columns], width - 1)])
        for row in block.rows:
            if not row.optional:
                cells = [_value(row, column, shown) for column in block.columns]
                rows.append([Laid(row.label), *_stretched(cells, width - 1)])
    return rows


def _stretched(cells, width):
    last = cells[-1]
    colspan = width - len(cells) + 1
    return [*cells[:-1], Laid(last.text, colspan=colspan, address=last.address)]


def _value(row, column, shown):
    address = f"{row.code}.{column.code}"
    return Laid(shown[address], address=address)


def _requests(table, shown):
    block = table.blocks[0]
    columns = [column for column in block.columns if not column.optional]
    names = [Laid(column.label) for column in columns]
    rows = [
        [Laid(table.caption, 3, 3), Laid("申请人情况", 1, 7)],
        [Laid(names[0].text, 2), Laid("法人或其他组织", 1, 5), Laid(names[-1].text, 2)],
        names[1:-1],
    ]
    values = [row for row in block.rows if row.kind == "value"]
    parents = {row.code: row for row in block.rows}
    opened = set()
    for row in values:
        cells = []
        chain = []
        parent = row.parent
        while parent:
            chain.insert(0, parents[parent])
            parent = parents[parent].parent
        for group in chain:
            if group.code not in opened:
                opened.add(group.code)
                cells.append(Laid(group.label, rowspan=_size(group, values, parents)))
        cells.append(Laid(row.label, colspan=3 - len(chain)))
        rows.append([*cells, *(_value(row, column, shown) for column in columns)])
    return rows


def _size(group, values, parents):
    def under(row):
        while row.parent:
            if row.parent == group.code:
                return True
            row = parents[row.parent]
        return False

    return sum(under(row) for row in values)


def _reviews(table, shown):
    block = table.blocks[0]
    five = [Laid(column.label) for column in block.columns]
    rows = [row for row in block.rows if row.kind == "value"]
    return [
        [Laid(rows[0].label, 1, 5), Laid("行政诉讼", 1, 10)],
        [*[Laid(each.text, 2) for each in five], Laid(rows[1].label, 1, 5), Laid(rows[2].label, 1, 5)],
        [*five, *five],
        [_value(row, column, shown) for row in rows for column in block.columns],
    ]


def _statistics(table, shown):
    block = table.blocks[0]
    head = [Laid("统计指标"), Laid("单位"), Laid("统计数")]
    rows = [head]
    for row in block.rows:
        if row.kind == "value":
            rows.append([Laid(row.label), Laid(row.unit), _value(row, block.columns[0], shown)])
        else:
            rows.append([Laid(row.label), Laid("——"), Laid("——")])
    return rows


def spread(rows):
    """The full grid: a list of `Laid` or None (covered) for every row, and its width."""
    grid, covered = [], {}
    for row in rows:
        line, cells = [], list(row)
        covered = {column: left - 1 for column, left in covered.items() if left > 1}
        while cells or len(line) in covered:
            if len(line) in covered:
                line.append(None)
                continue
            cell = cells.pop(0)
            for offset in range(cell.colspan):
                if cell.rowspan > 1:
                    covered[len(line)] = cell.rowspan
                line.append(None if offset else cell)
        grid.append(line)
    return grid


# Layouts that keep blank cells.


def markdown(rows, rng):
    lines = ["| " + " | ".join(cell.text if cell else "" for cell in line) + " |" for line in spread(rows)]
    if rng.random() < 0.5:
        lines.insert(1, "|" + "---|" * lines[0].count("|"))
    return "\n".join(lines)


def tabs(rows, rng):
    return "\n".join("\t".join(cell.text for cell in row) for row in rows)


def html(rows, rng):
    def tag(cell):
        spans = (f' rowspan="{cell.rowspan}"' if cell.rowspan > 1 else "") + (
            f' colspan="{cell.colspan}"' if cell.colspan > 1 else ""
        )
        inner = cell.text or rng.choice(["", "&nbsp;", " "])
        wrapped = f"<p><span>{inner}</span></p>" if rng.random() < 0.4 else inner
        return f"<td{spans}>{wrapped}</td>"

    body = "\n".join("<tr>" + "".join(map(tag, row)) + "</tr>" for row in rows)
    return f'<div><table border="1">\n{body}\n</table></div>'


def barred_lines(rows, rng):
    """A cell a line with a bar after it; the padding of merged cells moved to the row's end."""
    lines = []
    for row, full in zip(rows, spread(rows), strict=True):
        lines.extend(f"{cell.text} |" if cell.text else "|" for cell in row)
        padding = len(full) - len(row)
        if padding:
            lines.append("|" * padding)
    return "\n".join(lines)


def padded_rows(rows, rng):
    """A row a line between bars, padding at the row's end."""
    return "\n".join(
        "|" + "|".join([*(cell.text for cell in row), *[""] * (len(full) - len(row))]) + "|"
        for row, full in zip(rows, spread(rows), strict=True)
    )


# Layouts that lose blank cells.


def cell_lines(rows, rng):
    return "\n".join(_wrapped(cell.text, rng) for row in rows for cell in row if cell.text)


def cell_paragraphs(rows, rng):
    return "\n\n".join(cell.text for row in rows for cell in row if cell.text)


def cells_with_page_marks(rows, rng):
    lines = []
    for number, row in enumerate(rows):
        if number and number % 11 == 0:
            lines.append(
                rng.choice(["- {} -", "— {} —", "第{}页", "第 {} 页 共 9 页"]).format(number // 11 + 2)
            )
        lines.extend(cell.text for cell in row if cell.text)
    return "\n".join(lines)


def _wrapped(text, rng):
    if len(text) > 12 and rng.random() < 0.5:
        cut = rng.randrange(5, len(text) - 2)
        return text[:cut] + "\n" + text[cut:]
    return text


def spaced_rows(rows, rng):
    return "\n".join(" ".join(cell.text for cell in row if cell.text) for row in rows)


def one_line(rows, rng):
    return " ".join(cell.text for row in rows for cell in row if cell.text)


def torn_rows(rows, rng):
    """PDF text: numbers before, after or between the halves of a label; upright heads between the rows."""
    lines, upright = [], list("三、本年度办理结果")
    for row in rows:
        labels = [cell.text for cell in row if cell.address is None]
        numbers = " ".join(cell.text for cell in row if cell.address and cell.text)
        if not numbers or not labels:
            lines.append(" ".join([*labels, numbers]).strip())
            continue
        label = labels[-1]
        lines.extend(labels[:-1] if labels[:-1] != ["三、本年度办理结果"] else [])
        kind = rng.randrange(4)
        if kind == 0 or len(row) < 6:
            lines.append(f"{label} {numbers}")
        elif kind == 1:
            lines += [numbers, label]
        elif kind == 2 and len(label) > 9:
            cut = rng.randrange(7, len(label) - 1)
            lines += [label[:cut], numbers, label[cut:]]
        else:
            lines.append(f"{label} {numbers}")
        if len(row) > 6 and upright and rng.random() < 0.5:
            lines.append(upright.pop(0))
    return "\n".join(lines)


def paged_rows(rows, rng):
    """PDF text over two pages, the table's head printed again, a page mark between."""
    heads = [row for row in rows if not any(cell.address for cell in row)][:3]
    lines = []
    for number, row in enumerate(rows):
        if number == 14 and len(rows) > 20:
            lines.append("— 4 —")
            lines += [" ".join(cell.text for cell in head) for head in heads]
        lines.append(" ".join(cell.text for cell in row if cell.text))
    return "\n".join(lines)


def headless_rows(rows, rng):
    return "\n".join(
        " ".join(cell.text for cell in row if cell.text) for row in rows if any(cell.address for cell in row)
    )


KEEPING = (markdown, tabs, html, barred_lines, padded_rows)
LOSING = (
    cell_lines,
    cell_paragraphs,
    cells_with_page_marks,
    spaced_rows,
    one_line,
    torn_rows,
    paged_rows,
    headless_rows,
)


def grids(rows, split):
    """The table as a reader's grids, without places; in two where `split`."""
    made = [tuple(GridCell(text=c.text, rowspan=c.rowspan, colspan=c.colspan) for c in row) for row in rows]
    parts = [made[:5], made[5:]] if split and len(made) > 10 else [made]
    return [Grid(rows=tuple(part), start=0, end=0) for part in parts]


@cache
def _zero_share(seed):
    return random.Random(seed).choice([0.3, 0.8, 0.97])


def values_for(form, name, rng, blanks=""):
    """What to print in each cell, and the value and state it has.

    `blanks`: `""` none, `row` whole rows, `cell` single cells too.
    """
    share = _zero_share(rng.randrange(9))
    shown, expected = {}, {}
    for row, block in rows_of(form, name):
        blank_row = blanks and len(block.columns) > 1 and rng.random() < 0.08
        for column in block.columns:
            if column.optional:
                continue
            address = f"{row.code}.{column.code}"
            if blank_row or (blanks == "cell" and rng.random() < 0.1):
                shown[address], expected[address] = "", (None, "blank")
            else:
                shown[address], expected[address] = _printed(column, share, rng)
    return shown, expected


def _printed(column, share, rng):
    value = (
        0 if rng.random() < share else rng.choice([rng.randrange(1, 10), rng.randrange(10, 3000), 1234567])
    )
    if rng.random() < 0.02:
        return rng.choice(["/", "—", "-"]), (None, "nil")
    if column.decimals and value and rng.random() < 0.5:
        value = round(value + rng.randrange(1, 99) / 100, 2)
        return rng.choice([f"{value}", f"{value}万元"]), (value, "value")
    if column.signed and value:
        return rng.choice(
            [
                (f"+{value}", (value, "value")),
                (f"-{value}", (-value, "value")),
                (f"减{value}", (-value, "value")),
                (f"增{value}", (value, "value")),
            ]
        )
    if value >= 1000 and rng.random() < 0.2:
        return f"{value:,}", (value, "value")
    if rng.random() < 0.03:
        return str(value).translate(str.maketrans("0123456789", "０１２３４５６７８９")), (
            value,
            "value" if value else "zero",
        )
    return str(value), (value, "value" if value else "zero")
