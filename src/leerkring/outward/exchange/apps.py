from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    name = "leerkring.outward.exchange"
    label = "exchange"
