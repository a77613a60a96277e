from __future__ import annotations

from django.db.models import Q, QuerySet

from leerkring.community.memberships import queries as memberships
from leerkring.community.memberships.enums import Role
from leerkring.community.memberships.models import Community, RoleGrant
from leerkring.community.people.models import Person
from leerkring.cycle.questions import queries as questions
from leerkring.cycle.questions.enums import LISTED_OPEN_STATES, QuestionState
from leerkring.cycle.questions.models import LearningQuestion
from leerkring.cycle.uptake import queries as uptake
from leerkring.cycle.uptake.enums import Step
from leerkring.cycle.uptake.handing.models import Handover
from leerkring.cycle.uptake.models import Uptake

STILL_OPEN = LISTED_OPEN_STATES | {QuestionState.PROVISIONAL, QuestionState.SHARPENED, QuestionState.RAISED}


def _handovers() -> QuerySet[Handover]:
    return Handover.objects.select_related(
        "community", "question__community", "uptake__change__community", "uptake__unit", "to_person", "to_team",
        "offered_by__account", "answered_by", "became",
    )  # fmt: skip


def handovers_to_answer(person: Person | None, community: Community) -> QuerySet[Handover]:
    """What waits for this person, as long as they may read it, or for a team that this person is of."""
    if person is None:
        return Handover.objects.none()
    teams = memberships.standing_of(person).team_roots
    mine = Q(to_team__in=teams) | (Q(to_person=person) & _readable(person, community))
    return _handovers().filter(_here(community), mine, answered_at__isnull=True)


def handovers_offered(person: Person, community: Community) -> QuerySet[Handover]:
    """What this person offered here, and for facilitators what anybody did that they may read; the newest first."""
    rows = _handovers().filter(_readable(person, community), community=community.root_pk)
    if not memberships.standing_of(person).is_facilitator(community):
        rows = rows.filter(offered_by=person)
    return rows.order_by("-offered_at", "-id")


def _readable(person: Person, community: Community) -> Q:
    """By the label of the question, or of the change that is taken up."""
    return memberships.open_in(person, community, "question__") | memberships.open_in(
        person, community, "uptake__change__"
    )


def handovers_in(community: Community) -> QuerySet[Handover]:
    """From or to this programme, whoever asks: the action says who may."""
    return _handovers().filter(_here(community))


def _here(community: Community) -> Q:
    return Q(community=community.root_pk) | Q(to_team=community.root_pk)


def handover_numbered(handover_id: int) -> Handover | None:
    return _handovers().filter(pk=handover_id).first()


def unanswered_by(person_id: int) -> list[Handover]:
    """What was offered to this person, here or gone, and waits."""
    return list(_handovers().filter(to_person=person_id, answered_at__isnull=True).order_by("pk"))


def person_here(person_id: int) -> Person | None:
    return Person.objects.filter(pk=person_id, left_at__isnull=True).select_related("account").first()


def open_handover_of(question: LearningQuestion | None = None, uptake_: Uptake | None = None) -> Handover | None:
    return _handovers().filter(question=question, uptake=uptake_, answered_at__isnull=True).first()


def open_questions_of(person: Person | None, community: Community) -> QuerySet[LearningQuestion]:
    """Questions that this person may read and that nobody has answered or let go; those with a letter first."""
    rows = questions.questions_visible_to(person, community).filter(state__in=STILL_OPEN)
    return questions.in_order_of_codes(rows)


def own_questions_of(person: Person, community: Community) -> QuerySet[LearningQuestion]:
    return open_questions_of(person, community).filter(owner=person)


def open_uptakes_in(person: Person | None, community: Community) -> QuerySet[Uptake]:
    """Under way: not the norm yet, and not given up."""
    rows = uptake.uptakes_visible_to(person, community).filter(given_up_at__isnull=True, step__lt=Step.NORM)
    return rows.select_related("recipient", "unit__organisation").order_by("change__title", "unit__position", "id")


def own_uptakes_of(person: Person, community: Community) -> QuerySet[Uptake]:
    """What this person has to take over in a unit."""
    return open_uptakes_in(person, community).filter(recipient=person)


def people_to_offer(community: Community, besides: Person | None) -> QuerySet[Person]:
    rows = questions.people_who_take_part(community).filter(left_at__isnull=True)
    return rows.exclude(pk=besides.pk) if besides is not None else rows


def programmes_to_offer(person: Person, community: Community) -> QuerySet[Community]:
    """Other programmes that this person may know of and that have a team to say yes."""
    teams = RoleGrant.objects.filter(role=Role.TEAM, until_on__isnull=True).values("community")
    known = memberships.communities_visible_to(person).exclude(pk=community.root_pk)
    return known.filter(pk__in=teams).order_by("name", "pk")


def team_of(community: Community) -> QuerySet[Person]:
    return memberships.holders(community, Role.TEAM)


def people_to_tell(handover: Handover) -> list[Person]:
    """Who has to hear of the offer."""
    if handover.to_team is not None:
        return list(team_of(handover.to_team))
    return [handover.to_person] if handover.to_person is not None else []
