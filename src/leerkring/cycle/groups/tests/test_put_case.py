import pytest
from django.core.exceptions import PermissionDenied

from leerkring.community.memberships.enums import Label
from leerkring.cycle.groups import actions, queries
from leerkring.cycle.groups.models import Case, TransitionRole
from leerkring.cycle.groups.tests.making import facts_named, make_group, make_member, only_fact
from leerkring.platform import clock
from leerkring.platform.rules import EditedMeanwhile, Refused
from tests.cast import Cast


@pytest.fixture
def roles(cast: Cast) -> list[TransitionRole]:
    return actions.start_transition_roles(community=cast.own.community, by=cast.own.lead)


def test_a_case_belongs_to_the_circle(cast: Cast) -> None:
    group = make_group(cast.own)
    case = actions.put_case(group=group, title="Sloop Kade", description="Hout", by=cast.own.member, label=Label.GROUP)
    assert (case.community, case.label) == (group.circle, Label.GROUP)
    assert only_fact("CasePut").ids == {"group_id": group.pk, "case_id": case.pk}
    assert list(queries.cases_visible_to(cast.own.member, group)) == [case]
    assert list(queries.cases_visible_to(cast.own.lead, group)) == [case]
    assert list(queries.cases_visible_to(cast.own.keeper, group)) == []
    assert list(queries.cases_visible_to(None, group)) == []


def test_the_same_title_twice_is_one_case(cast: Cast) -> None:
    group = make_group(cast.own)
    for _ in range(2):
        actions.put_case(group=group, title="Sloop", by=cast.own.member)
    assert Case.objects.count() == 1


@pytest.mark.parametrize("who", ["follower", "colleague"])
def test_others_put_no_case(cast: Cast, who: str) -> None:
    with pytest.raises(PermissionDenied):
        actions.put_case(group=make_group(cast.own), title="Sloop", by=getattr(cast.own, who))


def test_two_people_change_a_case(cast: Cast) -> None:
    case = actions.put_case(group=make_group(cast.own), title="Sloop", by=cast.own.member)
    actions.change_case(case=case, title="Sloop 1", description="", by=cast.own.lead, revision=1)
    with pytest.raises(EditedMeanwhile):
        actions.change_case(case=case, title="Sloop 2", description="", by=cast.own.member, revision=1)
    assert only_fact("CaseChanged").ids["revision"] == 2


def test_a_role_is_taken_up_for_a_while(cast: Cast, roles: list[TransitionRole]) -> None:
    case = actions.put_case(group=make_group(cast.own), title="Sloop", by=cast.own.member)
    taken = actions.take_role(case=case, role=roles[0], by=cast.own.member)
    assert actions.take_role(case=case, role=roles[0], by=cast.own.member) == taken
    assert only_fact("TransitionRoleTaken").ids == {
        "group_id": case.group_id,
        "case_id": case.pk,
        "role_id": roles[0].pk,
        "person_id": cast.own.member.pk,
    }
    actions.lay_down_role(taken=taken, by=cast.own.member)
    actions.lay_down_role(taken=taken, by=cast.own.member)
    assert taken.until_on == clock.today()
    assert len(facts_named("TransitionRoleLaidDown")) == 1
    assert actions.take_role(case=case, role=roles[0], by=cast.own.member) != taken


def test_only_the_contact_notes_a_role_for_others(cast: Cast, roles: list[TransitionRole]) -> None:
    anna = make_member(cast.own, "Anna")
    case = actions.put_case(group=make_group(cast.own, people=[anna]), title="Sloop", by=cast.own.member)
    taken = actions.take_role(case=case, role=roles[1], person=anna, by=cast.own.member)
    with pytest.raises(PermissionDenied):
        actions.take_role(case=case, role=roles[1], person=cast.own.member, by=anna)
    with pytest.raises(PermissionDenied):
        actions.lay_down_role(taken=taken, by=cast.own.follower)
    with pytest.raises(Refused):
        actions.take_role(case=case, role=roles[1], person=cast.own.keeper, by=cast.own.member)


def test_closing_ends_the_roles_in_it(cast: Cast, roles: list[TransitionRole]) -> None:
    case = actions.put_case(group=make_group(cast.own), title="Sloop", by=cast.own.member)
    actions.take_role(case=case, role=roles[0], by=cast.own.member)
    for _ in range(2):
        actions.close_case(case=case, by=cast.own.member)
    assert case.closed_on == clock.today()
    assert list(queries.roles_taken_now(case)) == []
    assert len(facts_named("CaseClosed")) == 1
    with pytest.raises(Refused):
        actions.take_role(case=case, role=roles[0], by=cast.own.member)
    actions.reopen_case(case=case, by=cast.own.member)
    assert case.closed_on is None


def test_foreign_and_retired_roles_are_refused(cast: Cast, roles: list[TransitionRole]) -> None:
    case = actions.put_case(group=make_group(cast.own), title="Sloop", by=cast.own.member)
    foreign = actions.start_transition_roles(community=cast.other.community, by=cast.other.lead)[0]
    actions.retire_transition_role(role=roles[2], by=cast.own.lead)
    for role in (foreign, roles[2]):
        with pytest.raises(Refused):
            actions.take_role(case=case, role=role, by=cast.own.member)
