from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from leerkring.community.memberships.enums import Label
from leerkring.community.memberships.queries import labelled_visible_to
from leerkring.cycle.groups import actions, queries
from leerkring.cycle.groups.enums import GroupState, Guidance
from leerkring.cycle.groups.models import LearningGroup
from leerkring.cycle.groups.tests.making import make_group, make_member, only_fact
from leerkring.platform import clock
from leerkring.platform.rules import Refused
from tests.cast import Cast, make_organisation


def form(cast: Cast, name: str = "Bouw mee", **values: Any) -> LearningGroup:
    values.setdefault("by", cast.own.facilitator)
    return actions.form_group(community=cast.own.community, name=name, **values)


def test_people_contact_and_meeting_are_kept(cast: Cast) -> None:
    anna, meeting = make_member(cast.own, "Anna"), cast.own.meeting()
    group = form(cast, people=[anna, cast.own.follower], contact=cast.own.member, meeting=meeting)

    assert group.state == GroupState.FORMED
    assert group.formed_on == clock.today()
    assert group.formed_in == meeting
    assert set(queries.people_of(group)) == {anna, cast.own.follower, cast.own.member}
    assert queries.contact_of(group) == cast.own.member


def test_forming_is_one_fact_with_the_number_of_people(cast: Cast) -> None:
    group = form(cast, people=[cast.own.member])
    assert only_fact("GroupFormed").ids == {"group_id": group.pk, "people_count": 1}


def test_forming_twice_is_one_group(cast: Cast) -> None:
    assert form(cast) == form(cast)


@pytest.mark.parametrize("who", ["member", "follower", "colleague"])
def test_below_facilitator_nobody_forms_groups(cast: Cast, who: str) -> None:
    with pytest.raises(PermissionDenied):
        form(cast, by=getattr(cast.own, who))
    assert LearningGroup.objects.count() == 0


def test_strangers_are_refused_by_name(cast: Cast) -> None:
    with pytest.raises(Refused, match=cast.outsider.name):
        form(cast, people=[cast.outsider])
    assert LearningGroup.objects.count() == 0


def test_guided_by_nobody_is_refused(cast: Cast) -> None:
    with pytest.raises(Refused):
        form(cast, guidance=Guidance.GUIDED)
    group = form(cast, guidance=Guidance.GUIDED, guide_organisation=make_organisation("DRIFT"))
    assert group.guide_organisation is not None


def test_a_guide_reads_along_without_counting_as_a_member(cast: Cast) -> None:
    group = form(cast, people=[cast.own.member], guidance=Guidance.GUIDED, guide=cast.own.facilitator)
    case = actions.put_case(group=group, title="Sloop", by=cast.own.lead, label=Label.GROUP)

    assert list(queries.people_of(group)) == [cast.own.member]
    assert list(labelled_visible_to(cast.own.facilitator, type(case).objects.all())) == [case]
    assert list(labelled_visible_to(cast.own.keeper, type(case).objects.all())) == []


def test_another_guide_takes_the_place_of_the_first(cast: Cast) -> None:
    group = form(cast, guidance=Guidance.GUIDED, guide=cast.own.facilitator)
    case = actions.put_case(group=group, title="Sloop", by=cast.own.lead, label=Label.GROUP)
    actions.change_group(
        group=group, name=group.name, purpose="", theme=None, guidance=Guidance.GUIDED, guide=cast.own.keeper,
        by=cast.own.lead,
    )  # fmt: skip
    assert list(labelled_visible_to(cast.own.facilitator, type(case).objects.all())) == []
    assert list(labelled_visible_to(cast.own.keeper, type(case).objects.all())) == [case]


def test_a_meeting_of_another_programme_is_refused(cast: Cast) -> None:
    with pytest.raises(Refused):
        form(cast, meeting=cast.other.meeting())


def test_groups_of_the_other_programme_do_not_mix(cast: Cast) -> None:
    own, other = make_group(cast.own, "Zelfde naam"), make_group(cast.other, "Zelfde naam")
    assert list(queries.groups_visible_to(cast.own.member, cast.own.community)) == [own]
    assert list(queries.groups_visible_to(cast.other.lead, cast.other.community)) == [other]
