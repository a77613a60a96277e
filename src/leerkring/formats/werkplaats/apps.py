from importlib import import_module

from django.apps import AppConfig


class WerkplaatsConfig(AppConfig):
    name = "leerkring.formats.werkplaats"
    label = "werkplaats"

    def ready(self) -> None:
        import_module("leerkring.formats.werkplaats.jobs")
