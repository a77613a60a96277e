from django.db import models
from django.utils.translation import pgettext_lazy


class HandoverAnswer(models.TextChoices):
    ACCEPTED = "accepted", pgettext_lazy("handover", "taken over")
    DECLINED = "declined", pgettext_lazy("handover", "not taken over")
    WITHDRAWN = "withdrawn", pgettext_lazy("handover", "withdrawn")
