from importlib import import_module

from django.apps import AppConfig


class MembershipsConfig(AppConfig):
    name = "leerkring.community.memberships"
    label = "memberships"

    def ready(self) -> None:
        import_module("leerkring.community.memberships.slots")
