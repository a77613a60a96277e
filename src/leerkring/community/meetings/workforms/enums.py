from django.db import models
from django.utils.translation import gettext_lazy as _


class Aim(models.TextChoices):
    """What one wants of a part of a meeting; the library is ordered by it, as a meeting goes."""

    ARRIVE = "arrive", _("arrive and get to know each other")
    EXPLORE = "explore", _("think together")
    GATHER = "gather", _("gather ideas and questions")
    CHOOSE = "choose", _("sort and choose")
    HELP = "help", _("help each other along")
    LOOK_BACK = "look back", _("look back and round off")

    @property
    def rank(self) -> int:
        return list(Aim).index(self)


class BuiltIn(models.TextChoices):
    """The working forms that come with the product. The value is the word in an address and in a method file."""

    CHECK_IN = "check-in", _("Check-in")
    INTRODUCTIONS = "introductions", _("Round of introductions")
    LINE_UP = "line-up", _("Standing on a line")
    WALK = "walk-and-talk", _("Walk and talk")
    FISHBOWL = "fishbowl", _("Fishbowl")
    WORLD_CAFE = "world-cafe", _("World café")
    ALONE_TO_ALL = "alone-to-all", _("From alone to all")
    CLUSTERING = "write-and-cluster", _("Write in silence and cluster")
    CAROUSEL = "carousel", _("Carousel along the walls")
    DOTS = "dot-voting", _("Dot-voting")
    EFFORT = "effort-and-effect", _("Effort and effect")
    OBJECTIONS = "no-objection", _("Deciding by objections")
    SPEED_ADVICE = "speed-advice", _("Speed advice")
    THREES = "in-threes", _("Listening in threes")
    MARKET = "market", _("Market of questions")
    FOUR_QUESTIONS = "four-questions", _("Looking back with four questions")
    KEEP_START_STOP = "keep-begin-stop", _("Keep, begin, stop")
    ONE_STEP = "one-step", _("One step with a date")
