from django.apps import AppConfig


class TraceConfig(AppConfig):
    name = "leerkring.overview.trace"
    label = "trace"
