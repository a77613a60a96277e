"""The pages, for each process that serves them."""

import gc
import os

import leerkring  # noqa: F401 - swaps the SQLite of the system for ours before Django looks for it

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "leerkring.config.settings")

from django.core.wsgi import get_wsgi_application

from leerkring.platform.live.notifying import notifier

application = get_wsgi_application()
# Live screens, perhaps in another process, hear of what happens here.
notifier.start()
# What is loaded by now stays for good: looking for garbage in it again would cost each page a fifth.
gc.freeze()
