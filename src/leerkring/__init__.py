"""Leerkring: a learning programme or community, from the first invitation to the changed way of working."""

import sys

__version__ = "0.1.0"


def _use_the_bundled_sqlite() -> None:
    """Put pysqlite3 in the place of sqlite3, before Django looks for it: many systems ship a WAL that can corrupt."""
    try:
        import pysqlite3  # noqa: PLC0415 - there is no wheel of it for every machine
        import pysqlite3.dbapi2  # noqa: PLC0415
    except ImportError:
        return
    sys.modules["sqlite3"] = pysqlite3
    sys.modules["sqlite3.dbapi2"] = pysqlite3.dbapi2


_use_the_bundled_sqlite()
