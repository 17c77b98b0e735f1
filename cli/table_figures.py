"""What `nianbao evaluate tables` prints: cells right, wrong, missing and invented, by flattening."""

from collections.abc import Sequence
from pathlib import Path

from rich.table import Table

from .output import note, stdout, write_json


def print_table_figures(files: Sequence[Path], *, as_json: bool, faults: int) -> None:
    """Score the table reader on files of marked tables, and list the first `faults` faults."""
    from ..nlp.table_scores import TableScores, Tally, score_tables

    scores: list[TableScores] = [score_tables(file) for file in files]
    by_flattening: dict[str, Tally] = {}
    for score in scores:
        for name, tally in score.by_flattening.items():
            by_flattening[name] = by_flattening.get(name, Tally()) + tally
    total = sum((score.total for score in scores), Tally())
    found = [fault for score in scores for fault in score.faults]
    if as_json:
        write_json({"total": total, "by_flattening": by_flattening, "faults": found})
        return
    table = Table("flattening", "tables", "right", "wrong", "missing", "invented", box=None, pad_edge=False)
    for name, tally in [*by_flattening.items(), ("in all", total)]:
        counts = (tally.tables, tally.right, tally.wrong, tally.missing, tally.invented)
        table.add_row(name, *map(str, counts))
    stdout.print(table)
    for fault in found[:faults]:
        note(fault)
    note(f"{len(found)} faults, {min(faults, len(found))} shown")
