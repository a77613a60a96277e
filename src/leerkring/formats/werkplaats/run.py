"""The usual run of a werkplaats: where a facilitator starts from."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from leerkring.formats.werkplaats.enums import PostKind, RoundKind


@dataclass(frozen=True)
class Part:
    kind: RoundKind
    minutes: int
    takes: tuple[PostKind, ...] = ()
    is_anonymous: bool = False


USUAL_RUN = [
    Part(RoundKind.WELCOME, 10),
    Part(
        RoundKind.RAISE,
        15,
        (PostKind.QUESTION, PostKind.BARRIER, PostKind.INSIGHT, PostKind.COMMITMENT),
        is_anonymous=True,
    ),
    Part(RoundKind.CLUSTER, 15),
    Part(RoundKind.POINTS, 5, is_anonymous=True),
    Part(RoundKind.WALK, 20),
    Part(RoundKind.PRESENT, 30),
    Part(RoundKind.WISH, 10),
    Part(RoundKind.FORM, 5),
    Part(RoundKind.ANNOUNCE, 10),
    Part(RoundKind.SET_VERSION, 5),
    Part(RoundKind.LOOK_BACK, 5, is_anonymous=True),
]


def usual_title(kind: RoundKind) -> str:
    """What stands on the screen when nobody wrote something else, in the language of who prepares the room."""
    return {
        RoundKind.WELCOME: _("Welcome"),
        RoundKind.RAISE: _("What do you want to learn to do differently?"),
        RoundKind.SCREEN: _("We read what came in"),
        RoundKind.CLUSTER: _("What belongs together?"),
        RoundKind.POINTS: _("What matters most to you?"),
        RoundKind.WALK: _("Are our questions still alive?"),
        RoundKind.PRESENT: _("The groups tell"),
        RoundKind.WISH: _("Which group would you like?"),
        RoundKind.FORM: _("We form the groups"),
        RoundKind.ANNOUNCE: _("This is your group"),
        RoundKind.SET_VERSION: _("This is our learning agenda"),
        RoundKind.LOOK_BACK: _("How was it?"),
    }[kind]
