from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from leerkring.community.memberships.enums import Label
from leerkring.community.people.models import Person
from leerkring.cycle.groups import access, queries
from leerkring.cycle.groups.facts import (
    CaseChanged,
    CaseClosed,
    CasePut,
    CaseReopened,
    TransitionRoleLaidDown,
    TransitionRoleTaken,
)
from leerkring.cycle.groups.models import Case, LearningGroup, RoleTaken, TransitionRole
from leerkring.platform import clock, facts
from leerkring.platform.rules import Refused, check_fields


def put_case(
    *, group: LearningGroup, title: str, by: Person, description: str = "", label: Label = Label.PROGRAMME
) -> Case:
    """Put a case before the group. The same title twice is one case. Raises PermissionDenied."""
    if not access.may_put_case(by, group):
        raise PermissionDenied
    with transaction.atomic():
        group.lock()
        case = Case.objects.filter(group=group, title=title, closed_on__isnull=True).first()
        if case is not None:
            return case
        case = Case(
            community=group.circle, group=group, title=title, description=description, label=label,
            changed_at=clock.now(), changed_by=by,
        )  # fmt: skip
        check_fields(case)
        case.save()
        facts.record(CasePut(community_id=group.community_id, by_id=by.pk, group_id=group.pk, case_id=case.pk))
    return case


def change_case(
    *,
    case: Case,
    title: str,
    description: str,
    by: Person,
    label: Label | None = None,
    revision: int | None = None,
) -> Case:
    """Describe the case anew. Raises PermissionDenied, and EditedMeanwhile when somebody else did since `revision`."""
    if not access.may_change_case(by, case):
        raise PermissionDenied
    with transaction.atomic():
        case.lock()
        case.check_revision(revision, title=title, description=description)
        case.title = title
        case.description = description
        case.label = label or case.label
        case.changed(by=by, at=clock.now())
        check_fields(case)
        case.save()
        facts.record(
            CaseChanged(
                community_id=case.group.community_id,
                by_id=by.pk,
                group_id=case.group_id,
                case_id=case.pk,
                revision=case.revision,
            )
        )
    return case


def close_case(*, case: Case, by: Person) -> None:
    """Close a case; the roles taken up in it end. Closing twice is closing once. Raises PermissionDenied."""
    if not access.may_change_case(by, case):
        raise PermissionDenied
    with transaction.atomic():
        case.lock()
        if case.closed_on is not None:
            return
        case.closed_on = clock.today()
        case.save(update_fields=["closed_on"])
        queries.roles_taken_now(case).update(until_on=clock.today())
        facts.record(
            CaseClosed(community_id=case.group.community_id, by_id=by.pk, group_id=case.group_id, case_id=case.pk)
        )


def reopen_case(*, case: Case, by: Person) -> None:
    """Work on a closed case again. Raises PermissionDenied."""
    if not access.may_change_case(by, case):
        raise PermissionDenied
    with transaction.atomic():
        case.lock()
        if case.closed_on is None:
            return
        case.closed_on = None
        case.save(update_fields=["closed_on"])
        facts.record(
            CaseReopened(community_id=case.group.community_id, by_id=by.pk, group_id=case.group_id, case_id=case.pk)
        )


def take_role(*, case: Case, role: TransitionRole, by: Person, person: Person | None = None) -> RoleTaken:
    """Take up a transition role in a case, for a while. Twice is once.

    Raises PermissionDenied; Refused for a closed case, a retired or foreign role, or somebody outside the group.
    """
    taker = person or by
    if not access.may_take_role(by, case, taker):
        raise PermissionDenied
    with transaction.atomic():
        case.lock()
        if case.closed_on is not None:
            raise Refused(_("This case is closed. Reopen it first."))
        if not queries.roles_in_use(case.group.community).filter(pk=role.pk).exists():
            raise Refused(_("This role is not in use here. Choose another one."))
        if taker.pk != case.group.guide_id and not queries.people_of(case.group).filter(pk=taker.pk).exists():
            raise Refused(_("Only somebody in the group can take up a role in its case. Let them join first."))
        taken = queries.roles_taken_now(case).filter(role=role, person=taker).first()
        if taken is not None:
            return taken
        taken = RoleTaken.objects.create(case=case, role=role, person=taker, since_on=clock.today())
        facts.record(
            TransitionRoleTaken(
                community_id=case.group.community_id,
                by_id=by.pk,
                group_id=case.group_id,
                case_id=case.pk,
                role_id=role.pk,
                person_id=taker.pk,
            )
        )
    return taken


def lay_down_role(*, taken: RoleTaken, by: Person) -> None:
    """Lay a transition role down. Twice is once. Raises PermissionDenied."""
    if not access.may_lay_down_role(by, taken):
        raise PermissionDenied
    with transaction.atomic():
        taken.refresh_from_db(from_queryset=RoleTaken.objects.select_for_update())
        if taken.until_on is not None:
            return
        taken.until_on = clock.today()
        taken.save(update_fields=["until_on"])
        facts.record(
            TransitionRoleLaidDown(
                community_id=taken.case.group.community_id,
                by_id=by.pk,
                group_id=taken.case.group_id,
                case_id=taken.case.pk,
                role_id=taken.role_id,
                person_id=taken.person_id,
            )
        )
