from importlib import import_module

from django.apps import AppConfig


class BlueprintsConfig(AppConfig):
    name = "leerkring.outward.blueprints"
    label = "blueprints"

    def ready(self) -> None:
        for name in ("slots", "telling"):
            import_module(f"leerkring.outward.blueprints.{name}")
