"""What is served and how: pages through WSGI threads, live screens through a raw ASGI application beside them.

One process and one port carry both (`leerkring serve`); where that is not enough, a proxy leads `/live/` to
`leerkring live` and the rest to `leerkring web`.
"""

import asyncio
import errno
import logging
import socket
from threading import Timer
from types import FrameType
from typing import Any, cast

import uvicorn
from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.db import connections
from granian.constants import Interfaces
from granian.log import LogLevels
from granian.server import Server as Granian

from leerkring.config import access_ends
from leerkring.config.bridge import Application, Bridge
from leerkring.config.console.output import Stop
from leerkring.config.filling import fill_later
from leerkring.platform.jobs.worker import Worker
from leerkring.platform.live.application import LiveApplication, answer
from leerkring.platform.live.notifying import notifier

logger = logging.getLogger(__name__)

BACKLOG = 2048
CONNECTIONS = 4096
"""Of one process for pages. A connection that waits counts too; granian's own figure lets all beyond 1,024 hang."""


class LiveHouse:
    """The ASGI application of live screens alone."""

    def __init__(self) -> None:
        access_ends.register()
        self.live = LiveApplication()

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] == "lifespan":
            await self._live_and_die(receive, send)
        elif scope["type"] == "http" and scope["path"].startswith("/live/"):
            await self.live(scope, receive, send)
        elif scope["type"] == "http":
            await self.beside(scope, receive, send)

    async def beside(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["path"] == "/healthz":
            reads = self.live.reads
            await answer(send, 200 if reads else 503, {"live": reads})
        else:
            await answer(send, 404, {"error": "Only live screens are here."})

    async def _live_and_die(self, receive: Any, send: Any) -> None:
        await receive()
        self.live.start(asyncio.get_running_loop())
        self.open()
        await send({"type": "lifespan.startup.complete"})
        await receive()
        self.live.stop()
        notifier.stop()
        await asyncio.to_thread(self.close)
        await send({"type": "lifespan.shutdown.complete"})

    def open(self) -> None:
        """What runs beside the live screens."""

    def close(self) -> None:
        """Takes as long as what runs beside them needs."""


class House(LiveHouse):
    """Everything in one: `/live/` stays outside Django's handler, the rest is a page; jobs are done beside them."""

    def __init__(self) -> None:
        super().__init__()
        notifier.start()
        self.pages = Bridge(cast(Application, get_wsgi_application()), settings.ENVIRONMENT.threads)
        self.worker = Worker()
        self.filling: Timer | None = None

    def open(self) -> None:
        self.worker.start()
        self.filling = fill_later()

    def close(self) -> None:
        if self.filling is not None:
            self.filling.cancel()
        self.worker.stop()

    async def beside(self, scope: Any, receive: Any, send: Any) -> None:
        await self.pages(scope, receive, send)


class Server(uvicorn.Server):
    """Tells the open live screens goodbye before it waits for connections to end."""

    def __init__(self, config: uvicorn.Config, house: LiveHouse) -> None:
        super().__init__(config)
        self.house = house

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        self.house.live.say_bye()
        super().handle_exit(sig, frame)


def listen(host: str, port: int) -> socket.socket:
    """The socket to serve on. Raises Stop when it cannot be had."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # Named as TCP, because asyncio sends small parts at once only on sockets that say so: 3 ms a page instead of 45.
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
    except OSError as error:
        listener.close()
        if error.errno == errno.EADDRINUSE:
            raise Stop(f"Port {port} is taken by another program. Choose another one with --port.") from None
        if error.errno == errno.EACCES:
            raise Stop(f"This user may not listen on port {port}. Choose one above 1023 with --port.") from None
        raise Stop(f"Nothing can listen on {host} port {port}: {error.strerror}.") from None
    listener.listen(BACKLOG)
    listener.set_inheritable(True)
    return listener


def serve(listener: socket.socket) -> None:
    """Serve everything until a signal ends it."""
    _serve(listener, House())


def serve_live(listener: socket.socket) -> None:
    """Serve live screens alone until a signal ends it."""
    _serve(listener, LiveHouse())


def _serve(listener: socket.socket, house: LiveHouse) -> None:
    config = uvicorn.Config(
        house,
        lifespan="on",
        log_config=None,
        # Addresses and query strings stay out of the logs.
        access_log=False,
        server_header=False,
        proxy_headers=settings.ENVIRONMENT.behind_proxy,
        forwarded_allow_ips="*",
        timeout_keep_alive=15,
        timeout_graceful_shutdown=8,
    )
    Server(config, house).run(sockets=[listener])


def serve_pages(host: str, port: int, processes: int) -> None:
    """Serve pages alone, in processes of their own, until a signal ends it."""
    # Whether the port can be had is said in a sentence; granian itself opens it.
    listen(host, port).close()
    # Nothing open is handed down to the processes.
    connections.close_all()
    fill_later()
    Granian(
        "leerkring.config.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=processes,
        blocking_threads=settings.ENVIRONMENT.threads,
        backlog=BACKLOG,
        backpressure=CONNECTIONS,
        respawn_failed_workers=True,
        websockets=False,
        log_level=LogLevels.warning,
        log_access=False,
    ).serve()
