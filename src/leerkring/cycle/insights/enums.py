from django.db import models
from django.utils.translation import gettext_lazy as _


class HarvestKind(models.TextChoices):
    NOTE = "note", _("note")
    INSIGHT = "insight", _("insight")
    QUESTION = "question", _("question")
    BARRIER = "barrier", _("barrier")
    COMMITMENT = "commitment", _("commitment")
    ACTION = "action", _("action")
