from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    """What can stand in a trace, in the order of the learning cycle."""

    MEETING = "meeting", _("meeting")
    QUESTION = "question", _("question")
    GROUP = "group", _("learning group")
    INSIGHT = "insight", _("insight")
    CHANGE = "change", _("change")
    UPTAKE = "uptake", _("uptake")
    UNIT = "unit", _("unit")
