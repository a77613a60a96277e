from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "leerkring.community.accounts"
    label = "accounts"
