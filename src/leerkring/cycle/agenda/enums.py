from django.db import models
from django.utils.translation import gettext_lazy as _

from leerkring.cycle.questions.enums import Origin

__all__ = ["Fate", "Origin", "VersionState"]


class VersionState(models.TextChoices):
    SET = "set", _("set")
    SUPERSEDED = "superseded", _("superseded")


class Fate(models.TextChoices):
    """What happened to a question between two versions."""

    STAYED = "stayed", _("stayed")
    REWORDED = "reworded", _("reworded")
    PROVISIONAL = "provisional", _("provisionally answered")
    ANSWERED = "answered", _("answered")
    DROPPED = "dropped", _("let go")
    SPLIT = "split", _("split")
    MERGED = "merged", _("merged")
    NEW = "new", _("new")
    REOPENED = "reopened", _("reopened")
