from django.apps import AppConfig


class MembershipsConfig(AppConfig):
    name = "leerkring.community.memberships"
    label = "memberships"
