from importlib import import_module

from django.apps import AppConfig


class IntervisieConfig(AppConfig):
    name = "leerkring.formats.intervisie"
    label = "intervisie"

    def ready(self) -> None:
        for name in ("slots", "topics"):
            import_module(f"leerkring.formats.intervisie.{name}")
