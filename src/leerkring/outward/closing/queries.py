from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.db.models import Q, QuerySet

from leerkring.community.meetings.models import Meeting
from leerkring.community.memberships.models import Community
from leerkring.community.people.models import Person
from leerkring.cycle.questions.models import LearningQuestion
from leerkring.cycle.uptake.enums import CommitmentOutcome, CommitmentState
from leerkring.cycle.uptake.handing import queries as handing
from leerkring.cycle.uptake.handing.models import Handover
from leerkring.cycle.uptake.models import Commitment, Uptake
from leerkring.direction.programmes import queries as programmes
from leerkring.direction.programmes.completion import queries as completion
from leerkring.direction.programmes.completion.models import Certificate
from leerkring.direction.programmes.enums import EditionState
from leerkring.direction.programmes.models import Edition, Enrolment
from leerkring.outward.dossier.models import Dossier
from leerkring.outward.publishing.reports.models import Report
from leerkring.platform import clock
from leerkring.platform.facts.kept import kept

OVER = (EditionState.FINISHED, EditionState.AFTERCARE)
OFFERED_FOR = timedelta(days=90)
"""So long after its end an edition is still offered to part from on the first screen."""


def is_over(edition: Edition, meetings: list[Meeting]) -> bool:
    """The team finished it, or each of its meetings was held; the page has read these already."""
    if edition.state in (*OVER, EditionState.ARCHIVED):
        return True
    return edition.state == EditionState.RUNNING and bool(meetings) and all(meeting.is_held for meeting in meetings)


def _taking_part(edition: Edition) -> QuerySet[Any, Any]:
    return Enrolment.objects.filter(edition=edition, state__in=programmes.TAKING_PART).values("person")


def questions_to_hand_over(person: Person, community: Community, edition: Edition | None) -> QuerySet[LearningQuestion]:
    """Open ones that nobody owns, or that somebody of the edition owns; at the end of a programme all open ones."""
    rows = handing.open_questions_of(person, community)
    if edition is None:
        return rows
    nobody = Q(owner__isnull=True, owner_unit__isnull=True)
    return rows.filter(nobody | Q(owner__in=_taking_part(edition)))


def uptakes_to_hand_over(person: Person, community: Community, edition: Edition | None) -> QuerySet[Uptake]:
    """Those under way that nobody has in the unit, or somebody of the edition; at the end of a programme all."""
    rows = handing.open_uptakes_in(person, community)
    if edition is None:
        return rows
    nobody = Q(recipient__isnull=True, recipient_name="")
    return rows.filter(nobody | Q(recipient__in=_taking_part(edition)))


def handovers_waiting(community: Community) -> QuerySet[Handover]:
    return Handover.objects.filter(community=community.root_pk, answered_at__isnull=True)


def commitments_left(community: Community, edition: Edition | None) -> QuerySet[Commitment]:
    """Those that may still be looked back on: to count, never to list."""
    settled = Q(state=CommitmentState.LOOKED_BACK, outcome__in=[CommitmentOutcome.DONE, CommitmentOutcome.DIFFERENT])
    rows = Commitment.objects.filter(removed_at__isnull=True).exclude(settled)
    if edition is not None:
        return rows.filter(meeting__in=programmes.meetings_of_edition(edition).values("pk"))
    return rows.filter(Q(meeting__community=community) | Q(meeting__community__root=community))


def reports_released(community: Community, edition: Edition | None) -> QuerySet[Report]:
    rows = Report.objects.filter(community=community, released_at__isnull=False)
    return rows.filter(edition=edition) if edition is not None else rows


def dossiers_made(community: Community) -> QuerySet[Dossier]:
    return Dossier.objects.filter(community=community, made_at__isnull=False)


def has_a_next_edition(edition: Edition) -> bool:
    return Edition.objects.filter(programme=edition.programme_id, starts_on__gt=edition.ends_on).exists()


def certificate_of(enrolment: Enrolment) -> Certificate | None:
    """The one that stands."""
    return completion.certificates_of(enrolment).filter(revoked_at__isnull=True).first()


def editions_to_close(community: Community) -> QuerySet[Edition]:
    """Those that began and are not put away."""
    rows = Edition.objects.filter(programme__community=community, state__in=[EditionState.RUNNING, *OVER])
    return rows.order_by("-ends_on", "-id")


def edition_to_part_from(person: Person | None, community: Community) -> Edition | None:
    """An edition of one's own that the team finished lately. Where none is over, nothing is asked about persons."""
    since = clock.today() - OFFERED_FOR
    over = kept("closing.over", community.root_pk, community.newest_fact, lambda: _ends_of_editions_over(community))
    lately = [edition_id for edition_id, ends_on in over if ends_on >= since]
    if person is None or not lately:
        return None
    mine = Edition.objects.filter(
        pk__in=lately, enrolments__person=person, enrolments__state__in=programmes.TAKING_PART
    )
    return mine.order_by("-ends_on", "-id").first()


def _ends_of_editions_over(community: Community) -> list[tuple[int, date]]:
    rows = Edition.objects.filter(programme__community=community.root_pk, state__in=OVER)
    return list(rows.values_list("pk", "ends_on"))
