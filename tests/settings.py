"""The settings under test: those of an installation, in a data directory of this run alone."""

import os
import tempfile

os.environ.setdefault("LEERKRING_DATA", tempfile.mkdtemp(prefix="leerkring-test-"))
os.environ.setdefault("LEERKRING_SECRET_KEY", "a key for tests only " * 4)

from leerkring.config.settings import *  # noqa: F403

STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_AUTOREFRESH = True
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
LOGGING = {"version": 1, "disable_existing_loggers": False}
