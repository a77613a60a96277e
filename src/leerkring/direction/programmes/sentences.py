"""What the page of an edition says first."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from leerkring.direction.programmes.enums import Completion, EditionState, EnrolmentState
from leerkring.direction.programmes.models import Edition, Enrolment

RUNS_OUT = (EditionState.FINISHED, EditionState.AFTERCARE, EditionState.ARCHIVED)


def heading_for_team(edition: Edition, taking_part: list[Enrolment], held: int, total: int) -> str:
    """A finding in figures; the team sees its own programme whole (rule 7)."""
    count = len(taking_part)
    completed = [e for e in taking_part if e.state == EnrolmentState.COMPLETED]
    if completed:
        fully = sum(1 for e in completed if e.completion == Completion.FULLY)
        return _("%(fully)d completed fully, %(partly)d partly") % {"fully": fully, "partly": len(completed) - fully}
    if edition.state == EditionState.RECRUITING and edition.places_count:
        return _("%(count)d of %(places)d places taken") % {"count": count, "places": edition.places_count}
    if edition.state == EditionState.DRAFT and not count:
        return _("%(name)s is still a draft") % {"name": edition.name}
    people = ngettext("%(count)d person", "%(count)d people", count) % {"count": count}
    return _("%(people)s, %(held)d of %(total)d meetings held") % {"people": people, "held": held, "total": total}


def heading_for_others(edition: Edition) -> str:
    if edition.state == EditionState.RECRUITING:
        return _("You can apply for %(name)s") % {"name": edition.name}
    if edition.state == EditionState.DRAFT:
        return _("%(name)s is still a draft") % {"name": edition.name}
    if edition.state in RUNS_OUT:
        return _("%(name)s is over") % {"name": edition.name}
    return _("%(name)s is under way") % {"name": edition.name}


def headcount(count: int) -> str:
    """A number of people as anybody may read it: below five there is no figure (rule 7)."""
    if count < 5:
        return _("fewer than five people")
    return ngettext("%(count)d person", "%(count)d people", count) % {"count": count}
