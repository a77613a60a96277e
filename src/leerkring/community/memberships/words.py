"""Levels and roles in plain words."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from leerkring.community.memberships.enums import Level, Role

LEVEL_WORDS: dict[str, str | Promise] = {
    Level.CORE: _("I help to carry the programme."),
    Level.ACTIVE: _("I take part in a group, or come to most meetings."),
    Level.OCCASIONAL: _("I join in now and then."),
    Level.FOLLOWER: _("I read along. Nobody expects anything of me."),
    Level.EXTERNAL: _("I work elsewhere and take part from there."),
}
ROLE_WORDS: dict[str, str | Promise] = {
    Role.TEAM: _("plans, invites and sees the whole programme"),
    Role.KEEPER: _("sharpens the questions and sets the versions"),
    Role.FACILITATOR: _("guides meetings and writes down what they yield"),
    Role.SPONSOR: _("answers requests and sees figures, no persons"),
    Role.CONTACT: _("speaks for a group"),
    Role.PARTNER: _("helps one group for a time"),
}
