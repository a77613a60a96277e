from importlib import import_module

from django.apps import AppConfig


class DossierConfig(AppConfig):
    name = "leerkring.outward.dossier"
    label = "dossier"

    def ready(self) -> None:
        for name in ("slots", "privacy"):
            import_module(f"leerkring.outward.dossier.{name}")
