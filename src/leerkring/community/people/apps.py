from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "leerkring.community.people"
    label = "people"
