"""`nianbao evaluate`: found facts against hand-marked ones."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.table import Table

from .options import Json
from .output import note, stdout, write_json
from .table_figures import print_table_figures

if TYPE_CHECKING:
    from ..data.gold import Passage
    from ..data.records import Report
    from ..models.evaluation import Evaluation, Interval

# The figures shown, in order; --json has them all.
SHOWN = (
    *("dates.value.f1", "dates.exact.f1", "counts.value.f1", "counts.full.f1", "counts.item_char_f1"),
    *("zeros.overlap.p", "zeros.overlap.r", "zeros.overlap.f1", "zeros.item_char_f1"),
    *("citations.title.f1", "citations.number.f1", "statements.boundary.f1", "statements.macro_f1"),
    *(f"statements.{label}.f1" for label in ("initiative", "problem", "plan", "other")),
    *("statements.accuracy", "statements.category_accuracy"),
)


def command(
    gold: Annotated[
        list[Path],
        typer.Argument(help="Files of marked passages, JSON Lines; after the word tables, of marked tables."),
    ],
    draws: Annotated[int, typer.Option(min=0, help="Draws of the bootstrap intervals.")] = 1000,
    errors: Annotated[int, typer.Option(min=0, help="Wrong, missed and extra facts to list.")] = 0,
    as_json: Json = False,
) -> None:
    """Score the extraction against hand-marked passages: precision, recall and F1 of each kind.

    Shows 95 % bootstrap intervals over reports, which labels are confused, how far the confidence of a
    label can be trusted, and what leaving out the least certain would gain.

    With the word tables before the files, the cells of official tables are scored instead: right, wrong,
    missing and invented, for each way in which the text had flattened them.

    Examples: nianbao evaluate tests/gold/passages.jsonl --errors 20

    nianbao evaluate tables marked_tables.jsonl
    """
    first, *files = gold
    if first == Path("tables") and files:
        print_table_figures(files, as_json=as_json, faults=errors)
        return
    from ..data.gold import read_gold
    from ..models.evaluation import evaluate

    passages = read_gold(gold)
    found = [read_passage(passage) for passage in passages]
    evaluation = evaluate(passages, found, draws)
    if as_json:
        write_json(_plain(evaluation))
        return
    note(f"{evaluation.passages} passages of {evaluation.reports} reports")
    stdout.print(_figures(evaluation))
    stdout.print(_confusion(evaluation))
    stdout.print(_certainty(evaluation))
    if errors:
        _print_errors(passages, found, errors)


def read_passage(passage: "Passage") -> "Report":
    """What the pipeline finds in a passage, knowing only what a passage says of itself."""
    from ..nlp.given import Given
    from ..nlp.pipeline import extract

    given = Given(org=passage.org, year=passage.year, section=passage.section, genre=passage.genre)
    return extract(passage.text, given)


def _plain(evaluation: "Evaluation") -> dict[str, object]:
    return {
        "passages": evaluation.passages,
        "reports": evaluation.reports,
        "figures": evaluation.figures,
        "confusion": {f"{marked}>{found}": n for (marked, found), n in evaluation.confusion.items()},
        "calibration_error": evaluation.calibration,
        "coverage": evaluation.coverage,
    }


def _figures(evaluation: "Evaluation") -> Table:
    table = Table("figure", "value", "95 %", box=None, pad_edge=False)
    for name in SHOWN:
        table.add_row(name, *_shown(evaluation.figures[name]))
    return table


def _shown(figure: "Interval") -> tuple[str, str]:
    value = "–" if figure.value is None else f"{figure.value:.3f}"
    return value, "" if figure.low is None else f"{figure.low:.3f}-{figure.high:.3f}"


def _confusion(evaluation: "Evaluation") -> Table:
    labels = sorted({marked for marked, _ in evaluation.confusion})
    columns = [*labels, "-"]
    table = Table("marked \\ found", *columns, title="characters", box=None, pad_edge=False)
    for marked in labels:
        table.add_row(marked, *(f"{evaluation.confusion[marked, found]:,.0f}" for found in columns))
    return table


def _certainty(evaluation: "Evaluation") -> Table:
    table = Table("surest", "accuracy", "from confidence", box=None, pad_edge=False)
    for row in evaluation.coverage:
        table.add_row(f"{row.share:.0%}", f"{row.accuracy:.3f}", f"{row.confidence:.2f}")
    if evaluation.calibration is not None:
        table.caption = f"calibration error {evaluation.calibration:.3f}"
    return table


def _print_errors(passages: "list[Passage]", found: "list[Report]", limit: int) -> None:
    """The mistakes made most surely, with their places."""
    from ..models.differences import differences

    rows = [row for pair in zip(passages, found, strict=True) for row in differences(*pair)]
    rows.sort(key=lambda row: -row.certainty)
    for row in rows[:limit]:
        stdout.print(f"{row.passage} at {row.start}, {row.kind}:", style="bold", markup=False)
        stdout.print(f"  marked  {row.marked or '–'}\n  found   {row.found or '–'}", markup=False)
    note(f"{len(rows)} differences, {min(limit, len(rows))} shown")
