from django.apps import AppConfig


class InsightsConfig(AppConfig):
    name = "leerkring.cycle.insights"
    label = "insights"
