from django.apps import AppConfig


class SampleConfig(AppConfig):
    name = "leerkring.sample"
    label = "sample"
