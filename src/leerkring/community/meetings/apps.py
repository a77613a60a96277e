from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    name = "leerkring.community.meetings"
    label = "meetings"
