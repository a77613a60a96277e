"""The desk before, during and after; its pages ask the same however much was said."""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from leerkring.community.meetings.models import Meeting
from leerkring.community.people.models import Person
from leerkring.formats.werkplaats import actions
from leerkring.formats.werkplaats.enums import HANDING_IN_KINDS, PostKind, PostState, RoundKind
from leerkring.formats.werkplaats.models import Post, Round
from leerkring.formats.werkplaats.tests.conftest import Hall
from leerkring.platform import clock
from tests.cast import Cast

ClientOf = Callable[[Person | None], Client]
QueriesIn = Callable[[], AbstractContextManager[list[str]]]
ALL_KINDS = list(RoundKind)


def desk_of(meeting: Meeting, slug: str | None, name: str = "desk_page", *ids: int) -> str:
    return reverse(f"werkplaats:{name}", args=[slug, meeting.pk, *ids])


def say(round_: Round, count: int) -> None:
    Post.objects.bulk_create(
        Post(
            room_id=round_.room_id, round=round_, kind=PostKind.QUESTION, text=f"Vraag {number}?", key=uuid4(),
            state=PostState.RELEASED if number % 2 else PostState.WAITING, at=clock.now(),
        )
        for number in range(count)
    )  # fmt: skip


def test_meeting_page_leads_to_the_room(cast: Cast, client_of: ClientOf) -> None:
    meeting = cast.own.meeting(days=0)
    slug = cast.own.community.slug
    page = reverse("meetings:meeting_page", args=[slug, meeting.pk])
    prepare = desk_of(meeting, slug, "room_prepare")
    facilitator, member = client_of(cast.own.facilitator), client_of(cast.own.member)
    assert prepare in facilitator.get(page).content.decode()
    assert prepare not in member.get(page).content.decode()
    assert facilitator.post(prepare).status_code == 302
    assert facilitator.post(prepare).status_code == 302
    assert Round.objects.filter(room__meeting=meeting).count() == 11
    assert desk_of(meeting, slug) in facilitator.get(page).content.decode()
    assert "Loop de rondes langs" in facilitator.get(page).content.decode()
    assert "Loop de rondes langs" not in member.get(page).content.decode()


def test_the_next_step_of_a_werkplaats_is_in_its_room_until_the_harvest(hall: Hall, client_of: ClientOf) -> None:
    lead = client_of(hall.lead)
    address = reverse("meetings:meeting_page", args=[hall.cast.own.community.slug, hall.meeting.pk])

    def next_step() -> str:
        return re.sub("<[^>]+>", "", re.findall(r'id="next-step">(.*?)</h2>', lead.get(address).content.decode())[0])

    assert next_step() == "De werkplaats is bezig"
    actions.end_room(room=hall.room, by=hall.lead)
    assert next_step() == "Breng alles waar het hoort"
    actions.harvest_room(room=hall.room, by=hall.lead)
    assert next_step() in ("Maak de oogst", "Noteer wie er was")


def test_members_find_where_to_bring_something_in_before(cast: Cast, client_of: ClientOf) -> None:
    meeting = cast.own.meeting(days=9)
    room = actions.prepare_room(meeting=meeting, by=cast.own.facilitator)
    slug = cast.own.community.slug
    page = reverse("meetings:meeting_page", args=[slug, meeting.pk])
    early = reverse("werkplaats:early_page", args=[slug, meeting.pk])
    assert early not in client_of(cast.own.member).get(page).content.decode()
    asking = Round.objects.get(room=room, kind=RoundKind.RAISE)
    actions.change_round(round=asking, deadline_at=clock.now() + timedelta(days=3), by=cast.own.facilitator)
    assert early in client_of(cast.own.member).get(page).content.decode()
    assert early not in client_of(None).get(page).content.decode()
    assert client_of(cast.own.member).get(early).status_code == 200
    assert "vooraf open, tot" in client_of(cast.own.facilitator).get(desk_of(meeting, slug)).content.decode()


def test_before_one_composes_and_begins(cast: Cast, client_of: ClientOf) -> None:
    meeting = cast.own.meeting(days=0)
    actions.prepare_room(meeting=meeting, by=cast.own.facilitator)
    page = client_of(cast.own.facilitator).get(desk_of(meeting, cast.own.community.slug)).content.decode()
    assert desk_of(meeting, cast.own.community.slug, "room_begin") in page
    assert "130" in page
    assert "180" in page


@pytest.mark.parametrize("kind", ALL_KINDS)
def test_each_kind_has_its_work_and_its_sheet(hall: Hall, client_of: ClientOf, kind: RoundKind) -> None:
    round_ = hall.round(kind)
    slug = hall.cast.own.community.slug
    lead = client_of(hall.lead)
    page = lead.get(desk_of(hall.meeting, slug))
    assert page.status_code == 200
    assert round_.title in page.content.decode()
    paper = desk_of(hall.meeting, slug, "sheet_page", round_.pk)
    sheet = lead.get(paper)
    hands_in = kind in HANDING_IN_KINDS
    assert (paper in page.content.decode(), sheet.status_code) == (hands_in, 200 if hands_in else 404)
    assert not hands_in or round_.title in sheet.content.decode()
    assert lead.get(desk_of(hall.meeting, slug, "projector_page")).status_code == 200


def test_after_it_says_what_is_loose(hall: Hall, client_of: ClientOf) -> None:
    round_ = hall.round(RoundKind.RAISE)
    hall.post(round_, hall.seat(hall.member("Anna")))
    actions.end_room(room=hall.room, by=hall.lead)
    page = client_of(hall.lead).get(desk_of(hall.meeting, hall.cast.own.community.slug))
    assert {todo.kind for todo in page.context["todo"]} >= {"not harvested", "questions loose"}


@pytest.mark.parametrize("kind", [RoundKind.RAISE, RoundKind.CLUSTER, RoundKind.POINTS])
@pytest.mark.parametrize("name", ["desk_page", "projector_page"])
def test_page_asks_the_same_for_3_posts_as_for_300(
    hall: Hall, client_of: ClientOf, queries_in: QueriesIn, kind: RoundKind, name: str
) -> None:
    raised = hall.round(RoundKind.RAISE)
    say(raised, 3)
    if kind != RoundKind.RAISE:
        hall.round(kind)
    lead = client_of(hall.lead)
    address = desk_of(hall.meeting, hall.cast.own.community.slug, name)
    lead.get(address)
    with queries_in() as few:
        lead.get(address)
    say(raised, 297)
    with queries_in() as many:
        lead.get(address)
    assert len(many) == len(few)
    assert len(few) <= 15, "\n".join(few)


@pytest.fixture
def words(hall: Hall) -> Round:
    round_ = hall.round(RoundKind.RAISE)
    for text in ("Inkoop komt te laat aan tafel", "Inkoop zit te laat aan tafel", "Waar blijft de fiets?"):
        actions.type_post(round=round_, text=text, by=hall.lead)
    return round_


def test_machine_proposes_and_nothing_happens(hall: Hall, client_of: ClientOf, words: Round) -> None:
    page = client_of(hall.lead).get(desk_of(hall.meeting, hall.cast.own.community.slug, "proposals_page"))
    assert page.status_code == 200
    assert not Post.objects.filter(cluster__isnull=False).exists()
