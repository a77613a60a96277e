from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from leerkring.community.memberships import actions as memberships
from leerkring.community.memberships.enums import Level, Role
from leerkring.community.memberships.queries import membership_of
from leerkring.community.people.models import Person
from leerkring.cycle.groups import access, queries
from leerkring.cycle.groups.facts import (
    ContactMade,
    GroupJoined,
    GroupLeft,
    GroupQuestionAdded,
    GroupQuestionRemoved,
    LeavingUndone,
)
from leerkring.cycle.groups.models import LearningGroup, Leaving, RoleTaken
from leerkring.cycle.questions.models import LearningQuestion
from leerkring.platform import clock, facts
from leerkring.platform.rules import Refused


def join_group(*, group: LearningGroup, by: Person, person: Person | None = None) -> None:
    """Take part in a group, or let somebody of the programme take part. Joining twice is joining once.

    Raises PermissionDenied; Refused when the group no longer lives, or the person is not of the programme.
    """
    joiner = person or by
    allowed = access.may_join_group(by, group) if joiner == by else access.is_contact_or_facilitator(by, group)
    if not allowed:
        raise PermissionDenied
    with transaction.atomic():
        group.lock()
        if not group.is_living:
            raise Refused(_("This group has ended. Look for a group that still works on it."))
        if not queries.people_to_form_with(group.community).filter(pk=joiner.pk).exists():
            raise Refused(_("Not in this programme yet: %(names)s. Invite them first.") % {"names": joiner.name})
        if queries.people_of(group).filter(pk=joiner.pk).exists():
            return
        memberships.join(community=group.circle, person=joiner, level=Level.ACTIVE, by=by)
        facts.record(GroupJoined(community_id=group.community_id, by_id=by.pk, group_id=group.pk, person_id=joiner.pk))


def leave_group(*, group: LearningGroup, by: Person) -> Leaving | None:
    """Leave a group, without explaining. Roles taken up in its cases end; `undo_leaving` puts all of it back.

    Leaving twice is leaving once.
    """
    membership = membership_of(by, group.circle)
    if membership is None:
        return None
    with transaction.atomic():
        leaving = Leaving.objects.create(
            group=group,
            person=by,
            membership=membership,
            at=clock.now(),
            was_contact=queries.contact_of(group) == by,
        )
        RoleTaken.objects.filter(case__group=group, person=by, until_on__isnull=True).update(
            until_on=clock.today(), ended_by=leaving
        )
        memberships.leave_community(membership=membership, by=by)
        facts.record(GroupLeft(community_id=group.community_id, by_id=by.pk, group_id=group.pk, person_id=by.pk))
    return leaving


def undo_leaving(*, group: LearningGroup, by: Person) -> None:
    """Take part again as before: with the roles taken up, and as contact unless the group has another one now.

    Raises Refused when there is nothing to undo.
    """
    with transaction.atomic():
        leaving = queries.leaving_to_undo(group, by)
        if leaving is None:
            if queries.people_of(group).filter(pk=by.pk).exists():
                return
            raise Refused(_("There is nothing to undo any more. You can join the group again."))
        memberships.come_back(membership=leaving.membership, by=by)
        if leaving.was_contact and queries.contact_of(group) is None:
            memberships.grant_role(community=group.circle, person=by, role=Role.CONTACT, by=by)
        RoleTaken.objects.filter(ended_by=leaving).update(until_on=None, ended_by=None)
        leaving.undone_at = clock.now()
        leaving.save(update_fields=["undone_at"])
        facts.record(LeavingUndone(community_id=group.community_id, by_id=by.pk, group_id=group.pk, person_id=by.pk))


def make_contact(*, group: LearningGroup, person: Person, by: Person) -> None:
    """Let one member be the contact of the group, in place of who was.

    Raises PermissionDenied; Refused when the person is not in the group.
    """
    if not access.may_make_contact(by, group):
        raise PermissionDenied
    with transaction.atomic():
        group.lock()
        if not queries.people_of(group).filter(pk=person.pk).exists():
            raise Refused(_("Only somebody in the group can be its contact. Let them join first."))
        now = list(queries.contacts().filter(community=group.circle))
        if [grant.person for grant in now] == [person]:
            return
        memberships.grant_role(community=group.circle, person=person, role=Role.CONTACT, by=by)
        for grant in now:
            if grant.person != person:
                memberships.end_role(grant=grant, by=by)
        facts.record(ContactMade(community_id=group.community_id, by_id=by.pk, group_id=group.pk, person_id=person.pk))


def add_question(*, group: LearningGroup, question: LearningQuestion, by: Person) -> None:
    """Let the group work on a question. Raises PermissionDenied; Refused for a question of another programme."""
    if not access.may_add_question(by, group):
        raise PermissionDenied
    if question.community.root_pk != group.community_id:
        raise Refused(_("This question belongs to another programme. Choose one of this programme."))
    with transaction.atomic():
        group.lock()
        if group.questions.filter(pk=question.pk).exists():
            return
        group.questions.add(question)
        facts.record(
            GroupQuestionAdded(community_id=group.community_id, by_id=by.pk, group_id=group.pk, question_id=question.pk)
        )


def remove_question(*, group: LearningGroup, question: LearningQuestion, by: Person) -> None:
    """Let the group no longer work on a question. Raises PermissionDenied."""
    if not access.may_add_question(by, group):
        raise PermissionDenied
    with transaction.atomic():
        if not group.questions.filter(pk=question.pk).exists():
            return
        group.questions.remove(question)
        facts.record(
            GroupQuestionRemoved(
                community_id=group.community_id, by_id=by.pk, group_id=group.pk, question_id=question.pk
            )
        )
