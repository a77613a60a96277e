from importlib import import_module

from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    name = "leerkring.community.meetings"
    label = "meetings"

    def ready(self) -> None:
        import_module("leerkring.community.meetings.slots")
