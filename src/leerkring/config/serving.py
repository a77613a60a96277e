"""One process, one port: pages through WSGI threads, live screens through a raw ASGI application beside them."""

import asyncio
import errno
import logging
import socket
from types import FrameType
from typing import Any, cast

import uvicorn
from a2wsgi import WSGIMiddleware
from django.conf import settings
from django.core.wsgi import get_wsgi_application

from leerkring.config.console.output import Stop
from leerkring.platform.live.application import LiveApplication

logger = logging.getLogger(__name__)


class House:
    """The ASGI application: `/live/` stays outside Django's handler, everything else is a page."""

    def __init__(self) -> None:
        self.live = LiveApplication()
        self.pages = WSGIMiddleware(cast(Any, get_wsgi_application()), workers=settings.ENVIRONMENT.threads)

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] == "lifespan":
            await self._live_and_die(receive, send)
        elif scope["type"] == "http" and scope["path"].startswith("/live/"):
            await self.live(scope, receive, send)
        else:
            await self.pages(scope, receive, send)

    async def _live_and_die(self, receive: Any, send: Any) -> None:
        await receive()
        self.live.start(asyncio.get_running_loop())
        await send({"type": "lifespan.startup.complete"})
        await receive()
        self.live.stop()
        await send({"type": "lifespan.shutdown.complete"})


class Server(uvicorn.Server):
    """Tells the open live screens goodbye before it waits for connections to end."""

    def __init__(self, config: uvicorn.Config, house: House) -> None:
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
    listener.listen(2048)
    listener.set_inheritable(True)
    return listener


def serve(listener: socket.socket) -> None:
    """Serve until a signal ends it."""
    house = House()
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
