from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "leerkring.outward.desk"
    label = "desk"
