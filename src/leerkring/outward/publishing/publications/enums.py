from django.db import models
from django.utils.translation import gettext_lazy as _

from leerkring.community.memberships.enums import Label


class PublicationKind(models.TextChoices):
    ARTICLE = "article", _("article")
    ESSAY = "essay", _("essay")


class Language(models.TextChoices):
    DUTCH = "nl", "Nederlands"
    ENGLISH = "en", "English"


class ReactionState(models.TextChoices):
    """Removed ones and those taken back count for the limits; the text of the latter is gone."""

    WAITING = "waiting", _("waits for the team")
    SHOWN = "shown", _("shown")
    REMOVED = "removed", _("removed")
    TAKEN_BACK = "taken_back", _("taken back")


LABELS = (Label.PUBLIC, Label.ORGANISATIONS, Label.PROGRAMME)
"""For everybody, or for who is signed in: from wide to narrow."""
