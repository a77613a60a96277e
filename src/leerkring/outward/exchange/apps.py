from importlib import import_module

from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    name = "leerkring.outward.exchange"
    label = "exchange"

    def ready(self) -> None:
        import_module("leerkring.outward.exchange.slots")
        import_module("leerkring.outward.exchange.privacy")
