"""The settings under test: those of an installation, in a data directory of this run alone."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

if "LEERKRING_DATA" not in os.environ:
    # Also for the worker processes of this run, which inherit it.
    os.environ["LEERKRING_DATA"] = tempfile.mkdtemp(prefix="leerkring-test-")
    atexit.register(shutil.rmtree, os.environ["LEERKRING_DATA"], ignore_errors=True)
    # One compiled group former for all (tests/running.py), instead of one for each data directory.
    FORMER = Path(__file__).resolve().parents[1] / "var" / "formation"
    FORMER.mkdir(parents=True, exist_ok=True)
    (Path(os.environ["LEERKRING_DATA"]) / "formation").symlink_to(FORMER)
    os.environ.setdefault("NUMBA_CACHE_DIR", str(FORMER))
os.environ.setdefault("LEERKRING_SECRET_KEY", "a key for tests only " * 4)

from leerkring.config.settings import *  # noqa: F403
from leerkring.config.settings import DATA, DATABASES

# A file, as in an installation: a database in memory locks in other ways.
DATABASES["default"]["TEST"] = (
    {"NAME": "leerkring_test"} if os.environ.get("LEERKRING_DATABASE_URL") else {"NAME": str(DATA / "test.sqlite3")}
)
# What is enqueued is done right after commit, in the same thread.
JOBS_RUN_AT_ONCE = True
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_AUTOREFRESH = True
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
LOGGING = {"version": 1, "disable_existing_loggers": False}
