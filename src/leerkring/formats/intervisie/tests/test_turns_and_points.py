"""Whose turn it is, without a day or a round; and what a case bringer releases and withdraws."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from leerkring.community.memberships import actions as memberships
from leerkring.community.memberships.enums import Label
from leerkring.community.people.models import Person
from leerkring.formats.intervisie import actions, queries
from leerkring.formats.intervisie.enums import BuiltIn
from leerkring.formats.intervisie.library import SHEETS
from leerkring.formats.intervisie.models import CaseBringer, LearningPoint, Round
from leerkring.formats.intervisie.tests.conftest import Sitting
from leerkring.platform import clock
from leerkring.platform.facts.models import FactRow
from leerkring.platform.rules import Refused

Browser = Callable[[Person | None], Client]


def line(sitting: Sitting) -> list[tuple[str, int, bool]]:
    return [(each.person.given_name, each.turns, each.brought_last) for each in queries.companions_of(sitting.group)]


def another_round(sitting: Sitting) -> Round:
    made = actions.plan_round_on(
        group=sitting.group, starts_at=clock.now() + timedelta(days=50), sheet=SHEETS[BuiltIn.GOSSIP], by=sitting.lead
    )
    return actions.begin_round(round=made, by=sitting.chair)


def test_the_least_recent_is_next(sitting: Sitting) -> None:
    round_ = sitting.begin()
    actions.note_turn(round=round_, person=sitting.members[1], by=sitting.chair)
    actions.note_turn(round=round_, person=sitting.members[1], by=sitting.chair)
    assert line(sitting)[-1] == ("Bram", 1, True)
    assert line(sitting)[0] == ("Anna", 0, False)
    actions.end_round(round=round_, by=sitting.chair)
    later = another_round(sitting)
    actions.note_turn(round=later, person=sitting.members[0], by=sitting.chair)
    assert line(sitting)[-2:] == [("Bram", 1, False), ("Anna", 1, True)]
    actions.take_turn_back(round=later, person=sitting.members[0], by=sitting.chair)
    assert line(sitting)[-1] == ("Bram", 1, True)
    with pytest.raises(Refused):
        actions.take_turn_back(round=later, person=sitting.members[1], by=sitting.chair)


def test_no_row_and_no_fact_ties_a_person_to_a_round(sitting: Sitting) -> None:
    round_ = sitting.begin()
    bringer = sitting.members[2]
    actions.note_turn(round=round_, person=bringer, by=sitting.chair)
    fact = FactRow.objects.get(name="TurnNoted")
    assert fact.ids == {"intervisie_group_id": sitting.group.pk, "intervisie_round_id": round_.pk}
    assert fact.by_id == sitting.chair.pk
    columns = {field.name for field in CaseBringer._meta.concrete_fields}
    assert columns == {"id", "group", "person", "turns_count", "place"}
    people = {field.related_model for field in Round._meta.concrete_fields if field.is_relation}
    assert Person not in people


def test_only_members_have_a_turn_and_only_while_it_runs(sitting: Sitting) -> None:
    with pytest.raises(Refused):
        actions.note_turn(round=sitting.round, person=sitting.chair, by=sitting.chair)
    sitting.begin()
    with pytest.raises(Refused):
        actions.note_turn(round=sitting.round, person=sitting.cast.own.member, by=sitting.chair)
    assert not CaseBringer.objects.exists()


def brought(sitting: Sitting, person: Person) -> None:
    sitting.begin()
    actions.note_turn(round=sitting.round, person=person, by=sitting.chair)


def test_only_who_brought_a_case_releases_and_only_afterwards(sitting: Sitting) -> None:
    bringer = sitting.members[2]
    brought(sitting, bringer)
    words = {"group": sitting.group, "sentence": "Vraag het eerder.", "label": Label.GROUP}
    with pytest.raises(Refused, match="daarna"):
        actions.release_point(**words, by=bringer)  # type: ignore[arg-type]
    actions.end_round(round=sitting.round, by=sitting.chair)
    with pytest.raises(Refused, match="Alleen"):
        actions.release_point(**words, by=sitting.chair)  # type: ignore[arg-type]
    with pytest.raises(PermissionDenied):
        actions.release_point(**words, by=sitting.lead)  # type: ignore[arg-type]
    point = actions.release_point(**words, by=bringer)  # type: ignore[arg-type]
    assert (point.person, point.group, point.community) == (bringer, sitting.group, sitting.group.circle)
    for other in (sitting.chair, sitting.lead):
        with pytest.raises(PermissionDenied):
            actions.withdraw_point(point=point, by=other)


def test_who_left_the_group_still_finds_and_withdraws_it(sitting: Sitting, client_of: Browser) -> None:
    bringer = sitting.members[2]
    brought(sitting, bringer)
    actions.end_round(round=sitting.round, by=sitting.chair)
    point = actions.release_point(group=sitting.group, sentence="Vraag het eerder.", label=Label.GROUP, by=bringer)
    membership = queries.membership_in(sitting.group, bringer.pk)
    assert membership
    memberships.leave_community(membership=membership, by=bringer)
    browser, home = client_of(bringer), f"/{sitting.slug}/intervisie/points/"
    assert f"{home}{point.pk}/withdraw/" in browser.get(home).content.decode()
    assert browser.get(sitting.group_url()).status_code == 404
    browser.post(f"{home}{point.pk}/withdraw/")
    assert not LearningPoint.objects.exists()


@pytest.mark.parametrize(
    ("label", "readers"),
    [
        (Label.GROUP, {"Anna", "Carla", "Lead"}),
        (Label.PROGRAMME, {"Anna", "Carla", "Lead", "Member", "Follower", "Facilitator"}),
        (Label.ORGANISATIONS, {"Anna", "Carla", "Lead", "Member", "Follower", "Facilitator", "Colleague"}),
        (Label.PUBLIC, {"Anna", "Carla", "Lead", "Member", "Follower", "Facilitator", "Colleague", "Buiten", "nobody"}),
    ],
)
def test_who_sees_it_is_who_was_named(sitting: Sitting, client_of: Browser, label: Label, readers: set[str]) -> None:
    own, bringer = sitting.cast.own, sitting.members[2]
    brought(sitting, bringer)
    actions.end_round(round=sitting.round, by=sitting.chair)
    actions.release_point(group=sitting.group, sentence="Vraag het eerder.", label=label, by=bringer)
    everybody = [
        sitting.chair, bringer, own.lead, own.member, own.follower, own.facilitator, own.colleague,
        sitting.cast.outsider, None,
    ]  # fmt: skip
    found = set()
    for person in everybody:
        page = client_of(person).get(f"/{sitting.slug}/intervisie/points/")
        if page.status_code == 200 and "Vraag het eerder." in page.content.decode():
            found.add(person.given_name if person else "nobody")
            assert "Carla" not in page.content.decode() or person == bringer
    assert found == readers


def test_the_page_names_who_will_see_it(sitting: Sitting, client_of: Browser) -> None:
    bringer = sitting.members[2]
    brought(sitting, bringer)
    actions.end_round(round=sitting.round, by=sitting.chair)
    page = client_of(bringer).get(sitting.group_url("points/release/")).content.decode()
    assert all(name in page for name in ("Anna", "Bram", "Daan", "Emma", "Lead"))
    assert "Facilitator" not in page, "who guides groups does not read what bears the label group"
    assert client_of(bringer).post(sitting.group_url("points/release/"), {"label": "group"}).status_code == 422
    assert client_of(sitting.chair).get(sitting.group_url("points/release/")).status_code == 403


def test_withdrawn_is_gone(sitting: Sitting, client_of: Browser) -> None:
    bringer = sitting.members[2]
    brought(sitting, bringer)
    actions.end_round(round=sitting.round, by=sitting.chair)
    point = actions.release_point(group=sitting.group, sentence="Vraag het eerder.", label=Label.PUBLIC, by=bringer)
    url = f"/{sitting.slug}/intervisie/points/{point.pk}/withdraw/"
    assert client_of(sitting.chair).post(url).status_code == 404
    assert client_of(bringer).post(url).status_code == 302
    assert not LearningPoint.objects.exists()
    fact = FactRow.objects.get(name="LearningPointWithdrawn")
    assert fact.ids == {"intervisie_group_id": sitting.group.pk, "point_id": point.pk}
    assert client_of(bringer).post(url).status_code == 404
