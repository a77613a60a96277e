from django.apps import AppConfig


class UptakeConfig(AppConfig):
    name = "leerkring.cycle.uptake"
    label = "uptake"

    def ready(self) -> None:
        from leerkring.cycle.uptake import slots  # noqa: F401, PLC0415
        from leerkring.cycle.uptake.handing import slots as handing  # noqa: F401, PLC0415
