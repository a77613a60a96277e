from importlib import import_module

from django.apps import AppConfig


class ClosingConfig(AppConfig):
    name = "leerkring.outward.closing"
    label = "closing"

    def ready(self) -> None:
        import_module("leerkring.outward.closing.slots")
