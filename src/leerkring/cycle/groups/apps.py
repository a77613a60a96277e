from django.apps import AppConfig


class GroupsConfig(AppConfig):
    name = "leerkring.cycle.groups"
    label = "groups"

    def ready(self) -> None:
        from leerkring.cycle.groups import slots  # noqa: F401, PLC0415
        from leerkring.cycle.groups.forming import jobs  # noqa: F401, PLC0415
