"""What members of a group agree on: the group's own list, or ours."""

from __future__ import annotations

from django.utils.translation import gettext as _

from leerkring.formats.intervisie.models import IntervisieGroup


def defaults() -> list[str]:
    return [
        _("What is said here stays here. I do not tell it on, not even without names."),
        _("Nobody writes down anything of a case. Paper goes into the bin afterwards."),
        _("I come, I am on time, and my phone is silent. When I cannot come, I say so."),
        _("I ask before I advise, and I leave to the other what they do with it."),
        _("Each brings a case in turn, and each may say that it is not today."),
        _("When somebody else of my organisation is in a case, I say so at once."),
    ]


def agreements_of(group: IntervisieGroup) -> list[str]:
    return [line for line in group.agreements.splitlines() if line] or defaults()
