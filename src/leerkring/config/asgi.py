"""For a server that is started from outside, such as the one of bin/dev; `leerkring serve` starts its own."""

import os

import leerkring  # noqa: F401 - swaps the SQLite of the system for ours before Django looks for it

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "leerkring.config.settings")

import django

django.setup()

from leerkring.config.serving import House  # noqa: E402 - its models need the line above

application = House()
