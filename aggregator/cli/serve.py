"""`aggregator serve`: the published site, and the desk where editors decide."""

import contextlib
import socket
from dataclasses import replace
from typing import Annotated

import typer
import uvicorn
from fastapi import FastAPI

from aggregator import wiring
from aggregator.cli.terminal import say
from aggregator.errors import UsageError
from aggregator.flow import Run
from aggregator.flow.republish import Republisher
from aggregator.store import users
from aggregator.web.app import create_app
from aggregator.web.desk import Desk
from aggregator.web.passwords import Passwords
from aggregator.web.throttle import Throttle

#: A proxy on this machine may say for whom it asks; nobody else is believed.
_PROXIES = ["127.0.0.1", "::1"]


def serve(
    *,
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="Port; 0 takes a free one.")] = 8000,
) -> None:
    """Serve the published site and the editors' desk.

    The desk is below /desk/ and needs an account: `aggregator users add NAME`. For the world, put
    a web server with https before it and name its address in AGGREGATOR_BASE_URL.
    """
    home = wiring.open_home(wiring.settings())
    with _listen(host, port) as listener:
        config = uvicorn.Config(
            _application(home),
            log_level="warning",
            access_log=False,
            server_header=False,
            forwarded_allow_ips=_PROXIES,
        )
        _welcome(home, listener)
        # On a signal the server finishes what it began, and raises the signal again at the end.
        with contextlib.suppress(KeyboardInterrupt):
            uvicorn.Server(config).run(sockets=[listener])


def _application(home: wiring.Home) -> FastAPI:
    planned = wiring.new_run(home, (), lambda _step, _result: None)

    def present() -> Run:
        return replace(planned, now=wiring.clock())

    return create_app(
        Desk(
            database=home.database,
            sources=home.sources,
            targets=planned.targets or ["en"],
            output=home.settings.output,
            base_url=home.settings.base_url,
            clock=wiring.clock,
            publisher=Republisher(present),
            passwords=Passwords(),
            throttle=Throttle(),
        )
    )


def _listen(host: str, port: int) -> socket.socket:
    """Return a socket that listens.

    Raises:
        UsageError: Something else does there, or there is no such address.
    """
    try:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        return socket.create_server((host, port), family=family)
    except OSError as err:
        raise UsageError(f"cannot listen on {host} port {port}: {err.strerror or err}") from err


def _welcome(home: wiring.Home, listener: socket.socket) -> None:
    host, port, *_ = listener.getsockname()
    address = f"http://{f'[{host}]' if ':' in host else host}:{port}/"
    say(f"Site: {address}")
    say(f"Desk: {address}desk/")
    with home.database.read() as db:
        if not users.every(db):
            say("Nobody can log in yet: aggregator users add NAME")
