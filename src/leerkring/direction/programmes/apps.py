from importlib import import_module

from django.apps import AppConfig


class ProgrammesConfig(AppConfig):
    name = "leerkring.direction.programmes"
    label = "programmes"

    def ready(self) -> None:
        import_module("leerkring.direction.programmes.slots")
