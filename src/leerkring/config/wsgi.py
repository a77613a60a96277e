import os

import leerkring  # noqa: F401 - swaps the SQLite of the system for ours before Django looks for it

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "leerkring.config.settings")

from django.core.wsgi import get_wsgi_application

application = get_wsgi_application()
