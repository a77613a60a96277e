"""A round without names: counted once while it is open, tied to nobody in any table once it is closed."""

import json
from uuid import uuid4

import pytest
from django.apps import apps
from django.core import serializers

from leerkring.community.meetings import actions as meetings
from leerkring.formats.werkplaats import actions
from leerkring.formats.werkplaats.enums import RoundKind
from leerkring.formats.werkplaats.models import Point, Post, Reply, Round
from leerkring.formats.werkplaats.tests.conftest import Hall
from leerkring.platform.rules import Refused


def whole_database() -> str:
    """Every row of every table of the house, facts included."""
    rows = []
    for model in apps.get_models(include_auto_created=True):
        rows += json.loads(serializers.serialize("json", model._default_manager.all()))
    return json.dumps(rows)


def test_after_closing_no_row_ties_words_to_anybody(hall: Hall) -> None:
    member, guest = hall.seat(hall.cast.own.member), hall.seat(name="Sam")
    raised = hall.round(RoundKind.RAISE, is_anonymous=True)
    secrets = [bytes(raised.secret or b"")]
    posts = [hall.post(raised, member, "Van het lid"), hall.post(raised, guest, "Van de gast")]
    voters = [post.voter for post in posts]
    pile = actions.cluster_posts(room=hall.room, posts=posts, by=hall.lead)
    points = hall.round(RoundKind.POINTS, is_anonymous=True)
    secrets.append(bytes(points.secret or b""))
    actions.give_points(round=points, seat=member, target=pile, count=2)
    voters.append(Point.objects.get().voter)
    look_back = hall.round(RoundKind.LOOK_BACK, is_anonymous=True)
    secrets.append(bytes(look_back.secret or b""))
    ask = actions.put_ask(round=look_back, text="Hoe was het?", by=hall.lead)
    actions.reply(ask=ask, seat=member, number=4)
    voters.append(Reply.objects.get().voter)
    actions.close_round(round=look_back, by=hall.lead)

    assert all(len(secret) == 32 for secret in secrets)
    assert not Round.objects.filter(secret__isnull=False).exists()
    dump = whole_database()
    for secret in secrets:
        assert secret.hex() not in dump
    assert voters[0] not in dump, "of a post not even the pseudonym stays"
    assert Post.objects.filter(seat=None, voter="", typed_by=None, said_by="").count() == Post.objects.count() == 2
    for row in json.loads(dump):
        if row["model"] == "facts.factrow" and row["fields"]["name"] in ("PostMade", "PointsGiven", "Replied"):
            assert row["fields"]["by_id"] is None
            assert not {"seat_id", "person_id", "voter"} & set(row["fields"]["ids"])
    # What is left of points and replies is a name that only the destroyed secret could make.
    for round_ in (points, look_back):
        round_.refresh_from_db()
        assert (round_.voter_of(member), round_.guest_voter_of(guest)) == ("", "")


def test_while_open_a_device_counts_once_and_takes_back(hall: Hall) -> None:
    round_, seat = hall.round(RoundKind.RAISE, is_anonymous=True), hall.seat()
    post = hall.post(round_, seat)
    assert actions.take_back_post(post=post, seat=seat).taken_back_at is not None
    kept = hall.post(round_, seat)
    actions.close_round(round=round_, by=hall.lead)
    with pytest.raises(Refused):
        actions.take_back_post(post=kept, seat=seat)


def test_points_without_names_are_given_once_by_one_person_on_two_devices(hall: Hall) -> None:
    post = hall.post(hall.round(RoundKind.RAISE), hall.seat())
    round_ = hall.round(RoundKind.POINTS, is_anonymous=True, budget=2)
    for _device in range(2):
        actions.give_points(round=round_, seat=hall.seat(hall.cast.own.member), target=post, count=2)
    assert list(Point.objects.values_list("count", flat=True)) == [2]


def test_repeated_it_has_another_secret_and_earlier_posts_stay_untied(hall: Hall) -> None:
    round_, seat = hall.round(RoundKind.RAISE, is_anonymous=True), hall.seat()
    first_secret = round_.secret
    post = hall.post(round_, seat)
    actions.close_round(round=round_, by=hall.lead)
    again = actions.repeat_round(round=round_, by=hall.lead)
    assert (again.pk, again.secret == first_secret) == (round_.pk, False)
    post.refresh_from_db()
    assert post.voter == ""
    with pytest.raises(Exception, match=r".*") as refusal:
        actions.take_back_post(post=post, seat=seat)
    assert refusal.type.__name__ == "PermissionDenied"


def test_points_without_names_start_afresh_when_repeated_and_cannot_be_reopened(hall: Hall) -> None:
    post = hall.post(hall.round(RoundKind.RAISE), hall.seat())
    round_, seat = hall.round(RoundKind.POINTS, is_anonymous=True), hall.seat()
    actions.give_points(round=round_, seat=seat, target=post, count=3)
    actions.close_round(round=round_, by=hall.lead)
    with pytest.raises(Refused):
        actions.undo(step=hall.room.steps.filter(verb="close_round").latest("id"), by=hall.lead)
    again = actions.repeat_round(round=round_, by=hall.lead)
    assert again.pk != round_.pk
    assert (again.is_open, again.position) == (True, round_.position + 1)
    assert actions.give_points(round=again, seat=seat, target=post, count=1) == 2
    assert sorted(Point.objects.values_list("round", "count")) == [(round_.pk, 3), (again.pk, 1)]


def test_a_guest_who_signs_in_meanwhile_still_counts_once(hall: Hall) -> None:
    round_, seat = hall.round(RoundKind.RAISE, is_anonymous=True), hall.seat()
    post = hall.post(round_, seat)
    actions.claim(seat=seat, by=hall.cast.own.member)
    post.refresh_from_db()
    assert (post.seat_id, post.voter) == (None, round_.voter_of(seat))
    actions.take_back_post(post=post, seat=seat)


def test_no_name_is_typed_in_and_rounds_about_people_have_names(hall: Hall) -> None:
    round_ = hall.round(RoundKind.RAISE, is_anonymous=True)
    with pytest.raises(Refused):
        actions.type_post(round=round_, text="Van papier", by=hall.lead, said_by="Sam")
    assert actions.type_post(round=round_, text="Van papier", by=hall.lead).said_by == ""
    for kind in (RoundKind.WISH, RoundKind.FORM, RoundKind.ANNOUNCE, RoundKind.WELCOME):
        with pytest.raises(Refused):
            hall.round(kind, is_anonymous=True)


def test_names_cannot_be_asked_for_once_somebody_spoke_without(hall: Hall) -> None:
    round_ = hall.round(RoundKind.RAISE, is_anonymous=True)
    hall.post(round_, hall.seat())
    with pytest.raises(Refused):
        actions.change_round(round=round_, by=hall.lead, is_anonymous=False)


def test_a_seat_that_was_put_out_says_nothing_more(hall: Hall) -> None:
    round_, seat = hall.round(RoundKind.RAISE, is_anonymous=True), hall.seat()
    meetings.put_out(seat=seat, by=hall.lead)
    with pytest.raises(Refused):
        actions.post(round=round_, seat=seat, key=uuid4(), text="Nog iets")
