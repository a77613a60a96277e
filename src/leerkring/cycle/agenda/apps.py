from django.apps import AppConfig


class AgendaConfig(AppConfig):
    name = "leerkring.cycle.agenda"
    label = "agenda"

    def ready(self) -> None:
        from leerkring.cycle.agenda import slots  # noqa: F401, PLC0415
