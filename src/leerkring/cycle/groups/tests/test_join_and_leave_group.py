from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from leerkring.community.memberships.enums import Label
from leerkring.cycle.groups import actions, queries
from leerkring.cycle.groups.enums import GroupState
from leerkring.cycle.groups.tests.making import facts_named, make_group, make_member, only_fact
from leerkring.platform import clock
from leerkring.platform.rules import Refused
from tests.cast import Cast


def test_members_and_followers_join(cast: Cast) -> None:
    group, anna = make_group(cast.own), make_member(cast.own, "Anna")
    actions.join_group(group=group, by=anna)
    actions.join_group(group=group, by=cast.own.follower)
    assert set(queries.people_of(group)) == {cast.own.member, anna, cast.own.follower}
    assert facts_named("GroupJoined")[0].ids == {"group_id": group.pk, "person_id": anna.pk}


def test_joining_twice_is_joining_once(cast: Cast) -> None:
    group, anna = make_group(cast.own), make_member(cast.own, "Anna")
    actions.join_group(group=group, by=anna)
    actions.join_group(group=group, by=anna)
    assert len(facts_named("GroupJoined")) == 1


@pytest.mark.parametrize("who", ["colleague"])
def test_who_is_not_of_the_programme_does_not_join(cast: Cast, who: str) -> None:
    group = make_group(cast.own)
    for person in (getattr(cast.own, who), cast.outsider, cast.other.member):
        with pytest.raises(PermissionDenied):
            actions.join_group(group=group, by=person)


def test_nobody_joins_a_closed_circle_or_an_ended_group(cast: Cast) -> None:
    anna = make_member(cast.own, "Anna")
    with pytest.raises(PermissionDenied):
        actions.join_group(group=make_group(cast.own, label=Label.GROUP), by=anna)
    with pytest.raises(Refused):
        actions.join_group(group=make_group(cast.own, "Klaar", state=GroupState.FINISHED), by=anna)


def test_the_contact_lets_somebody_in(cast: Cast) -> None:
    group, anna = make_group(cast.own), make_member(cast.own, "Anna")
    actions.join_group(group=group, person=anna, by=cast.own.member)
    assert set(queries.people_of(group)) == {cast.own.member, anna}
    with pytest.raises(PermissionDenied):
        actions.join_group(group=group, person=cast.own.keeper, by=anna)
    with pytest.raises(Refused):
        actions.join_group(group=group, person=cast.outsider, by=cast.own.member)


def test_leaving_ends_roles_and_needs_no_reason(cast: Cast) -> None:
    group, anna = make_group(cast.own), make_member(cast.own, "Anna")
    actions.join_group(group=group, by=anna)
    roles = actions.start_transition_roles(community=cast.own.community, by=cast.own.lead)
    case = actions.put_case(group=group, title="Sloop", by=anna)
    actions.take_role(case=case, role=roles[0], by=anna)
    actions.leave_group(group=group, by=anna)
    actions.leave_group(group=group, by=anna)

    assert list(queries.people_of(group)) == [cast.own.member]
    assert list(queries.roles_taken_now(case)) == []
    assert only_fact("GroupLeft").ids == {"group_id": group.pk, "person_id": anna.pk}


def test_leaving_is_undone_as_a_whole(cast: Cast) -> None:
    group = make_group(cast.own)
    roles = actions.start_transition_roles(community=cast.own.community, by=cast.own.lead)
    case = actions.put_case(group=group, title="Sloop", by=cast.own.member)
    taken = actions.take_role(case=case, role=roles[0], by=cast.own.member)
    actions.leave_group(group=group, by=cast.own.member)
    assert queries.contact_of(group) is None
    actions.undo_leaving(group=group, by=cast.own.member)
    actions.undo_leaving(group=group, by=cast.own.member)

    assert list(queries.people_of(group)) == [cast.own.member]
    assert queries.contact_of(group) == cast.own.member
    assert list(queries.roles_taken_now(case)) == [taken]
    assert len(facts_named("LeavingUndone")) == 1


def test_who_became_contact_meanwhile_stays_contact(cast: Cast) -> None:
    anna = make_member(cast.own, "Anna")
    group = make_group(cast.own, people=[anna])
    actions.leave_group(group=group, by=cast.own.member)
    actions.make_contact(group=group, person=anna, by=cast.own.facilitator)
    actions.undo_leaving(group=group, by=cast.own.member)
    assert queries.contact_of(group) == anna


def test_after_a_day_one_joins_anew(cast: Cast) -> None:
    group, now = make_group(cast.own), clock.now()
    actions.leave_group(group=group, by=cast.own.member)
    with clock.at(now + timedelta(days=2)):
        with pytest.raises(Refused):
            actions.undo_leaving(group=group, by=cast.own.member)
        actions.join_group(group=group, by=cast.own.member)
    assert list(queries.people_of(group)) == [cast.own.member]


def test_one_member_is_the_contact(cast: Cast) -> None:
    anna = make_member(cast.own, "Anna")
    group = make_group(cast.own, people=[anna])
    actions.make_contact(group=group, person=anna, by=cast.own.member)
    assert [grant.person for grant in queries.contacts().filter(community=group.circle)] == [anna]
    assert only_fact("ContactMade").ids == {"group_id": group.pk, "person_id": anna.pk}
    with pytest.raises(PermissionDenied):
        actions.make_contact(group=group, person=cast.own.member, by=cast.own.member)
    with pytest.raises(Refused):
        actions.make_contact(group=group, person=cast.own.keeper, by=anna)
