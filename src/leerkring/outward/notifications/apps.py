from importlib import import_module

from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    name = "leerkring.outward.notifications"
    label = "notifications"

    def ready(self) -> None:
        for module in ("letters", "slots", "privacy"):
            import_module(f"{self.name}.{module}")
