"""Libraries that only some exports need."""

from importlib import import_module
from typing import Any

from ..errors import ToolMissing


def library(name: str, extra: str = "frames") -> Any:  # noqa: ANN401 - these libraries bear no types
    """The library of this name; raises ToolMissing saying which extra of nianbao installs it."""
    try:
        return import_module(name)
    except ModuleNotFoundError as error:
        raise ToolMissing(
            f"{error.name} is not installed, which this needs; install it: pip install 'nianbao[{extra}]'"
        ) from error
