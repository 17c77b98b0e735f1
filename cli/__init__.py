"""The command line: one command a module, put together here."""

import sys
from typing import Annotated

import typer

from .. import __version__
from ..data.errors import NianbaoError
from . import (
    check,
    evaluate,
    export,
    extract,
    failures,
    gaps,
    index,
    prune,
    reindex,
    schema,
    search,
    show,
    stats,
    summary,
    tables,
    train,
)
from .output import print_data, stderr, use_utf8

HELP = """\
Turn an archive of Chinese government annual reports into a database of facts, and search it.

[bold]nianbao index[/] a folder of reports (web pages, PDF, Word, archives …), then [bold]search[/],
[bold]show[/], [bold]summary[/] and [bold]export[/]. Everything runs on this machine: no network, no
language model.

  nianbao index 年报/ --db 年报.db
  nianbao search 更新速度 --db 年报.db

The database is nianbao.db in the current folder unless --db or NIANBAO_DB names another.
"""

app = typer.Typer(
    name="nianbao",
    help=HELP,
    no_args_is_help=True,
    rich_markup_mode="rich",
    pretty_exceptions_enable=False,
)
for module in (
    index,
    search,
    show,
    summary,
    tables,
    check,
    failures,
    gaps,
    prune,
    reindex,
    extract,
    export,
    stats,
    schema,
    evaluate,
    train,
):
    app.command(module.__name__.rpartition(".")[2])(module.command)


def _version(wanted: bool) -> None:
    if wanted:
        print_data(f"nianbao {__version__}")
        raise typer.Exit


@app.callback()
def _common(
    _: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version and exit.")
    ] = False,
) -> None:
    pass


def main() -> None:
    """Run the command line; an error of ours becomes one line on stderr and its exit code."""
    use_utf8()
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
