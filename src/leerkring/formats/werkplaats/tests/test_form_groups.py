from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from leerkring.community.meetings.models import Meeting
from leerkring.cycle.groups.models import LearningGroup
from leerkring.cycle.groups.queries import people_of
from leerkring.formats.werkplaats import actions
from leerkring.formats.werkplaats.actions import Place
from leerkring.formats.werkplaats.enums import RoundKind
from leerkring.formats.werkplaats.models import Placing, Table, Wish
from leerkring.formats.werkplaats.queries import last_step, mine, phone_view
from leerkring.formats.werkplaats.tests.conftest import Hall
from leerkring.platform.rules import Refused

Facts = Callable[[str], list[dict[str, object]]]


@pytest.fixture
def tables(hall: Hall) -> list[Table]:
    return [actions.put_table(room=hall.room, name=name, by=hall.lead, min=1, max=4) for name in ("Inkoop", "Sloop")]


def undo_last(hall: Hall) -> None:
    actions.undo(step=last_step(hall.room), by=hall.lead)  # type: ignore[arg-type]


def seated(hall: Hall) -> dict[int, int]:
    rows = Placing.objects.filter(room=hall.room).select_related("seat")
    return {row.person_id or row.seat.person_id or 0: row.table_id for row in rows}  # type: ignore[union-attr]


def test_wishes_are_replaced_as_a_whole(hall: Hall, tables: list[Table], facts_named: Facts) -> None:
    round_, seat = hall.round(RoundKind.WISH), hall.seat(hall.cast.own.member)
    for wanted in ([0, 1], [0, 1], [1, 0, 1]):
        actions.wish(round=round_, seat=seat, tables=[tables[index] for index in wanted])
    found = mine(seat)
    assert found is not None
    assert found.wishes == (tables[1].pk, tables[0].pk)
    assert [fact["wish_count"] for fact in facts_named("Wished")] == [2, 2]
    assert actions.wish(round=round_, seat=seat, tables=[]) == []
    actions.remove_table(table=tables[0], by=hall.lead)
    with pytest.raises(Refused):
        actions.wish(round=round_, seat=seat, tables=tables)
    actions.close_round(round=round_, by=hall.lead)
    with pytest.raises(Refused):
        actions.wish(round=round_, seat=seat, tables=tables[1:])
    assert not Wish.objects.exists()


def test_tables_are_put_changed_taken_away_and_put_back(hall: Hall, tables: list[Table], facts_named: Facts) -> None:
    actions.change_table(table=tables[0], by=hall.lead, name="Eerder inkopen", max=6)
    assert (tables[0].name, tables[0].max) == ("Eerder inkopen", 6)
    with pytest.raises(Refused):
        actions.change_table(table=tables[0], by=hall.lead, max=0)
    undo_last(hall)
    assert Table.objects.get(pk=tables[0].pk).name == "Inkoop"
    actions.place(room=hall.room, table=tables[0], person=hall.cast.own.member, by=hall.lead)
    actions.remove_table(table=tables[0], by=hall.lead)
    assert seated(hall) == {}
    undo_last(hall)
    assert seated(hall) == {hall.cast.own.member.pk: tables[0].pk}
    assert [len(facts_named(name)) for name in ("TablePut", "TableChanged", "TableRemoved")] == [2, 1, 1]


def test_somebody_is_placed_once_on_whatever_device(hall: Hall, tables: list[Table], facts_named: Facts) -> None:
    member = hall.cast.own.member
    phone = hall.seat(member)
    actions.place(room=hall.room, table=tables[0], seat=phone, by=hall.lead)
    actions.place(room=hall.room, table=tables[1], person=member, by=hall.lead)
    assert seated(hall) == {member.pk: tables[1].pk}
    undo_last(hall)
    assert seated(hall) == {member.pk: tables[0].pk}
    actions.place(room=hall.room, table=None, seat=phone, by=hall.lead)
    assert seated(hall) == {}
    undo_last(hall)
    assert seated(hall) == {member.pk: tables[0].pk}
    assert len(facts_named("Placed")) == 3


