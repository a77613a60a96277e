from importlib import import_module

from django.apps import AppConfig


class GroupsConfig(AppConfig):
    name = "leerkring.cycle.groups"
    label = "groups"

    def ready(self) -> None:
        for name in ("slots", "forming.slots", "forming.jobs"):
            import_module(f"leerkring.cycle.groups.{name}")
