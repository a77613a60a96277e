"""Each file here is a topic: what it hears, and what it writes. All of them are imported when the app is loaded."""

from importlib import import_module
from pkgutil import iter_modules

for _topic in iter_modules(__path__):
    import_module(f"{__name__}.{_topic.name}")
