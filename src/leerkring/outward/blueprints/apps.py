from importlib import import_module

from django.apps import AppConfig


class BlueprintsConfig(AppConfig):
    name = "leerkring.outward.blueprints"
    label = "blueprints"

    def ready(self) -> None:
        import_module("leerkring.outward.blueprints.slots")
