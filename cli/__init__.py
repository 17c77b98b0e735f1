"""The command line: one command a module, put together here."""

import sys
from functools import cache
from importlib import import_module
from typing import Annotated

import typer

from .. import __version__
from ..data.errors import NianbaoError
from .output import print_data, stderr, use_utf8
from .plain_values import PlainCommand, PlainGroup

HELP = """\
Turn an archive of Chinese government annual reports into a database of facts, and search it.

[bold]nianbao index[/] a folder of reports (web pages, PDF, Word, archives …), then [bold]search[/],
[bold]show[/], [bold]summary[/] and [bold]export[/]. Everything runs on this machine: no network, no
language model.

  nianbao index 年报/ --db 年报.db
  nianbao search 更新速度 --db 年报.db

The database is nianbao.db in the current folder unless --db or NIANBAO_DB names another.
"""

COMMANDS = (
    "index",
    "search",
    "show",
    "summary",
    "report",
    "tables",
    "check",
    "failures",
    "gaps",
    "repeats",
    "promises",
    "trends",
    "compare",
    "plot",
    "serve",
    "mcp",
    "prune",
    "reindex",
    "merge",
    "extract",
    "export",
    "stats",
    "schema",
    "evaluate",
    "train",
)


@cache
def make_app(names: tuple[str, ...] = COMMANDS) -> typer.Typer:
    """The command line with these commands; only their modules are imported."""
    app = typer.Typer(
        name="nianbao",
        cls=PlainGroup,
        help=HELP,
        no_args_is_help=True,
        rich_markup_mode="rich",
        pretty_exceptions_enable=False,
    )
    app.callback()(_common)
    for name in names:
        module = import_module(f".{name}", __name__)
        app.command(name, cls=getattr(module, "Command", PlainCommand))(module.command)
    return app


def __getattr__(name: str) -> typer.Typer:
    """`app`: the whole command line."""
    if name != "app":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return make_app()


def _version(wanted: bool) -> None:
    if wanted:
        print_data(f"nianbao {__version__}")
        raise typer.Exit


def _common(
    _: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version and exit.")
    ] = False,
) -> None:
    pass


def main() -> None:
    """Run the command line; an error of ours becomes one line on stderr and its exit code."""
    use_utf8()
    # Half of what all commands import is of no use to one: a search starts in 0.3 s instead of 0.6.
    named = sys.argv[1:2]
    if named and named[0] in COMMANDS:
        app = make_app(tuple(named))
    else:
        app = make_app(() if named == ["--version"] else COMMANDS)
    try:
        app()
    except NianbaoError as error:
        stderr.print(f"nianbao: {error}", markup=False, style="red")
        sys.exit(error.exit_code)
    except BrokenPipeError:
        # The reader of our output went away (`nianbao export … | head`): nothing more to say.
        sys.stdout = None
        sys.exit(0)
    except KeyboardInterrupt:
        stderr.print("nianbao: stopped.", style="yellow")
        sys.exit(130)
