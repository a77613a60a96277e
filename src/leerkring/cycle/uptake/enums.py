from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class ChangeKind(models.TextChoices):
    DIFFERENTLY = "differently", _("do differently")
    ANEW = "anew", _("do anew")
    STOP = "stop", _("stop with")


class AnchorKind(models.TextChoices):
    TEMPLATE = "template", _("template")
    CHECKLIST = "checklist", _("checklist")
    CLAUSE = "clause", _("contract clause")
    PROCESS = "process", _("process step")
    BUDGET = "budget", _("budget line")
    JOB_PROFILE = "job profile", _("job profile")
    DECISION = "decision", _("decision")
    SYSTEM = "system", _("system")
    TRAINING = "training", _("training")


class Step(models.IntegerChoices):
    INSIGHT = 0, _("insight")
    HANDED_OVER = 1, _("handed over")
    TRIED = 2, _("tried")
    ADOPTED = 3, _("adopted")
    ANCHORED = 4, _("anchored")
    NORM = 5, _("norm")

    @property
    def is_fixed(self) -> bool:
        """It stands in an anchor, so that it does not hang on one person."""
        return self >= Step.ANCHORED


class CommitmentState(models.TextChoices):
    MADE = "made", pgettext_lazy("commitment", "made")
    REMINDED = "reminded", pgettext_lazy("commitment", "reminded")
    LOOKED_BACK = "looked back", pgettext_lazy("commitment", "looked back")


class CommitmentOutcome(models.TextChoices):
    DONE = "done", pgettext_lazy("commitment", "done")
    PARTLY = "partly", pgettext_lazy("commitment", "partly")
    NOT = "not", pgettext_lazy("commitment", "not")
    DIFFERENT = "different", pgettext_lazy("commitment", "different")


class Moment(models.IntegerChoices):
    """When somebody is reminded of a commitment, in weeks after it was made."""

    SIX_WEEKS = 6, _("after six weeks")
    TWELVE_WEEKS = 12, _("after twelve weeks")


class Promoted(models.TextChoices):
    """What a commitment can become once its maker looked back."""

    INSIGHT = "insight", _("insight")
    QUESTION = "question", _("learning question")
    UPTAKE = "uptake", _("uptake")


class ReviewOutcome(models.TextChoices):
    """What a review of a norm finds."""

    KEPT = "kept", _("still the norm")
    SLIPPED = "slipped", _("slipped back")
