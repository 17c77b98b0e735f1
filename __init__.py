"""Turn archives of Chinese government annual reports into a searchable database of facts."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .nlp.archive import Archive
    from .nlp.archive import open_archive as open  # noqa: A004 - read as `nianbao.open`

__version__ = "0.1.0"
__all__ = ["Archive", "__version__", "open"]


def __getattr__(name: str) -> object:
    """`open` and `Archive`, imported when they are first asked for."""
    if name not in ("open", "Archive"):
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from .nlp import archive

    return archive.open_archive if name == "open" else archive.Archive
