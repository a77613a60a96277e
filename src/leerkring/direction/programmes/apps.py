from importlib import import_module

from django.apps import AppConfig


class ProgrammesConfig(AppConfig):
    name = "leerkring.direction.programmes"
    label = "programmes"

    def ready(self) -> None:
        for name in ("slots", "completion.slots", "completion.jobs"):
            import_module(f"leerkring.direction.programmes.{name}")
