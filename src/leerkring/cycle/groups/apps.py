from django.apps import AppConfig


class GroupsConfig(AppConfig):
    name = "leerkring.cycle.groups"
    label = "groups"
