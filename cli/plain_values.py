"""Values of the command line that need no library to be checked.

Typer builds a pydantic validator for each option, given or not: a fifth of the time in which a search starts.
Most values are what they are to be as they come: these are taken so, all others go Typer's own way. Of a
Typer that does not say what an option is, all do.
"""

import os
from enum import Enum
from functools import partial
from pathlib import Path
from typing import Any, Literal, get_args, get_origin

from typer import BadParameter
from typer.core import TyperCommand, TyperGroup

# Whole numbers of so many digits are certainly such as any program takes.
_DIGITS_MAX = 15
# What may be asked of a path that only Typer looks after.
_DEMANDS = ("exists", "resolve_path", "writable", "allow_dash", "path_type")


class PlainCommand(TyperCommand):
    """A command whose plain values are taken as they are."""

    def get_params(self, ctx: Any) -> list[Any]:  # noqa: ANN401 - click's context, or Typer's copy of it
        """Its arguments and options, `--help` among them."""
        return _plain(super().get_params(ctx))


class PlainGroup(TyperGroup):
    """A group of commands whose own plain values are taken as they are."""

    def get_params(self, ctx: Any) -> list[Any]:  # noqa: ANN401 - click's context, or Typer's copy of it
        """Its arguments and options, `--help` among them."""
        return _plain(super().get_params(ctx))


def _plain(parameters: list[Any]) -> list[Any]:
    for parameter in parameters:
        descriptor = getattr(parameter, "type_descriptor", None)
        if descriptor is not None and "process_value" not in vars(parameter):
            parameter.process_value = partial(_processed, parameter, descriptor, parameter.process_value)
    return parameters


def _processed(parameter: Any, descriptor: Any, otherwise: Any, ctx: Any, value: Any) -> Any:  # noqa: ANN401
    several = parameter.nargs == -1 or getattr(parameter, "multiple", False)
    if value is None and not parameter.required:
        taken: Any = () if several else None
    elif value is None or parameter.nargs not in (1, -1):
        return otherwise(ctx, value)
    elif several:
        each = get_args(descriptor.annotation)[0] if get_origin(descriptor.annotation) is list else None
        taken = [_taken(each, descriptor.parameter_info, one) for one in value]
        if None in taken or not taken:
            return otherwise(ctx, value)
    else:
        taken = _taken(descriptor.annotation, descriptor.parameter_info, value)
        if taken is None:
            return otherwise(ctx, value)
    return parameter.callback(ctx, parameter, taken) if parameter.callback else taken


def _taken(annotation: Any, info: Any, value: Any) -> Any:  # noqa: ANN401
    """The value as the command wants it; None where that is for Typer to say."""
    if info.parser is not None:
        return None
    if annotation is Path:
        return _path(info, value)
    if annotation is str:
        return value if isinstance(value, str) else None
    if annotation is int:
        return _number(info, value)
    if get_origin(annotation) is Literal:
        return value if value in get_args(annotation) else None
    if isinstance(annotation, type) and issubclass(annotation, Enum):
        return next((one for one in annotation if value in (one, one.value)), None)
    return None


def _number(info: Any, value: Any) -> int | None:  # noqa: ANN401
    if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) <= _DIGITS_MAX:
        value = int(value)
    if type(value) is not int:
        return None
    inside = (info.min is None or value >= info.min) and (info.max is None or value <= info.max)
    return value if inside else None


def _path(info: Any, value: Any) -> Path | None:  # noqa: ANN401
    if any(getattr(info, demand, None) for demand in _DEMANDS) or not (info.file_okay and info.dir_okay):
        return None
    if not isinstance(value, str | Path):
        return None
    try:
        named = b"\0" not in os.fsencode(value)
    except UnicodeEncodeError:
        named = False
    if not named:
        # Typer itself would end in a traceback.
        raise BadParameter(f"{str(value)!r} is no name of a file.")
    # os.path.exists, unlike Path.exists, is False of a name that no disk takes.
    return Path(value) if os.access(value, os.R_OK) or not os.path.exists(value) else None  # noqa: PTH110
