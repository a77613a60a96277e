from django.apps import AppConfig


class TraceConfig(AppConfig):
    name = "leerkring.overview.trace"
    label = "trace"

    def ready(self) -> None:
        from leerkring.overview.trace import slots  # noqa: F401, PLC0415
