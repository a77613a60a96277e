from django.db import models
from django.utils.translation import gettext_lazy as _

from leerkring.community.memberships.enums import Label


class Audience(models.TextChoices):
    """For whom a report is. It decides what may stand in it, and who can read it."""

    PARTICIPANTS = "participants", _("for participants")
    SPONSOR = "sponsor", _("for sponsor and council")
    PUBLIC = "public", _("for everybody")


LABELS: dict[Audience, frozenset[Label]] = {
    Audience.PARTICIPANTS: frozenset({Label.PROGRAMME, Label.ORGANISATIONS, Label.PUBLIC}),
    Audience.SPONSOR: frozenset({Label.ORGANISATIONS, Label.PUBLIC}),
    Audience.PUBLIC: frozenset({Label.PUBLIC}),
}
"""What stands in the report bears one of these (rule 13)."""
OWN_LABEL = {
    Audience.PARTICIPANTS: Label.PROGRAMME,
    Audience.SPONSOR: Label.ORGANISATIONS,
    Audience.PUBLIC: Label.PUBLIC,
}
