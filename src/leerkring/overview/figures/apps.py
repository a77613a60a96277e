from django.apps import AppConfig


class FiguresConfig(AppConfig):
    name = "leerkring.overview.figures"
    label = "figures"
