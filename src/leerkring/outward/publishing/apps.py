from importlib import import_module

from django.apps import AppConfig


class PublishingConfig(AppConfig):
    name = "leerkring.outward.publishing"
    label = "publishing"

    def ready(self) -> None:
        import_module("leerkring.outward.publishing.slots")
