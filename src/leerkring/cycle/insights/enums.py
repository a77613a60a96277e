from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class HarvestKind(models.TextChoices):
    NOTE = "note", pgettext_lazy("harvest", "note")
    INSIGHT = "insight", _("insight")
    QUESTION = "question", _("question")
    BARRIER = "barrier", _("barrier")
    COMMITMENT = "commitment", _("commitment")
    ACTION = "action", _("action")
