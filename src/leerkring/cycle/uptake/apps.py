from django.apps import AppConfig


class UptakeConfig(AppConfig):
    name = "leerkring.cycle.uptake"
    label = "uptake"
