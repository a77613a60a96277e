from django.apps import AppConfig


class LiveConfig(AppConfig):
    name = "leerkring.platform.live"
    label = "live"
