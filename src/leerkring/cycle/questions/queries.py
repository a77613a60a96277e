from __future__ import annotations

from django.db.models import QuerySet

from leerkring.community.memberships.models import Community
from leerkring.community.memberships.queries import in_programme, labelled_visible_to
from leerkring.community.people.models import Person
from leerkring.cycle.questions.enums import ON_AGENDA_STATES, QuestionState
from leerkring.cycle.questions.models import (
    LearningQuestion,
    Theme,
)


def themes_of(community: Community) -> QuerySet[Theme]:
    """All themes of the programme, closed ones included, in their order."""
    return Theme.objects.filter(community=community.root_pk)


def open_themes_of(community: Community) -> QuerySet[Theme]:
    return themes_of(community).filter(is_closed=False)


def questions_visible_to(person: Person | None, community: Community) -> QuerySet[LearningQuestion]:
    """The questions of a programme and its groups that this person may read."""
    questions = in_programme(community, LearningQuestion.objects.all())
    return labelled_visible_to(person, questions).select_related("community", "theme", "owner", "owner_unit")


def questions_to_place(person: Person | None, community: Community) -> QuerySet[LearningQuestion]:
    """Raised and sharpened questions that wait for a place on the agenda, sharpened ones first."""
    waiting = questions_visible_to(person, community).filter(state__in=[QuestionState.RAISED, QuestionState.SHARPENED])
    return waiting.order_by("-state", "id")


def questions_without_owner(person: Person | None, community: Community) -> QuerySet[LearningQuestion]:
    """Questions on the agenda for which nobody has to act (rule 3)."""
    return questions_visible_to(person, community).filter(
        state__in=ON_AGENDA_STATES - {QuestionState.ANSWERED}, owner__isnull=True, owner_unit__isnull=True
    )
