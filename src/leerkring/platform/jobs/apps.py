from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class JobsConfig(AppConfig):
    name = "leerkring.platform.jobs"
    label = "jobs"

    def ready(self) -> None:
        """Every app names its jobs in its own `jobs.py`."""
        autodiscover_modules("jobs")
