from importlib import import_module

from django.apps import AppConfig


class SampleConfig(AppConfig):
    name = "leerkring.sample"
    label = "sample"

    def ready(self) -> None:
        import_module("leerkring.sample.slots")
