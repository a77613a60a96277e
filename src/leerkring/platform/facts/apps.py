from django.apps import AppConfig


class FactsConfig(AppConfig):
    name = "leerkring.platform.facts"
    label = "facts"
