from importlib import import_module

from django.apps import AppConfig


class PublishingConfig(AppConfig):
    name = "leerkring.outward.publishing"
    label = "publishing"

    def ready(self) -> None:
        for name in ("slots", "reports.slots", "reports.telling", "publications.privacy", "publications.telling"):
            import_module(f"leerkring.outward.publishing.{name}")
