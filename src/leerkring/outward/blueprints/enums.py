from django.db import models
from django.utils.translation import gettext_lazy as _


class Choice(models.TextChoices):
    """What to do with something of a method that is here already, under the same name and with other words."""

    OURS = "ours", _("Keep ours")
    THEIRS = "theirs", _("Take theirs; ours goes to the list of what you put away")
    BESIDE = "beside", _("Take theirs beside ours, under another name")
