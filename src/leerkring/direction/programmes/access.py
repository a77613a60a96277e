from __future__ import annotations

from leerkring.community.memberships import access as memberships
from leerkring.community.memberships.models import Community
from leerkring.community.memberships.queries import standing_of
from leerkring.community.people.models import Person
from leerkring.direction.programmes.enums import EnrolmentState
from leerkring.direction.programmes.models import Call, Edition, Enrolment, Programme


def may_start_programme(person: Person | None) -> bool:
    """Whoever may open a community: platform and organisation admins, and the team of another programme."""
    return memberships.may_open_community(person)


def may_change_programme(person: Person | None, programme: Programme) -> bool:
    return standing_of(person).is_team(programme.community)


def may_open_editions(person: Person | None, community: Community) -> bool:
    return standing_of(person).is_team(community)


def may_see_enrolments(person: Person | None, edition: Edition) -> bool:
    """Persons in an edition are seen by the programme team; everybody sees their own (rule 7)."""
    return standing_of(person).is_team(edition.community)


def may_register(person: Person | None, edition: Edition, call: Call | None = None) -> bool:
    """Whoever holds a link of the edition; anybody, where it is open to all.

    Without a link: whoever belongs to the programme or to an organisation that takes part, and who was invited by name.
    """
    if edition.is_open_to_all or (call is not None and call.edition_id == edition.pk):
        return True
    if person is None:
        return False
    standing, community = standing_of(person), edition.community
    if standing.belongs_to(community) or community.pk in standing.open_to_organisations:
        return True
    return edition.enrolments.filter(person=person).exists()


def may_move_enrolment(person: Person | None, enrolment: Enrolment, state: EnrolmentState) -> bool:
    """The team; the person may accept an invitation and step out, without explaining."""
    if person is None:
        return False
    if standing_of(person).is_team(enrolment.edition.community):
        return True
    return enrolment.person_id == person.pk and state in (EnrolmentState.APPLIED, EnrolmentState.LEFT)
