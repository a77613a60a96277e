from importlib import import_module

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "leerkring.community.accounts"
    label = "accounts"

    def ready(self) -> None:
        import_module("leerkring.community.accounts.slots")
