from importlib import import_module

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "leerkring.community.people"
    label = "people"

    def ready(self) -> None:
        import_module("leerkring.community.people.slots")
