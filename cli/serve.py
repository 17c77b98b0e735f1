"""`nianbao serve`: the pages of a database in the browser of this machine."""

import socket
import webbrowser
from contextlib import suppress
from pathlib import Path
from typing import Annotated

import typer

from ..data.errors import ToolMissing
from ..data.store import Store
from .options import DEFAULT_DATABASE
from .output import note

_PORT, _TRIED = 8001, 20
# The names under which this machine's loopback is asked for.
_LOOPBACK = ("127.0.0.1", "localhost", "[::1]", "::1")


def command(
    db: Annotated[
        Path, typer.Argument(envvar="NIANBAO_DB", help="The database file.", show_default=True)
    ] = DEFAULT_DATABASE,
    port: Annotated[
        int | None, typer.Option(min=0, max=65535, help=f"The port.  [default: the first free from {_PORT}]")
    ] = None,
    host: Annotated[
        str, typer.Option(help="The address to listen at; others than loopback let other machines read.")
    ] = "127.0.0.1",
    open_: Annotated[bool, typer.Option("--open/--no-open", help="Open the browser.")] = True,
) -> None:
    """Show a database in the browser: search, reports with their facts marked, bodies, trends.

    Read-only, for this machine alone unless --host says otherwise, with nothing from the network. Ends with
    Ctrl-C.

    Example: nianbao serve 年报.db
    """
    Store.open(db, read_only=True).close()
    listening = _listen(host, port)
    address = f"http://{_shown(host)}:{listening.getsockname()[1]}/"
    _run(db, host, listening, address, open_=open_)


def _run(db: Path, host: str, listening: socket.socket, address: str, *, open_: bool) -> None:
    try:
        import uvicorn
        from datasette.app import Datasette
    except ImportError as error:
        listening.close()
        raise ToolMissing(f'serve needs Datasette ({error}): pip install "nianbao[web]".') from None
    hosts = _LOOPBACK if host in _LOOPBACK else ()
    metadata = {"plugins": {"nianbao": {"home": True, "hosts": list(hosts)}}}
    application = Datasette([str(db)], metadata=metadata).app()

    class Server(uvicorn.Server):
        async def startup(self, sockets: list[socket.socket] | None = None) -> None:
            await super().startup(sockets=sockets)
            note(f"{address}  (Ctrl-C ends)")
            if open_:
                webbrowser.open(address)

    server = Server(uvicorn.Config(application, log_level="warning", lifespan="on"))
    with suppress(KeyboardInterrupt):
        server.run(sockets=[listening])


def _listen(host: str, port: int | None) -> socket.socket:
    """A socket at the port, or at the first free one from the default on."""
    tried = [port] if port is not None else [*range(_PORT, _PORT + _TRIED), 0]
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    reason: OSError | None = None
    for each in tried:
        listening = socket.socket(family, socket.SOCK_STREAM)
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listening.bind((host.strip("[]"), each))
        except OSError as error:
            listening.close()
            reason = error
        else:
            return listening
    raise typer.BadParameter(
        f"{host}:{tried[0]}: cannot listen there ({reason}). Give another --port or --host."
    )


def _shown(host: str) -> str:
    return f"[{host}]" if ":" in host and not host.startswith("[") else host
