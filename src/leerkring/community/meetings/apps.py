from importlib import import_module

from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    name = "leerkring.community.meetings"
    label = "meetings"

    def ready(self) -> None:
        for name in ("slots", "evaluation.slots", "evaluation.jobs"):
            import_module(f"leerkring.community.meetings.{name}")
