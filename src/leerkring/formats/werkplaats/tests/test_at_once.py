"""A hall does things at the same moment: real threads, real transactions, on both databases."""

import threading
from collections.abc import Callable
from functools import partial
from uuid import uuid4

import pytest
from django.db import connection

from leerkring.community.meetings import actions as meetings
from leerkring.community.meetings.models import Attendance, Seat
from leerkring.formats.werkplaats import actions
from leerkring.formats.werkplaats.enums import RoundKind
from leerkring.formats.werkplaats.models import Point, Post, Round, Step
from leerkring.formats.werkplaats.tests.conftest import Hall
from leerkring.platform.facts.models import FactRow
from leerkring.platform.rules import Refused


def at_once(*acts: Callable[[], object]) -> list[object]:
    """What each gave back; None for a refusal."""
    start = threading.Barrier(len(acts))
    outcomes: list[object] = []

    def run(act: Callable[[], object]) -> None:
        try:
            start.wait()
            outcomes.append(act())
        except Refused:
            outcomes.append(None)
        except Exception as error:
            outcomes.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    errors = [outcome for outcome in outcomes if isinstance(outcome, Exception)]
    assert not errors, errors
    return outcomes


def again(seat: Seat) -> Seat:
    """As another request would have it."""
    return Seat.objects.select_related("meeting__community", "person").get(pk=seat.pk)


@pytest.mark.django_db(transaction=True)
def test_one_post_that_a_phone_sends_six_times_at_once_is_one(hall: Hall) -> None:
    round_, seat, key = hall.round(RoundKind.RAISE, is_anonymous=True), hall.seat(), uuid4()
    acts = [partial(actions.post, round=round_, seat=again(seat), key=key, text="Eén") for _time in range(6)]
    assert {outcome.pk for outcome in at_once(*acts)} == {Post.objects.get().pk}  # type: ignore[attr-defined]
    assert FactRow.objects.filter(name="PostMade").count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_devices_of_one_person_keep_one_budget(hall: Hall) -> None:
    raised = hall.round(RoundKind.RAISE)
    phone, laptop = hall.seat(hall.cast.own.member), hall.seat(hall.cast.own.member)
    posts = [hall.post(raised, phone, f"Vraag {number}") for number in range(4)]
    round_ = hall.round(RoundKind.POINTS, budget=3, is_anonymous=True)
    acts = [
        partial(actions.give_points, round=round_, seat=again(seat), target=post, count=2)
        for seat, post in zip((phone, laptop, phone, laptop), posts, strict=True)
    ]
    assert sorted(map(str, at_once(*acts))) == ["1", "None", "None", "None"]
    assert [point.count for point in Point.objects.all()] == [2]


@pytest.mark.django_db(transaction=True)
def test_everybody_comes_in_at_once_and_each_once(hall: Hall) -> None:
    code, member = hall.meeting.door.code, hall.cast.own.member
    acts = [
        partial(
            meetings.check_in,
            meeting=hall.meeting,
            code=code,
            device=f"phone {number % 4}",
            by=None if number % 4 else member,
        )
        for number in range(12)
    ]
    assert len({outcome.pk for outcome in at_once(*acts)}) == 4  # type: ignore[attr-defined]
    assert (Seat.objects.count(), Attendance.objects.filter(person=member).count()) == (4, 1)


@pytest.mark.django_db(transaction=True)
def test_a_round_that_closes_while_people_write_keeps_what_was_taken_in_and_ties_it_to_nobody(hall: Hall) -> None:
    round_ = hall.round(RoundKind.RAISE, is_anonymous=True)
    seats = [hall.seat() for _guest in range(5)]
    acts: list[Callable[[], object]] = [
        partial(actions.post, round=round_, seat=again(seat), key=uuid4(), text="Nog net") for seat in seats
    ]
    closing = Round.objects.get(pk=round_.pk)
    taken_in = [
        outcome for outcome in at_once(*acts, partial(actions.close_round, round=closing, by=hall.lead)) if outcome
    ]
    assert Post.objects.count() == len(taken_in) - 1
    round_.refresh_from_db()
    assert (round_.is_open, round_.secret) == (False, None)
    assert not Post.objects.filter(seat__isnull=False).exists()
    assert {round_.voter_of(seat) for seat in seats} == {""}


@pytest.mark.django_db(transaction=True)
def test_two_facilitators_undo_one_step_at_once(hall: Hall) -> None:
    post = hall.post(hall.round(RoundKind.RAISE), hall.seat())
    actions.cluster_posts(room=hall.room, posts=[post], by=hall.lead)
    step = hall.room.steps.get(verb="cluster_posts")
    by = (hall.lead, hall.cast.own.lead)
    at_once(*(partial(actions.undo, step=Step.objects.get(pk=step.pk), by=person) for person in by))
    assert FactRow.objects.filter(name="StepUndone").count() == 1
    post.refresh_from_db()
    assert post.cluster is None
