"""Who may do what with changes, uptakes, commitments and initiatives."""

from leerkring.community.meetings.access import facilitates
from leerkring.community.meetings.models import Meeting
from leerkring.community.memberships.models import Community
from leerkring.community.memberships.queries import standing_of
from leerkring.community.people.models import Organisation, Person
from leerkring.cycle.questions.access import may_raise_question
from leerkring.cycle.uptake.models import Change, Commitment, Initiative, Uptake


def may_put_change(person: Person | None, community: Community) -> bool:
    """Whoever takes part may add a way of working that they carry themselves."""
    return standing_of(person).takes_part(community)


def may_name_carriers(person: Person | None, community: Community) -> bool:
    """Facilitators and above may add a change that another carries."""
    return standing_of(person).is_facilitator(community)


def may_carry(person: Person | None, change: Change) -> bool:
    """Change the change, start it in a unit, link what it rests on: its carrier, facilitators and above."""
    if person is None:
        return False
    standing = standing_of(person)
    return standing.is_facilitator(change.community) or (change.carrier_id == person.pk and standing.may_read(change))


def may_move(person: Person | None, uptake: Uptake) -> bool:
    """Step, block, give up: whoever carries the change or receives it in this unit, facilitators and above."""
    if person is None:
        return False
    if may_carry(person, uptake.change):
        return True
    return uptake.recipient_id == person.pk and standing_of(person).may_read(uptake.change)


def may_see_names(person: Person | None, community: Community) -> bool:
    """Names of carriers and recipients are for the people of the programme; public readers see units and roles."""
    standing = standing_of(person)
    return standing.belongs_to(community) or community.root_pk in standing.open_to_organisations


def may_make_commitment(person: Person | None, meeting: Meeting, whose: Person) -> bool:
    """People make their own; the facilitator and the team may type what somebody wrote on paper."""
    if person is None:
        return False
    standing = standing_of(person)
    if person.pk == whose.pk:
        return standing.may_read(meeting) and standing.belongs_to(meeting.community)
    return may_type_commitments(person, meeting)


def may_type_commitments(person: Person | None, meeting: Meeting) -> bool:
    """From paper, in the name of others: the facilitator of this very meeting, and the programme team."""
    return standing_of(person).is_team(meeting.community) or facilitates(person, meeting)


def may_harvest_commitment(person: Person | None, meeting: Meeting) -> bool:
    """Whoever writes the harvest may note whose commitment a line is."""
    return standing_of(person).is_facilitator(meeting.community)


def may_keep_commitment(person: Person | None, commitment: Commitment) -> bool:
    """Share, look back: only the person who made it."""
    return person is not None and commitment.person_id == person.pk


def may_remove_commitment(person: Person | None, commitment: Commitment) -> bool:
    """Its maker; and whoever typed it, as long as nobody looked back on it."""
    if may_keep_commitment(person, commitment):
        return True
    is_typist = person is not None and commitment.typed_by_id == person.pk
    return is_typist and not commitment.is_looked_back and may_type_commitments(person, commitment.meeting)


def may_promote_commitment(person: Person | None, commitment: Commitment) -> bool:
    """Its maker and the programme team; what they make of it they must be allowed to make besides."""
    return may_keep_commitment(person, commitment) or standing_of(person).is_team(commitment.meeting.community)


def may_see_all_commitments(person: Person | None, community: Community) -> bool:
    return standing_of(person).is_team(community)


def may_put_initiative(person: Person | None, community: Community) -> bool:
    return standing_of(person).takes_part(community)


def may_change_initiative(person: Person | None, initiative: Initiative) -> bool:
    if person is None:
        return False
    standing = standing_of(person)
    if standing.is_facilitator(initiative.community):
        return True
    return initiative.carrier_id == person.pk and standing.may_read(initiative)


def may_join_initiative(person: Person | None, initiative: Initiative, organisation: Organisation) -> bool:
    """People may say that their own organisation joins; carriers and facilitators may say it for any."""
    if person is None:
        return False
    standing = standing_of(person)
    if may_change_initiative(person, initiative):
        return True
    return standing.takes_part(initiative.community) and organisation.pk in standing.organisations


def may_judge_initiative(person: Person | None, initiative: Initiative) -> bool:
    """Whoever takes part and can read it, each for themselves."""
    standing = standing_of(person)
    return standing.may_read(initiative) and standing.takes_part(initiative.community)


def may_ask_from_block(person: Person | None, uptake: Uptake) -> bool:
    """Put what blocks it on the learning agenda: whoever moves it and takes part, so may raise a question."""
    return may_move(person, uptake) and may_raise_question(person, uptake.change.community)


def may_see_commitments(person: Person | None, community: Community) -> bool:
    return standing_of(person).belongs_to(community)
