from importlib import import_module

from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "leerkring.outward.desk"
    label = "desk"

    def ready(self) -> None:
        import_module("leerkring.outward.desk.slots")
