"""What was measured, as a table."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple


class Figure(NamedTuple):
    """One figure: the part of the table, its row, the texts it was measured on, its unit.

    `note` stands for the value where there is none.
    """

    part: str
    name: str
    texts: str
    value: float | None
    unit: str = "×"
    note: str = ""


def shown(figure: Figure) -> str:
    """A value with its unit; three digits tell."""
    if figure.value is None:
        return figure.note
    size = abs(figure.value)
    digits = 0 if size >= 100 else 1 if size >= 10 else 2 if size >= 0.095 else 4
    return f"{figure.value:,.{digits}f}{'' if figure.unit in '×%' else ' '}{figure.unit}"


def lines(figures: Iterable[Figure]) -> Iterator[str]:
    """A table in Markdown for each part, a column for the texts."""
    figures = list(figures)
    for part in dict.fromkeys(figure.part for figure in figures):
        some = [figure for figure in figures if figure.part == part]
        columns = list(dict.fromkeys(figure.texts for figure in some))
        yield f"| {part} | {' | '.join(columns)} |"
        yield "| --- |" + " ---: |" * len(columns)
        for name in dict.fromkeys(figure.name for figure in some):
            cells = {figure.texts: shown(figure) for figure in some if figure.name == name}
            yield f"| {name} | {' | '.join(cells.get(column, '–') for column in columns)} |"
        yield ""
