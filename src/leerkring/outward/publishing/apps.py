from django.apps import AppConfig


class PublishingConfig(AppConfig):
    name = "leerkring.outward.publishing"
    label = "publishing"
