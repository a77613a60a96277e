from django.db import models
from django.utils.translation import gettext_lazy as _


class Label(models.TextChoices):
    """For whom an item is (rule 13), from narrow to wide."""

    GROUP = "group", _("group")
    PROGRAMME = "programme", _("programme")
    ORGANISATIONS = "organisations", _("organisations")
    PUBLIC = "public", _("public")


class Level(models.TextChoices):
    """How far a person takes part; the person chooses (rule 8)."""

    CORE = "core", _("core")
    ACTIVE = "active", _("active")
    OCCASIONAL = "occasional", _("occasional")
    FOLLOWER = "follower", _("follower")
    EXTERNAL = "external", _("external")


class Role(models.TextChoices):
    """What somebody may do in a community, beside membership."""

    CONTACT = "contact", _("contact of the group")
    FACILITATOR = "facilitator", _("facilitator")
    KEEPER = "keeper", _("keeper of the learning agenda")
    TEAM = "team", _("programme team")
    PARTNER = "partner", _("partner")
    SPONSOR = "sponsor", _("sponsor")


class CommunityKind(models.TextChoices):
    PROGRAMME = "programme", _("programme")
    GROUP = "group", _("group")


class Door(models.TextChoices):
    """Who may come in of their own accord; an invitation opens every door."""

    ANYONE = "anyone", _("whoever confirms an e-mail address")
    ORGANISATIONS = "organisations", _("people of a participating organisation")
    INVITED = "invited", _("only by invitation")


CIRCLE_ROLES = frozenset({Role.CONTACT, Role.FACILITATOR, Role.PARTNER})
PROGRAMME_ROLES = frozenset({Role.FACILITATOR, Role.KEEPER, Role.TEAM, Role.SPONSOR})
