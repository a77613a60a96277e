from django.db import models
from django.utils.translation import gettext_lazy as _


class ProgrammeKind(models.TextChoices):
    LEERPROGRAMMA = "leerprogramma", _("learning programme")
    LEERGEMEENSCHAP = "leergemeenschap", _("learning community")


class EditionState(models.TextChoices):
    DRAFT = "draft", _("draft")
    RECRUITING = "recruiting", _("recruiting")
    RUNNING = "running", _("running")
    FINISHED = "finished", _("finished")
    AFTERCARE = "aftercare", _("aftercare")
    ARCHIVED = "archived", _("archived")


EDITION_ORDER = list(EditionState)


class EnrolmentState(models.TextChoices):
    INVITED = "invited", _("invited")
    APPLIED = "applied", _("applied")
    WAITING = "waiting", _("on the waiting list")
    CONFIRMED = "confirmed", _("confirmed")
    ACTIVE = "active", _("taking part")
    COMPLETED = "completed", _("completed")
    LEFT = "left", _("left")


class OfferAnswer(models.TextChoices):
    ACCEPTED = "accepted", _("accepted")
    DECLINED = "declined", _("declined")
    LAPSED = "lapsed", _("not answered in time")
    WITHDRAWN = "withdrawn", _("withdrawn")


class Completion(models.TextChoices):
    FULLY = "fully", _("fully")
    PARTLY = "partly", _("partly")


ENROLMENT_TRANSITIONS: dict[EnrolmentState, frozenset[EnrolmentState]] = {
    EnrolmentState.INVITED: frozenset({EnrolmentState.APPLIED, EnrolmentState.LEFT}),
    EnrolmentState.APPLIED: frozenset({EnrolmentState.WAITING, EnrolmentState.CONFIRMED, EnrolmentState.LEFT}),
    EnrolmentState.WAITING: frozenset({EnrolmentState.CONFIRMED, EnrolmentState.LEFT}),
    EnrolmentState.CONFIRMED: frozenset({EnrolmentState.ACTIVE, EnrolmentState.LEFT}),
    EnrolmentState.ACTIVE: frozenset({EnrolmentState.COMPLETED, EnrolmentState.LEFT}),
    EnrolmentState.COMPLETED: frozenset(),
    EnrolmentState.LEFT: frozenset({EnrolmentState.APPLIED}),
}
OUTSIDE = frozenset({EnrolmentState.INVITED, EnrolmentState.LEFT})
"""Not in it yet, or not any more: one may register."""
