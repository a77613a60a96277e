from django.apps import AppConfig


class IntervisieConfig(AppConfig):
    name = "leerkring.formats.intervisie"
    label = "intervisie"
