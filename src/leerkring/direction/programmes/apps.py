from django.apps import AppConfig


class ProgrammesConfig(AppConfig):
    name = "leerkring.direction.programmes"
    label = "programmes"
