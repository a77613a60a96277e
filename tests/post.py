"""A small mail server on this machine: it takes letters in, and treats some addresses as the world does."""

from __future__ import annotations

import contextlib
import random
import re
import socketserver
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Self

BEFORE = {"unknown": b"550 5.1.1 No such person here", "busy": b"451 4.7.1 Come back later"}
AFTER = {"unwanted": b"554 5.7.1 We do not want this", "full": b"452 4.2.2 No room now"}


@dataclass(frozen=True)
class Taken:
    """A letter that the server has accepted."""

    message_id: str
    to: str
    data: bytes = field(repr=False)


class Post(socketserver.ThreadingTCPServer):
    """`with Post() as post`. What comes before the @ of an address says how it is answered (see above).

    `silent@` is accepted without an answer. `log` gets a line for each letter that is accepted, before it is answered;
    `slow` is the most seconds that it takes before and after that.
    """

    daemon_threads = True
    allow_reuse_address = True
    request_queue_size = 50

    def __init__(self, *, log: Path | None = None, slow: float = 0.0) -> None:
        super().__init__(("127.0.0.1", 0), _Conversation)
        self.taken: list[Taken] = []
        self.conversations = 0
        self.log = log
        self.slow = slow
        self.random = random.Random(1)

    @property
    def port(self) -> int:
        return int(self.server_address[1])

    def __enter__(self) -> Self:
        threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.shutdown()
        self.server_close()

    def take(self, to: str, data: bytes) -> None:
        found = re.search(rb"^Message-ID:\s*(\S+)", data, re.MULTILINE | re.IGNORECASE)
        letter = Taken(found.group(1).decode() if found else "", to, data)
        self.wait()
        self.taken.append(letter)
        if self.log is not None:
            with self.log.open("a", encoding="ascii") as log:
                log.write(f"{letter.message_id} {to}\n")
        self.wait()

    def wait(self) -> None:
        if self.slow:
            time.sleep(self.random.uniform(0, self.slow))


class _Conversation(socketserver.StreamRequestHandler):
    server: Post

    def handle(self) -> None:
        # Who is killed says no goodbye.
        with contextlib.suppress(ConnectionError):
            self.converse()

    def converse(self) -> None:
        self.server.conversations += 1
        self.say(b"220 post ready")
        to = ""
        for line in self.rfile:
            word, rest = line[:4].upper(), line[4:].strip().decode()
            if word == b"EHLO":
                self.say(b"250-post\r\n250 SIZE 10000000")
            elif word == b"RCPT":
                to = rest.partition("<")[2].rpartition(">")[0]
                self.say(BEFORE.get(to.partition("@")[0], b"250 OK"))
            elif word == b"DATA":
                self.say(b"354 Go on")
                if not self.take_in(to):
                    return
            elif word == b"QUIT":
                self.say(b"221 Bye")
                return
            else:
                self.say(b"250 OK")

    def take_in(self, to: str) -> bool:
        lines = []
        for line in self.rfile:
            if line == b".\r\n":
                break
            lines.append(line.removeprefix(b".") if line.startswith(b"..") else line)
        else:
            # The other side is gone before the end.
            return False
        name = to.partition("@")[0]
        if name in AFTER:
            self.say(AFTER[name])
            return True
        self.server.take(to, b"".join(lines))
        if name == "silent":
            return False
        self.say(b"250 Taken")
        return True

    def say(self, answer: bytes) -> None:
        self.wfile.write(answer + b"\r\n")
