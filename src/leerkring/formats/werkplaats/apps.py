from importlib import import_module

from django.apps import AppConfig


class WerkplaatsConfig(AppConfig):
    name = "leerkring.formats.werkplaats"
    label = "werkplaats"

    def ready(self) -> None:
        for name in ("jobs", "phone_topic", "slots", "topics"):
            import_module(f"leerkring.formats.werkplaats.{name}")
