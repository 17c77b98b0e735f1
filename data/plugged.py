"""What other packages add through entry points."""

from collections.abc import Iterator
from importlib.metadata import EntryPoint, entry_points
from typing import TypeVar

from .errors import ResourceError

Kind = TypeVar("Kind")


def plugged(group: str, kind: type[Kind]) -> Iterator[Kind]:
    """One of each that the entry points of `group` name, in their order.

    Raises ResourceError where one does not load or does not keep the protocol `kind`.
    """
    return (_made(point, kind) for point in entry_points(group=group))


def _made(point: EntryPoint, kind: type[Kind]) -> Kind:
    where = f"{point.value} (entry point {point.name} of {point.group})"
    try:
        made = point.load()()
    except (ImportError, AttributeError, TypeError) as error:
        raise ResourceError(f"{where} does not load: {error}. Mend or remove its package.") from error
    if not isinstance(made, kind):
        raise ResourceError(
            f"{where} makes no {kind.__name__.lower()}; see {kind.__module__}.{kind.__name__}."
        )
    return made
