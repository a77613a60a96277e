from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class RoundKind(models.TextChoices):
    WELCOME = "welcome", _("welcome")
    RAISE = "raise", _("raise")
    SCREEN = "screen", _("look through")
    CLUSTER = "cluster", _("put together")
    POINTS = "points", _("give points")
    WALK = "walk", _("walk through the agenda")
    PRESENT = "present", _("groups present")
    WISH = "wish", _("wish for a group")
    FORM = "form", _("form groups")
    ANNOUNCE = "announce", _("say who is where")
    SET_VERSION = "set version", _("set the agenda")
    LOOK_BACK = "look back", _("look back")


class RoundState(models.TextChoices):
    WAITING = "waiting", pgettext_lazy("round", "to come")
    OPEN = "open", pgettext_lazy("round", "open")
    CLOSED = "closed", pgettext_lazy("round", "closed")
    SKIPPED = "skipped", pgettext_lazy("round", "skipped")


class PostKind(models.TextChoices):
    QUESTION = "question", _("question")
    BARRIER = "barrier", _("barrier")
    INSIGHT = "insight", _("insight")
    COMMITMENT = "commitment", _("commitment")
    FEEDBACK = "feedback", _("word for the group")


class PostState(models.TextChoices):
    WAITING = "waiting", pgettext_lazy("post", "waits to be seen")
    RELEASED = "released", pgettext_lazy("post", "on the screen")
    HELD = "held", pgettext_lazy("post", "held back")


class Verdict(models.TextChoices):
    """What the room says of a question on the agenda."""

    ALIVE = "alive", _("alive")
    REWORDED = "reworded", _("reworded")
    ANSWERED = "answered", _("answered")
    PROVISIONAL = "provisional", _("provisionally answered")
    DROPPED = "dropped", _("let go")


class AskKind(models.TextChoices):
    SCALE = "scale", _("a number from 1 to 5")
    LINE = "line", _("one line")


class Loose(models.TextChoices):
    """What is still unfinished after a werkplaats, for its facilitator."""

    POSTS_WAITING = "posts waiting", _("posts that nobody has looked at")
    QUESTIONS_LOOSE = "questions loose", _("questions that lie in no pile")
    PILES_UNNAMED = "piles unnamed", _("piles without a name")
    NOT_HARVESTED = "not harvested", _("posts that are not in the harvest yet")
    HARVEST_OPEN = "harvest open", _("the harvest is not finished")
    NOT_ON_AGENDA = "not on agenda", _("new questions that wait for the agenda")
    NO_VERSION = "no version", _("no version of the agenda was set")
    PEOPLE_UNPLACED = "people unplaced", _("people without a table")
    GROUPS_UNFORMED = "groups unformed", _("tables that are no group yet")
    GUESTS_WITHOUT_GROUP = "guests without group", _("guests at a table who are in no group yet")
    NO_FIRST_DATE = "no first date", _("groups without a first date")


NAMED_KINDS = frozenset({RoundKind.WELCOME, RoundKind.WISH, RoundKind.FORM, RoundKind.ANNOUNCE})
"""Rounds that are about who somebody is: they cannot be anonymous."""
HANDING_IN_KINDS = frozenset(
    {RoundKind.RAISE, RoundKind.POINTS, RoundKind.WALK, RoundKind.PRESENT, RoundKind.WISH, RoundKind.LOOK_BACK}
)
"""Rounds in which people say something of their own, so that they can hand it in on paper too."""
POSTING_KINDS = frozenset({RoundKind.RAISE, RoundKind.PRESENT})
