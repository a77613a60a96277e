"""Moves by hand, their effect told before, undo; and the groups that come of it."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from leerkring.community.meetings.models import Meeting
from leerkring.cycle.groups.enums import FormingState
from leerkring.cycle.groups.forming import actions, queries, words
from leerkring.cycle.groups.forming import own as own_reasons
from leerkring.cycle.groups.forming.looks import Look
from leerkring.cycle.groups.forming.models import Candidate, Forming, PossibleGroup
from leerkring.cycle.groups.forming.options import moves_of, swaps_of
from leerkring.cycle.groups.forming.tests.making import candidates, groups, make_forming, read, seat_by_hand
from leerkring.cycle.groups.models import LearningGroup
from leerkring.cycle.groups.queries import contact_of, people_of
from leerkring.cycle.groups.tests.making import facts_named, only_fact
from leerkring.formation.costs import cost_of
from leerkring.formation.outcome import PersonReason, Rule, RuleAt, Swap, Why
from leerkring.platform import clock
from leerkring.platform.rules import Refused
from tests.cast import Cast, ProgrammeCast

pytestmark = pytest.mark.django_db


@pytest.fixture
def own(cast: Cast) -> ProgrammeCast:
    return cast.own


@pytest.fixture
def seated(own: ProgrammeCast) -> Forming:
    """Nine people in turns over three groups of two to five."""
    return seat_by_hand(make_forming(own))


def place(forming: Forming, candidate: Candidate) -> int | None:
    return read(forming).place_of(candidate.pk)


def test_move_and_take_back(own: ProgrammeCast, seated: Forming) -> None:
    one, to = candidates(seated)[0], groups(seated)[1]
    before = place(seated, one)
    actions.move_candidate(candidate=one, to=to, by=own.facilitator)
    actions.move_candidate(candidate=one, to=to, by=own.facilitator)
    assert place(seated, one) == to.pk
    assert only_fact("FormingRearranged").ids == {"forming_id": seated.pk, "moved_count": 1}
    actions.take_back_move(forming=read(seated), by=own.keeper)
    actions.take_back_move(forming=read(seated), by=own.keeper)
    assert place(seated, one) == before
    assert len(facts_named("FormingRearranged")) == 2


def test_swap(own: ProgrammeCast, seated: Forming) -> None:
    one, other = candidates(seated)[:2]
    before = place(seated, one), place(seated, other)
    actions.swap_candidates(one=one, other=other, by=own.facilitator)
    assert (place(seated, one), place(seated, other)) == (before[1], before[0])
    actions.take_back_move(forming=read(seated), by=own.facilitator)
    assert (place(seated, one), place(seated, other)) == before


def test_who_is_pinned_stays(own: ProgrammeCast, seated: Forming) -> None:
    pinned, other = candidates(seated)[:2]
    Candidate.objects.filter(pk=pinned.pk).update(pin=place(seated, pinned))
    pinned, other = candidates(seated)[:2]
    with pytest.raises(Refused):
        actions.move_candidate(candidate=pinned, to=groups(seated)[1], by=own.facilitator)
    with pytest.raises(Refused):
        actions.swap_candidates(one=other, other=pinned, by=own.facilitator)
    assert read(seated).moves == []


def test_members_and_other_programmes_do_not_move(cast: Cast, seated: Forming) -> None:
    one, to = candidates(seated)[0], groups(seated)[1]
    for person in (cast.own.member, cast.other.lead):
        with pytest.raises(PermissionDenied):
            actions.move_candidate(candidate=one, to=to, by=person)
    foreign = groups(make_forming(cast.other, people=0, groups=1))[0]
    with pytest.raises(Refused):
        actions.move_candidate(candidate=one, to=foreign, by=cast.own.lead)


def test_the_effect_that_is_shown_is_the_effect_that_comes(own: ProgrammeCast, seated: Forming) -> None:
    look = Look(queries.ground_of(seated))
    one = candidates(seated)[0]
    before = cost_of(look.problem, look.places)
    option = moves_of(look, look.by_key[str(one.pk)])[0]
    assert option.group
    option.group.forming = seated
    actions.move_candidate(candidate=one, to=option.group, by=own.facilitator)
    after = Look(queries.ground_of(read(seated)))
    assert after.places[str(one.pk)] == str(option.group.pk)
    assert (
        option.kind
        == {1: "warn", 0: "", -1: "done"}[
            (cost_of(after.problem, after.places) > before) - (cost_of(after.problem, after.places) < before)
        ]
    )
    elsewhere = next(group for group in groups(seated) if group.pk != option.group.pk)
    there = list(after.places.values()).count(str(elsewhere.pk))
    assert len(swaps_of(after, after.by_key[str(one.pk)], elsewhere)) == there


def test_a_move_that_breaks_a_rule_says_so_before(own: ProgrammeCast, seated: Forming) -> None:
    PossibleGroup.objects.filter(forming=seated).update(min=3)
    look = Look(queries.ground_of(read(seated)))
    option = moves_of(look, look.by_key[str(candidates(seated)[0].pk)])[0]
    assert option.kind == "stuck"
    assert len(option.breaks) == 1
    assert look.broken == []


def test_who_came_late_or_stayed_away_is_told(own: ProgrammeCast, seated: Forming) -> None:
    gone = candidates(seated)[0]
    actions.set_absent(candidate=gone, is_absent=True, by=own.facilitator)
    late = Candidate.objects.create(forming=seated, person=own.member)
    look = Look(queries.ground_of(read(seated)))
    assert [each.pk for each in look.unplaced] == [late.pk]
    assert [each.pk for each in look.absent] == [gone.pk]
    assert (look.gone_count, look.needs_fitting) == (1, True)


def test_the_bound_is_told_only_of_the_division_that_was_formed(own: ProgrammeCast, seated: Forming) -> None:
    look = Look(queries.ground_of(seated))
    seated.result["cost"] = cost_of(look.problem, look.places)
    seated.save()
    assert "2" in Look(queries.ground_of(read(seated))).bound
    gone = candidates(seated)[0]
    actions.set_absent(candidate=gone, is_absent=True, by=own.facilitator)
    assert Look(queries.ground_of(read(seated))).bound == ""
    actions.set_absent(candidate=gone, is_absent=False, by=own.facilitator)
    actions.change_forming(forming=read(seated), by=own.facilitator, wishes=90, weights={})
    assert Look(queries.ground_of(read(seated))).bound == ""


def test_make_groups_with_people_contact_and_first_date(own: ProgrammeCast, seated: Forming) -> None:
    first, *others = groups(seated)
    starts_at = clock.now().replace(microsecond=0)
    PossibleGroup.objects.filter(pk=first.pk).update(first_at=starts_at)
    Forming.objects.filter(pk=seated.pk).update(meeting=own.meeting())
    forming = read(seated)
    people = [each.person for each in candidates(forming) if forming.place_of(each.pk) == first.pk]
    assert people[0]
    made = actions.make_groups(forming=forming, by=own.facilitator, contacts={first.pk: people[0]})
    assert [group.name for group in made] == [first.name, *(other.name for other in others)]
    assert set(people_of(made[0])) == set(people)
    assert contact_of(made[0]) == people[0]
    assert made[0].formed_in == forming.meeting
    assert Meeting.objects.get(community=made[0].circle).starts_at == starts_at
    assert read(seated).state == FormingState.USED
    assert only_fact("FormingUsed").ids == {"forming_id": seated.pk, "group_ids": [group.pk for group in made]}

    assert actions.make_groups(forming=read(seated), by=own.facilitator) == made
    assert LearningGroup.objects.count() == 3
    with pytest.raises(Refused):
        actions.move_candidate(candidate=candidates(seated)[0], to=groups(seated)[1], by=own.facilitator)


def test_make_groups_refuses_without_division_and_a_contact_from_outside(own: ProgrammeCast, seated: Forming) -> None:
    with pytest.raises(Refused):
        actions.make_groups(forming=make_forming(own, people=2), by=own.facilitator)
    with pytest.raises(Refused):
        actions.make_groups(forming=seated, by=own.facilitator, contacts={groups(seated)[0].pk: own.member})
    with pytest.raises(PermissionDenied):
        actions.make_groups(forming=seated, by=own.member)
    assert not LearningGroup.objects.exists()


def test_each_sees_the_own_reason_and_nobody_elses(own: ProgrammeCast, seated: Forming) -> None:
    made = actions.make_groups(forming=seated, by=own.facilitator)
    mine = next(each for each in candidates(seated) if read(seated).place_of(each.pk) == groups(seated)[0].pk)
    assert mine.person
    reason = own_reasons.reason_of(mine.person, made[0])
    assert reason
    assert reason.wish
    assert "Deelnemer" not in reason.wish + reason.why
    assert own_reasons.reason_of(own.facilitator, made[0]) is None
    assert own_reasons.reason_of(mine.person, made[1]) is None


def test_people_and_groups_with_the_same_number_keep_their_own_names(own: ProgrammeCast, seated: Forming) -> None:
    """The former knows both by their ids, which may be equal."""
    ground = queries.ground_of(seated)
    person, group = ground.candidates[0], ground.possible[1]
    reason = PersonReason(2, Why.COSTS_MORE, Swap(str(person.pk), str(group.pk), str(ground.candidates[1].pk), 1, {}))
    told = words.why(reason, "", lambda key: f"person {key}", lambda key: f"group {key}")
    assert f"group {group.pk}" in told
    assert f"person {ground.candidates[1].pk}" in told
    rule = words.rule(RuleAt(Rule.PIN, ("5",), ("5",)), lambda key: f"person {key}", lambda key: f"group {key}")
    assert "person 5" in rule
    assert "group 5" in rule


def test_a_division_is_thrown_away_and_comes_back(own: ProgrammeCast, seated: Forming) -> None:
    before = (seated.places, seated.result)
    with pytest.raises(PermissionDenied):
        actions.throw_away(forming=seated, by=own.member)
    for _twice in range(2):
        actions.throw_away(forming=seated, by=own.facilitator)
    thrown = read(seated)
    assert (thrown.state, thrown.places, thrown.has_division) == (FormingState.PREPARED, {}, False)
    assert only_fact("FormingThrownAway").ids == {"forming_id": seated.pk}
    gone = candidates(seated)[0]
    Candidate.objects.filter(pk=gone.pk).delete()
    for _twice in range(2):
        actions.bring_back(forming=thrown, by=own.facilitator)
    back = read(seated)
    assert (back.state, back.result) == (FormingState.FORMED, before[1])
    assert back.places == {key: place for key, place in before[0].items() if key != str(gone.pk)}
    assert only_fact("FormingBroughtBack").ids == {"forming_id": seated.pk}


def test_what_a_swap_costs_is_told_without_who(own: ProgrammeCast) -> None:
    toll: dict[str, Any] = {"with_other": True, "loses": True, "pairs": {"unit": 1}}
    why: dict[str, Any] = {"choice": 2, "why": "costs_more", "toll": toll}
    assert own_reasons.why_words(why, "Inkoop") == (
        "Een ruil naar Inkoop kost iemand anders een wens. Ook geeft dat 1 tweetal van één onderdeel meer."
    )
    free = why | {"toll": toll | {"loses": False}}
    assert own_reasons.why_words(free, "Inkoop").startswith("Een ruil naar Inkoop kost niemand anders een wens. Maar")
    alone = why | {"toll": toll | {"loses": False, "with_other": False}}
    assert own_reasons.why_words(alone, "Inkoop").startswith("Bij Inkoop was nog plek. Maar")
    general = own_reasons.why_words({"choice": 2, "why": "costs_more"}, "Inkoop")
    assert own_reasons.why_words(free | {"toll": free["toll"] | {"pairs": {}}}, "Inkoop") == general
    assert own_reasons.why_words({}, "Inkoop") == ""
