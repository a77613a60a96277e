from django.apps import AppConfig


class MailConfig(AppConfig):
    name = "leerkring.platform.mail"
    label = "mail"
