from django.db import models
from django.utils.translation import pgettext_lazy


class Value(models.TextChoices):
    """From what somebody felt at once to what changed for good. A story may start anywhere."""

    IMMEDIATE = "immediate", pgettext_lazy("story", "at once")
    POTENTIAL = "potential", pgettext_lazy("story", "in hand")
    APPLIED = "applied", pgettext_lazy("story", "tried")
    REALISED = "realised", pgettext_lazy("story", "brought about")
    TRANSFORMATIVE = "transformative", pgettext_lazy("story", "changed for good")
