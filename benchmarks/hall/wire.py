"""HTTP as a phone speaks it, in as few lines as carry 2,000 of them in one process."""

import asyncio
import re
from dataclasses import dataclass, field
from urllib.parse import urlencode, urljoin, urlsplit

PATIENCE = 20.0
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


@dataclass
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode("utf-8", "replace")


@dataclass
class Wire:
    """One device: its cookies, and one connection for pages that is kept open."""

    host: str
    port: int
    language: str = "nl"
    cookies: dict[str, str] = field(default_factory=dict)
    _turn: asyncio.Lock = field(default_factory=asyncio.Lock)
    _reader: asyncio.StreamReader | None = None
    _writer: asyncio.StreamWriter | None = None

    async def get(self, path: str, accept: str = "text/html") -> Answer:
        return await self.ask("GET", path, accept=accept)

    async def post(self, path: str, fields: dict[str, object], accept: str = "text/html") -> Answer:
        return await self.ask("POST", path, urlencode(fields).encode(), accept)

    async def follow(self, answer: Answer, path: str) -> tuple[Answer, str]:
        """The page that a redirect leads to, and where that is."""
        for _ in range(6):
            if answer.status not in (301, 302, 303):
                break
            path = urlsplit(urljoin(path, answer.headers["location"])).path
            answer = await self.get(path)
        return answer, path

    async def ask(self, method: str, path: str, body: bytes = b"", accept: str = "text/html") -> Answer:
        """One at a time; a connection that the server closed is opened again, once. Raises OSError, TimeoutError."""
        async with self._turn, asyncio.timeout(PATIENCE):
            was_open = self._writer is not None
            try:
                return await self._ask(method, path, body, accept)
            except (OSError, asyncio.IncompleteReadError, IndexError):
                self.close()
                if not was_open or method == "POST":
                    raise ConnectionError("The server went away") from None
            return await self._ask(method, path, body, accept)

    async def _ask(self, method: str, path: str, body: bytes, accept: str) -> Answer:
        if self._reader is not None and self._reader.at_eof():
            # Kept open too long for the server: a browser sees that as well.
            self.close()
        if self._writer is None or self._reader is None:
            self._reader, self._writer = await asyncio.open_connection(self.host, self.port, limit=2**20)
        self._writer.write(self.head(method, path, accept, body))
        await self._writer.drain()
        answer = await read_answer(self._reader)
        for line in answer.headers.get("set-cookie", "").split("\n"):
            name, _, value = line.partition(";")[0].partition("=")
            if name:
                self.cookies[name.strip()] = value.strip()
        if answer.headers.get("connection", "").lower() == "close":
            self.close()
        return answer

    def head(self, method: str, path: str, accept: str, body: bytes = b"") -> bytes:
        lines = [f"{method} {path} HTTP/1.1", f"Host: {self.host}:{self.port}", f"Accept: {accept}"]
        lines += [f"Accept-Language: {self.language}", "User-Agent: leerkring-benchmark"]
        if self.cookies:
            lines.append("Cookie: " + "; ".join(f"{name}={value}" for name, value in self.cookies.items()))
        if method == "POST":
            lines += ["Content-Type: application/x-www-form-urlencoded", f"Content-Length: {len(body)}"]
        return "\r\n".join([*lines, "", ""]).encode() + body

    def close(self) -> None:
        if self._writer is not None:
            self._writer.close()
        self._reader = self._writer = None


async def read_answer(reader: asyncio.StreamReader) -> Answer:
    status, headers = await read_head(reader)
    if "content-length" in headers:
        body = await reader.readexactly(int(headers["content-length"]))
    elif headers.get("transfer-encoding") == "chunked":
        body = b""
        while size := int((await reader.readline()).split(b";")[0] or b"0", 16):
            body += await reader.readexactly(size)
            await reader.readline()
        await reader.readline()
    else:
        body = b""
    return Answer(status, headers, body)


async def read_head(reader: asyncio.StreamReader) -> tuple[int, dict[str, str]]:
    lines = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
    headers: dict[str, str] = {}
    for line in lines[1:]:
        name, _, value = line.partition(":")
        key = name.lower()
        headers[key] = f"{headers[key]}\n{value.strip()}" if key in headers else value.strip()
    return int(lines[0].split()[1]), headers


def token_in(page: str) -> str:
    found = TOKEN.search(page)
    if found is None:
        raise ValueError(f"No form on this page: {page[:200]}")
    return found.group(1)
