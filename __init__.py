"""Turn archives of Chinese government annual reports into a searchable database of facts."""

from importlib import import_module
from typing import TYPE_CHECKING

from .data.release import __version__

if TYPE_CHECKING:
    from .nlp.archive import Archive
    from .nlp.archive import open_archive as open  # noqa: A004 - read as `nianbao.open`
    from .nlp.pipeline import extract

__all__ = ["Archive", "__version__", "extract", "open"]

# Where each name is, to be imported when it is first asked for: extraction alone takes seconds.
_PLACES = {
    "Archive": ("nlp.archive", "Archive"),
    "extract": ("nlp.pipeline", "extract"),
    "open": ("nlp.archive", "open_archive"),
}


def __getattr__(name: str) -> object:
    """`open`, `Archive` and `extract`."""
    if name not in _PLACES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    module, attribute = _PLACES[name]
    return getattr(import_module(f".{module}", __name__), attribute)
