from django.db import models
from django.utils.translation import gettext_lazy as _


class OrganisationKind(models.TextChoices):
    MUNICIPALITY = "municipality", _("municipality")
    REGION = "region", _("region")
    KNOWLEDGE = "knowledge", _("knowledge institute")
    COMPANY = "company", _("company")
    INITIATIVE = "initiative", _("civic initiative")
    OTHER = "other", _("other organisation")


class Digest(models.TextChoices):
    DAILY = "daily", _("every day")
    WEEKLY = "weekly", _("every week")
    MONTHLY = "monthly", _("every month")
    NEVER = "never", _("never")
