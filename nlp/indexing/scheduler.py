"""A way to the workers of a Dask scheduler, or to workers of our own on this machine."""

import logging
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING, Any

from ...data.errors import SchedulerError
from ...data.exports.libraries import library

if TYPE_CHECKING:
    from distributed import Client

# In the place of an address: a scheduler and workers that are started for one run on this machine.
LOCAL = "local"
# Seconds in which a scheduler has to answer.
_PATIENCE = 10


@contextmanager
def connected(address: str, jobs: int) -> Iterator["Client"]:
    """A client of the scheduler at `address`; with `LOCAL` of a new one with `jobs` workers for as long.

    Raises SchedulerError where nothing answers, ToolMissing without Dask.
    """
    distributed = library("distributed", extra="cluster")
    # What it says of workers that come and go is no message of ours; what matters comes as an error.
    logging.getLogger("distributed").setLevel(logging.CRITICAL)
    with ExitStack() as stack:
        place: Any = address
        if address == LOCAL:
            cluster = distributed.LocalCluster(
                n_workers=jobs,
                threads_per_worker=1,
                dashboard_address="127.0.0.1:0",
                scheduler_kwargs={"dashboard": False},
                silence_logs=logging.CRITICAL,
            )
            place = stack.enter_context(cluster)
        try:
            client = distributed.Client(place, timeout=_PATIENCE, set_as_default=False, name="nianbao")
        except (OSError, ValueError, ImportError) as error:
            raise SchedulerError(
                f"{address}: no scheduler answers ({error}). Start one (dask scheduler) and give the address "
                f"that it prints, such as tcp://10.0.0.1:8786, or {LOCAL} for workers on this machine."
            ) from None
        yield stack.enter_context(client)
