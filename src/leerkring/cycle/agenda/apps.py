from django.apps import AppConfig


class AgendaConfig(AppConfig):
    name = "leerkring.cycle.agenda"
    label = "agenda"
