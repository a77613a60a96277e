from django.apps import AppConfig


class InsightsConfig(AppConfig):
    name = "leerkring.cycle.insights"
    label = "insights"

    def ready(self) -> None:
        from leerkring.cycle.insights import slots  # noqa: F401, PLC0415
