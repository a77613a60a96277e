from django.apps import AppConfig


class StrategyConfig(AppConfig):
    name = "leerkring.direction.strategy"
    label = "strategy"
