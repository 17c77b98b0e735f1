"""`nianbao train`: rebuild the statement classifier."""

from pathlib import Path
from typing import Annotated

import typer

from .output import note


def command(
    out: Annotated[
        Path | None,
        typer.Option("--out", "-o", help="The weights' file; the package's own if none."),
    ] = None,
) -> None:
    """Train the statement classifier from the labelled sentences of the package; same data, same weights.

    Without --out the weights that judge promises are made anew too, from the marked ones.

    Example: nianbao train
    """
    from ..models.train import WEIGHTS, train

    path = out or WEIGHTS
    train().save(path)
    note(f"Weights written to {path}.")
    if out is None:
        _train_promises()


def _train_promises() -> None:
    from ..models.promises.model import WEIGHTS
    from ..models.promises.training import train

    train().save(WEIGHTS)
    note(f"Weights written to {WEIGHTS}.")
