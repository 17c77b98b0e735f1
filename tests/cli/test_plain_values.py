"""Values taken as they are: the same as Typer makes of them, and its messages where it makes none."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated, Literal

import pytest
import typer
from typer.testing import CliRunner

from nianbao.cli.plain_values import PlainCommand


class Colour(StrEnum):
    red = "red"


def report(
    words: Annotated[list[str] | None, typer.Argument()] = None,
    file: Annotated[Path, typer.Option(envvar="PLAIN_FILE")] = Path("x.db"),
    there: Annotated[Path | None, typer.Option(exists=True, dir_okay=False)] = None,
    name: str | None = None,
    number: Annotated[int, typer.Option("-n", min=1, max=9)] = 4,
    share: float = 0.5,
    kind: Literal["a", "b"] = "a",
    colour: Colour = Colour.red,
    pair: tuple[int, str] = (1, "x"),
    many: Annotated[list[int] | None, typer.Option()] = None,
    loud: bool = False,
):
    typer.echo([words, file, there, name, number, share, kind, colour, pair, many, loud])


def app(cls):
    made = typer.Typer(pretty_exceptions_enable=False)
    made.command(cls=cls)(report)
    return made


LINES = [
    [],
    ["更新", "", "a b"],
    ["--file", "/nowhere/y.db"],
    ["--file", "."],
    ["--there", __file__],
    ["--there", "."],
    ["--there", "/nowhere"],
    ["--name", ""],
    *(["-n", each] for each in ("7", "0", "10", "007", "x", "1.5", "-3", "", " 7", "７", "9" * 30)),
    *(["--kind", each] for each in ("b", "B", "c", "")),
    *(["--colour", each] for each in ("red", "RED", "blue")),
    *(["--share", each] for each in ("1", "x")),
    ["--pair", "3", "甲"],
    ["--pair", "x", "甲"],
    ["--many", "1", "--many", "2"],
    ["--many", "x"],
    ["--loud"],
    ["--no-loud", "更新"],
    ["--none"],
]


@pytest.mark.parametrize("environment", [{}, {"PLAIN_FILE": "/nowhere/z.db"}])
@pytest.mark.parametrize("line", LINES, ids=" ".join)
def test_values_are_those_of_typer(line, environment):
    plain, own = (CliRunner().invoke(app(cls), line, env=environment) for cls in (PlainCommand, None))
    assert (plain.exit_code, plain.output) == (own.exit_code, own.output)


def test_what_is_demanded_must_be_given():
    made = typer.Typer()
    made.command(cls=PlainCommand)(lambda name: typer.echo(name))
    assert CliRunner().invoke(made, []).exit_code == 2
    assert CliRunner().invoke(made, ["甲"]).output == "甲\n"
