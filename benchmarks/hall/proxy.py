"""A proxy in front of several processes: `/live/` to one, the rest to the other; held back or not.

    python benchmarks/hall/proxy.py PORT PAGES_PORT LIVE_PORT [hold]

The first request of a connection says where it goes. With `hold`, an answer of `/live/stream/` is given only when it
is complete, as some proxies in town halls do: that is never.
"""

import asyncio
import sys
from typing import cast


class Side(asyncio.Protocol):
    """One end of a connection; what it hears the other end says."""

    def __init__(self) -> None:
        self.other: Side | None = None
        self.transport: asyncio.Transport | None = None
        self.is_held = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast(asyncio.Transport, transport)

    def data_received(self, data: bytes) -> None:
        if self.other is not None and self.other.transport is not None and not self.is_held:
            self.other.transport.write(data)

    def connection_lost(self, error: Exception | None) -> None:
        if self.other is not None and self.other.transport is not None:
            self.other.transport.close()

    def pause_writing(self) -> None:
        if self.other is not None and self.other.transport is not None:
            self.other.transport.pause_reading()

    def resume_writing(self) -> None:
        if self.other is not None and self.other.transport is not None:
            self.other.transport.resume_reading()


class Front(Side):
    """The end of the phone: connects on when the first line is known."""

    def __init__(self, pages: int, live: int, holds: bool) -> None:
        super().__init__()
        self.pages, self.live, self.holds = pages, live, holds
        self.early = bytearray()
        self.is_led = False

    def data_received(self, data: bytes) -> None:
        if self.other is not None:
            super().data_received(data)
            return
        self.early += data
        if not self.is_led and b"\r\n" in self.early:
            self.is_led = True
            self._task = asyncio.ensure_future(self._lead(bytes(self.early.split(b" ", 2)[1])))

    async def _lead(self, path: bytes) -> None:
        port = self.live if path.startswith(b"/live/") else self.pages
        back = Side()
        back.is_held = self.holds and path.startswith(b"/live/stream/")
        try:
            await asyncio.get_running_loop().create_connection(lambda: back, "127.0.0.1", port)
        except OSError:
            if self.transport is not None:
                self.transport.write(b"HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
                self.transport.close()
            return
        back.other, self.other = self, back
        if back.transport is not None:
            if self.transport is None or self.transport.is_closing():
                back.transport.close()
            else:
                back.transport.write(bytes(self.early))


async def main() -> None:
    port, pages, live = (int(text) for text in sys.argv[1:4])
    loop = asyncio.get_running_loop()
    holds = "hold" in sys.argv[4:]
    server = await loop.create_server(lambda: Front(pages, live, holds), "127.0.0.1", port, backlog=2048)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(main())
