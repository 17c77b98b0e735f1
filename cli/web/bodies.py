"""The one body that an address names."""

from ...data.errors import NotFound
from ...data.store import Store
from ...data.store.holdings import BodyReports

# Stands for the region of a body where none is known.
_NOWHERE = "-"


def seat_of(body: BodyReports) -> str:
    """What an address calls the region of a body by: its code, or - where it has none."""
    return body.body.region or _NOWHERE


def the_body(store: Store, name: str, code: str = "") -> BodyReports:
    """The body that reports call exactly this; `code` of its region (`-` for none) tells several apart.

    Without it, of several, the one with most reports. Raises NotFound.
    """
    bodies = [body for body in store.bodies(name) if not code or seat_of(body) == code]
    if not bodies:
        raise NotFound(f"No report here is of a body called {name!r}.")
    return max(bodies, key=lambda body: len(body.reports))
