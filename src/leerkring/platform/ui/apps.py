from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "leerkring.platform.ui"
    label = "ui"
