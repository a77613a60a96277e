from django.db import models
from django.utils.translation import gettext_lazy as _


class AskedAs(models.TextChoices):
    """How a question of an evaluation is answered."""

    SCALE = "scale", _("a number from 1 to 5")
    LINE = "line", _("one line")
