import pytest
from django.core.exceptions import PermissionDenied
from django.utils import translation

from leerkring.cycle.groups import actions, queries
from leerkring.cycle.groups.tests.making import facts_named, only_fact
from leerkring.platform.rules import Refused
from tests.cast import Cast


def test_three_usual_roles_start_in_the_language_of_the_programme(cast: Cast) -> None:
    with translation.override("en"):
        started = actions.start_transition_roles(community=cast.own.community, by=cast.own.lead)
    assert [role.name for role in started] == ["connector", "coalition builder", "area broker"]
    assert all(role.meaning for role in started)
    assert actions.start_transition_roles(community=cast.own.community, by=cast.own.lead) == started
    assert only_fact("TransitionRolesStarted").ids == {"role_count": 3}


def test_the_team_edits_the_set(cast: Cast) -> None:
    role = actions.put_transition_role(community=cast.own.community, name="tolk", by=cast.own.lead)
    actions.change_transition_role(role=role, name="vertaler", meaning="Spreekt twee talen", by=cast.own.lead)
    assert [(r.name, r.meaning) for r in queries.roles_in_use(cast.own.community)] == [
        ("vertaler", "Spreekt twee talen")
    ]
    for _ in range(2):
        actions.retire_transition_role(role=role, by=cast.own.lead)
    assert list(queries.roles_in_use(cast.own.community)) == []
    assert len(facts_named("TransitionRoleRetired")) == 1
    actions.bring_back_transition_role(role=role, by=cast.own.lead)
    assert list(queries.roles_in_use(cast.own.community)) == [role]


def test_a_name_is_used_once(cast: Cast) -> None:
    actions.put_transition_role(community=cast.own.community, name="tolk", by=cast.own.lead)
    with pytest.raises(Refused):
        actions.put_transition_role(community=cast.own.community, name="Tolk", by=cast.own.lead)
    assert actions.put_transition_role(community=cast.other.community, name="tolk", by=cast.other.lead).position == 0


@pytest.mark.parametrize("who", ["keeper", "facilitator", "member"])
def test_only_the_team_edits_the_set(cast: Cast, who: str) -> None:
    by = getattr(cast.own, who)
    role = actions.put_transition_role(community=cast.own.community, name="tolk", by=cast.own.lead)
    with pytest.raises(PermissionDenied):
        actions.put_transition_role(community=cast.own.community, name="gids", by=by)
    with pytest.raises(PermissionDenied):
        actions.change_transition_role(role=role, name="gids", meaning="", by=by)
    with pytest.raises(PermissionDenied):
        actions.retire_transition_role(role=role, by=by)
    with pytest.raises(PermissionDenied):
        actions.start_transition_roles(community=cast.own.community, by=by)
