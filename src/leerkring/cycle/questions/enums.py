from django.db import models
from django.utils.translation import gettext_lazy as _


class QuestionState(models.TextChoices):
    RAISED = "raised", _("raised")
    SHARPENED = "sharpened", _("sharpened")
    ON_AGENDA = "on agenda", _("on the agenda")
    EXPLORED = "explored", _("being explored")
    PROVISIONAL = "provisional", _("provisionally answered")
    ANSWERED = "answered", _("answered")
    SPLIT = "split", _("split")
    MERGED = "merged", _("merged")
    DROPPED = "dropped", _("let go")


class QuestionPart(models.TextChoices):
    """Where in its life a question is, for lists."""

    WAITING = "waiting", _("waiting for the agenda")
    AGENDA = "agenda", _("on the agenda")
    ANSWERED = "answered", _("answered")
    GONE = "gone", _("left the agenda")


class DropReason(models.TextChoices):
    NAMED = "named", _("naming it was enough")
    OUTDATED = "outdated", _("outdated")
    HANDED_OVER = "handed over", _("handed over")


class Origin(models.TextChoices):
    """Where a question came from."""

    MEETING = "meeting", _("from the meeting")
    BLOCK = "block", _("from a blocked change")
    INSIGHT = "insight", _("from an insight")
    SUCCESSION = "succession", _("from an earlier question")
    PERSON = "person", _("from a participant")


class ActionKind(models.TextChoices):
    LESS = "less", _("less, or no longer")
    MORE = "more", _("more, or new")


class ActionState(models.TextChoices):
    OPEN = "open", _("to do")
    DONE = "done", _("done")
    STOPPED = "stopped", _("stopped")


class Size(models.TextChoices):
    SMALL = "small", _("small")
    MEDIUM = "medium", _("medium")
    LARGE = "large", _("large")


_Q = QuestionState

OPEN_STATES = frozenset({_Q.RAISED, _Q.SHARPENED, _Q.ON_AGENDA, _Q.EXPLORED})
LISTED_OPEN_STATES = frozenset({_Q.ON_AGENDA, _Q.EXPLORED})
ON_AGENDA_STATES = frozenset({_Q.ON_AGENDA, _Q.EXPLORED, _Q.PROVISIONAL, _Q.ANSWERED})
GONE_STATES = frozenset({_Q.SPLIT, _Q.MERGED, _Q.DROPPED})

QUESTION_TRANSITIONS: dict[QuestionState, frozenset[QuestionState]] = {
    _Q.RAISED: frozenset({_Q.SHARPENED, _Q.ON_AGENDA, _Q.DROPPED, _Q.MERGED, _Q.SPLIT}),
    _Q.SHARPENED: frozenset({_Q.ON_AGENDA, _Q.DROPPED, _Q.MERGED, _Q.SPLIT}),
    _Q.ON_AGENDA: frozenset({_Q.SHARPENED, _Q.EXPLORED, _Q.PROVISIONAL, _Q.ANSWERED, _Q.SPLIT, _Q.MERGED, _Q.DROPPED}),
    _Q.EXPLORED: frozenset({_Q.SHARPENED, _Q.ON_AGENDA, _Q.PROVISIONAL, _Q.ANSWERED, _Q.SPLIT, _Q.MERGED, _Q.DROPPED}),
    _Q.PROVISIONAL: frozenset({_Q.EXPLORED, _Q.ANSWERED, _Q.SPLIT, _Q.MERGED, _Q.DROPPED}),
    _Q.ANSWERED: frozenset({_Q.ON_AGENDA}),
    _Q.SPLIT: frozenset(),
    _Q.MERGED: frozenset(),
    _Q.DROPPED: frozenset({_Q.ON_AGENDA, _Q.RAISED}),
}
"""Every transition there is. Back to `on agenda` from answered or dropped is called reopening; back to `sharpened`
is taking a question off the draft before any version was set with it."""
