"""`nianbao merge`: a data set that many workers wrote into the database."""

import time
from pathlib import Path
from typing import Annotated

import typer

from ..data.exports.partitions import DataSet
from ..data.store import Store
from .index import tell
from .options import DEFAULT_DATABASE, Database
from .progress import progress


def command(
    dataset: Annotated[
        Path, typer.Argument(help="The folder that nianbao index --scheduler … --dataset wrote.")
    ],
    db: Database = DEFAULT_DATABASE,
) -> None:
    """Put a data set of Parquet files, written by nianbao index --scheduler --dataset, into the database.

    The database is then what nianbao index would have made of the same files. Stopped at any time, the same
    command goes on; repeated, it changes nothing.

    Example: nianbao merge 年报数据/ --db 年报.db
    """
    from ..nlp.indexing.merging import merge

    data_set = DataSet(dataset)
    started = time.monotonic()
    files = sum(len(each.files) for each in data_set.whole())
    with Store.open(db, create=True) as store:
        with progress("writing", files) as watch:
            outcome = merge(store, data_set, watch)
        tell(outcome, time.monotonic() - started, store)
    if outcome.failed:
        raise typer.Exit(1)