def test_a_division_leaves_those_who_are_pinned_and_is_undone_as_a_whole(
    hall: Hall, tables: list[Table], facts_named: Facts
) -> None:
    own = hall.cast.own
    guest = hall.seat()
    actions.place(room=hall.room, table=tables[0], person=own.member, by=hall.lead)
    actions.place(room=hall.room, table=tables[0], person=own.follower, by=hall.lead, is_pinned=False)
    places = [
        Place(tables[1], person=own.member),
        Place(tables[1], person=own.keeper, why={"rank": 2}),
        Place(tables[1], seat=guest),
    ]
    assert actions.apply_division(room=hall.room, places=places, by=hall.lead) == 3
    assert seated(hall) == {own.member.pk: tables[0].pk, own.keeper.pk: tables[1].pk, 0: tables[1].pk}
    undo_last(hall)
    assert seated(hall) == {own.member.pk: tables[0].pk, own.follower.pk: tables[0].pk}
    assert facts_named("PlacesDivided")[0]["placing_count"] == 3


def test_each_phone_says_its_own_table_once_it_is_announced(
    hall: Hall, tables: list[Table], facts_named: Facts
) -> None:
    own = hall.cast.own
    round_ = hall.round(RoundKind.WISH)
    member, guest = hall.seat(own.member), hall.seat(name="Sam")
    actions.wish(round=round_, seat=member, tables=[tables[1], tables[0]])
    hall.round(RoundKind.ANNOUNCE)
    with pytest.raises(Refused):
        actions.announce(room=hall.room, by=hall.lead)
    places = [
        Place(tables[0], person=own.member, why={"rank": 2}),
        Place(tables[0], seat=guest),
        Place(tables[1], person=own.keeper),
    ]
    actions.apply_division(room=hall.room, places=places, by=hall.lead)
    assert mine(member).place is None  # type: ignore[union-attr]
    assert [table.seated for table in phone_view(hall.room).tables] == [0, 0]
    for _twice in range(2):
        actions.announce(room=hall.room, by=hall.lead)
    place = mine(member).place  # type: ignore[union-attr]
    assert place is not None
    assert (place.name, place.table, place.rank, place.why, place.count) == ("Inkoop", "1", 2, {"rank": 2}, 2)
    assert [(other.name, other.works_at, other.is_me) for other in place.companions] == [
        (own.member.name, own.units[0].name, True), ("Sam", "", False),
    ]  # fmt: skip
    theirs = mine(guest).place  # type: ignore[union-attr]
    assert theirs is not None
    assert (theirs.name, theirs.count, theirs.companions) == ("Inkoop", 2, ())
    assert [table.seated for table in phone_view(hall.room).tables] == [2, 1]
    assert len(facts_named("PlacesAnnounced")) == 1
    undo_last(hall)
    assert mine(member).place is None  # type: ignore[union-attr]


def test_tables_become_groups_with_a_first_date_once(hall: Hall, tables: list[Table], facts_named: Facts) -> None:
    own = hall.cast.own
    first_at = hall.meeting.starts_at + timedelta(days=7)
    actions.change_table(table=tables[0], by=hall.lead, first_at=first_at)
    guest = hall.seat()
    places = [Place(tables[0], person=own.member), Place(tables[0], seat=guest), Place(tables[1], seat=hall.seat())]
    actions.apply_division(room=hall.room, places=places, by=hall.lead)
    group = actions.form_groups(room=hall.room, by=hall.lead)[0]
    assert actions.form_groups(room=hall.room, by=hall.lead) == []
    assert list(LearningGroup.objects.values_list("name", "formed_in")) == [("Inkoop", hall.meeting.pk)]
    assert list(people_of(group)) == [own.member]
    assert list(Meeting.objects.filter(community=group.circle).values_list("starts_at", flat=True)) == [first_at]
    assert [fact["group_id"] for fact in facts_named("GroupOfTableFormed")] == [group.pk]
    newcomer = own.keeper
    actions.place(room=hall.room, table=tables[0], person=newcomer, by=hall.lead)
    actions.form_groups(room=hall.room, by=hall.lead)
    assert set(people_of(group)) == {own.member, newcomer}
    with pytest.raises(Refused):
        actions.undo(step=hall.room.steps.get(verb="form_groups"), by=hall.lead)
    with pytest.raises(Refused):
        actions.remove_table(table=tables[0], by=hall.lead)


def test_only_facilitators_place_and_form(hall: Hall, tables: list[Table]) -> None:
    member = hall.cast.own.member
    for act in (
        lambda: actions.place(room=hall.room, table=tables[0], person=member, by=member),
        lambda: actions.apply_division(room=hall.room, places=[], by=member),
        lambda: actions.form_groups(room=hall.room, by=member),
        lambda: actions.change_table(table=tables[0], by=member, name="x"),
    ):
        with pytest.raises(PermissionDenied):
            act()
    assert not Placing.objects.exists()
