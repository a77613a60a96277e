from django.db import models
from django.utils.translation import gettext_lazy as _


class ImportKind(models.TextChoices):
    PEOPLE = "people", _("people")
    ACTIVITIES = "activities", _("activities")


class Purpose(models.TextChoices):
    """What a column of a list is for. A column without a purpose is never read."""

    GIVEN_NAME = "given name", _("first name")
    PREFIX = "prefix", _("prefix (van der)")
    FAMILY_NAME = "family name", _("last name")
    FULL_NAME = "full name", _("whole name")
    ADDRESS = "address", _("e-mail address")
    ORGANISATION = "organisation", _("organisation")
    UNIT = "unit", _("part of the organisation")
    FIELD = "policy field", _("policy field")
    LEVEL = "level", _("level of taking part")
    SINCE = "since", _("since when")
    NUMBER = "number", _("number")
    TITLE = "title", _("activity")
    DESCRIPTION = "description", _("description")
    GOAL = "goal", _("goal")
    CHAIN = "chain", _("value chain")
    OWNER = "owner", _("owner")
    STATE = "state", _("state")
    STARTS = "starts", _("starts")
    ENDS = "ends", _("ends")


class Trouble(models.TextChoices):
    """Why a row, or a cell of it, did not come in as it stands. The values are those of the report as JSON."""

    NO_ADDRESS = "no address", _("There is no e-mail address.")
    NOT_AN_ADDRESS = "not an e-mail address", _("This is not an e-mail address.")
    ADDRESS_LEFT_OUT = "address left out", _("One of the addresses cannot be used; the other one can.")
    NAME_TOO_LONG = "name too long", _("The name is too long.")
    NO_NAME = "no name", _("There is no name. The part before the @ stands in for it.")
    LEVEL_UNKNOWN = "level not understood", _("This level is not understood.")
    DAY_UNREADABLE = "date not understood", _("This date is not understood.")
    DAY_TO_COME = "date to come", _("This date has yet to come. Today is taken.")
    TWO_PEOPLE = "addresses of two people", _("These addresses belong to two different people.")
    NO_TITLE = "no title", _("There is no name of the activity.")
    TITLE_TOO_LONG = "title too long", _("The name of the activity is longer than 300 characters.")
    STATE_UNKNOWN = "state not understood", _("This state is not understood.")
    OWNER_UNKNOWN = "owner not found", _("This owner is not found among the people of the programme.")
    GOAL_UNKNOWN = "goal not found", _("This goal is not found. The activity comes in without it.")
    TOO_LONG = "too long", _("This is too long. The activity comes in without it.")
    ENDS_BEFORE_START = "ends before it starts", _("It ends before it starts. The end is left out.")


class Thing(models.TextChoices):
    """What a near match is about: a name in the list that is almost a name that we know."""

    ORGANISATION = "organisation", _("organisation")
    UNIT = "unit", _("part of the organisation")
    FIELD = "field", _("policy field")
