"""Who has no account answers too: on the phone with which they came in, by a link that was mailed, or on paper."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from leerkring.community.meetings import actions as meetings
from leerkring.community.meetings.enums import MeetingKind, Presence
from leerkring.community.meetings.evaluation import actions, links, queries
from leerkring.community.meetings.evaluation.enums import AskedAs
from leerkring.community.meetings.evaluation.models import (
    Evaluation,
    EvaluationAnswer,
    EvaluationTurn,
    GuestAddress,
)
from leerkring.community.meetings.evaluation.tests.test_evaluate_meeting import THREE, facts_named, say, there, url
from leerkring.community.meetings.models import Attendance, Door, Meeting, Seat
from leerkring.community.meetings.speakers.actions import end_speaker, invite_speaker
from leerkring.community.people.models import Person
from leerkring.platform import clock
from leerkring.platform.rules import Refused
from tests.cast import Cast, join, make_person

Browser = Callable[[Person | None], Client]
Committed = Callable[[], AbstractContextManager[object]]


@pytest.fixture
def meeting(cast: Cast) -> Meeting:
    """Tomorrow, with three questions and an open door."""
    made = cast.own.meeting(MeetingKind.WORKSHOP, days=1, title="Werken met data")
    actions.prepare_evaluation(meeting=made, questions=THREE, by=cast.own.facilitator)
    meetings.open_door(meeting=made, admits_guests=True, by=cast.own.facilitator)
    return made


def seat_of(meeting: Meeting, device: str, by: Person | None = None) -> Seat:
    code = Door.objects.get(meeting=meeting).code
    seat = meetings.check_in(meeting=meeting, code=code, device=device, by=by, name=f"Gast {device}")
    return Seat.objects.select_related("meeting__community", "person").get(pk=seat.pk)


def fields(meeting: Meeting, number: int = 4) -> dict[str, int]:
    evaluation = Evaluation.objects.get(meeting=meeting)
    return {f"q{asked.pk}": number for asked in evaluation.questions.filter(kind=AskedAs.SCALE)}


def say_at(seat: Seat, number: int = 4) -> None:
    numbers = {int(name[1:]): number for name in fields(seat.meeting, number)}
    actions.answer_at_seat(seat=seat, answers=numbers)


def test_a_guest_answers_once_and_bears_nobody(cast: Cast, meeting: Meeting) -> None:
    first, second = seat_of(meeting, "een"), seat_of(meeting, "twee")
    with pytest.raises(Refused):
        say_at(first)
    with clock.at(meeting.ends_at + timedelta(minutes=5)):
        say_at(first)
        with pytest.raises(Refused):
            say_at(first)
        meetings.put_out(seat=second, by=cast.own.facilitator)
        with pytest.raises(PermissionDenied):
            say_at(second)
        meetings.let_back_in(seat=second, by=cast.own.facilitator)
        say_at(second, 2)
        brought = Seat.objects.create(meeting=meeting, device="x", since=clock.now())
        with pytest.raises(PermissionDenied):
            say_at(brought)

        evaluation = Evaluation.objects.get()
        assert (evaluation.answers_count, EvaluationTurn.objects.count()) == (2, 2)
        assert facts_named("EvaluationAnswered") == [(None, {"meeting_id": meeting.pk})] * 2
        voters = set(EvaluationTurn.objects.values_list("voter", flat=True))
        assert not voters & {first.voice, first.device, str(first.pk)}
        assert voters == {evaluation.voter_of(seat.guest_voice) for seat in (first, second)}

        claimed = meetings.claim_seat(seat=first, by=cast.own.member)
        there_already = Attendance.objects.get(meeting=meeting, person=cast.own.member).presence
        assert there_already == Presence.PRESENT
        for answer in (lambda: say(meeting, cast.own.member), lambda: say_at(claimed)):
            with pytest.raises(Refused):
                answer()
        actions.close_evaluation(meeting=meeting, by=cast.own.facilitator)
        with pytest.raises(Refused):
            say_at(second)
    evaluation.refresh_from_db()
    assert (evaluation.secret, EvaluationTurn.objects.count(), evaluation.shows_results) == (None, 0, False)


def test_on_the_same_phone_and_by_mail(cast: Cast, meeting: Meeting, client_of: Browser, committed: Committed) -> None:
    code, here = Door.objects.get().code, reverse("meetings:evaluation_here", args=[meeting.pk])
    phone, away, stranger = client_of(None), client_of(None), client_of(None)
    for browser in (phone, away):
        browser.get(f"/w/{code}/")
        assert browser.post(f"/w/{code}/", {"name": "Gast"}).status_code == 302
    assert f'href="{here}"' in phone.get(f"/w/{code}/").content.decode()
    assert "Mail mij de link" in phone.get(here).content.decode()
    assert (stranger.get(here).status_code, stranger.post(here + "mail/").status_code) == (404, 404)
    assert away.post(here + "mail/", {"address": "geen adres"}).status_code == 422
    for address in ("mis@gast.example", "gast@gast.example"):
        assert away.post(here + "mail/", {"address": address}, headers={"accept-language": "en"}).status_code == 302
    assert [(left.address, left.language) for left in GuestAddress.objects.all()] == [("gast@gast.example", "en")]
    assert "gast@gast.example" in away.get(here, headers={"accept-language": "en"}).content.decode()
    assert facts_named("GuestAddressLeft") == [(None, {"meeting_id": meeting.pk})] * 2

    meetings.close_door(meeting=meeting, by=cast.own.facilitator)
    with clock.at(meeting.ends_at + timedelta(minutes=5)):
        with committed():
            actions.open_and_close_evaluations()
        assert phone.post(here, {}).status_code == 422
        assert phone.post(here, fields(meeting)).status_code == 302
        assert "Dank je" in phone.get(here).content.decode()
        assert phone.post(here, fields(meeting)).status_code == 422
        assert away.post(here + "mail/", {"address": "x@gast.example"}).status_code == 422
        (letter,) = [message for message in mail.outbox if message.to == ["gast@gast.example"]]
        assert letter.subject == "How was Werken met data?"
        seat = GuestAddress.objects.get().seat
        link = links.path_for_guest(seat)
        assert link in str(letter.body)
        assert stranger.get(link).context["form"] is not None
        assert not EvaluationTurn.objects.filter(voter=Evaluation.objects.get().voter_of(seat.guest_voice)).exists()
        assert stranger.post(link, fields(meeting)).status_code == 302
        assert stranger.post(link, fields(meeting)).status_code == 422
        assert "Dank je" in away.get(here).content.decode(), "the phone and the link are one voice"
        assert stranger.get(link[:-3] + "x/").status_code == 404
        other = links.path_of_evaluation(meeting, cast.own.keeper)
        assert stranger.get(other).context["form"] is None, "a link for a person is not one for a guest"
    with clock.at(meeting.ends_at + timedelta(days=8)):
        actions.open_and_close_evaluations()
    assert not GuestAddress.objects.exists()
    assert Evaluation.objects.get().answers_count == 2


def test_who_speaks_is_asked_as_who_stands_on_the_list(cast: Cast, meeting: Meeting) -> None:
    speaker, gone = (
        invite_speaker(
            meeting=meeting,
            given_name=name,
            address=f"{name}@elders.example",
            last_day=meeting.day,
            by=cast.own.lead,
        )
        for name in ("Eva", "Wim")
    )
    end_speaker(speaker=gone, by=cast.own.lead)
    there(meeting, cast.own.member)
    there(meeting, cast.own.keeper, presence=Presence.ABSENT)
    assert set(queries.people_to_ask(meeting)) == {speaker.person, cast.own.member}
    with clock.at(meeting.ends_at + timedelta(minutes=5)):
        say(meeting, speaker.person)
        for person in (speaker.person, gone.person, cast.own.keeper):
            with pytest.raises((PermissionDenied, Refused)):
                say(meeting, person)
    assert Evaluation.objects.get().answers_count == 1


def test_paper_is_typed_over_and_helps_nobody_to_guess(cast: Cast, meeting: Meeting, client_of: Browser) -> None:
    page, lead = url(cast, "evaluation_paper", meeting), client_of(cast.own.facilitator)
    assert lead.get(page).status_code == 200
    assert lead.post(page, fields(meeting)).status_code == 422
    sheet = lead.get(url(cast, "evaluation_sheet", meeting)).content.decode()
    assert (sheet.count("<i></i>"), sheet.count("ev-rule")) == (10, 2)
    assert client_of(cast.own.keeper).get(url(cast, "evaluation_sheet", meeting)).status_code == 403
    crowd = [make_person(f"Lid {number}") for number in range(5)]
    for person in crowd:
        join(person, cast.own.community)
    there(meeting, *crowd)

    def has_few() -> bool:
        return Evaluation.objects.get().has_few

    with clock.at(meeting.ends_at + timedelta(minutes=5)):
        assert client_of(cast.own.keeper).post(page, fields(meeting)).status_code == 403
        assert lead.post(page, {}).status_code == 422
        for _sheet in range(4):
            assert lead.post(page, fields(meeting, 1)).status_code == 302
        assert has_few()
        assert lead.post(page, fields(meeting, 1)).status_code == 302
        assert not has_few(), "all on paper"
        say(meeting, crowd[0], 5)
        assert has_few(), "five sheets would tell what the one person said"
        for person in crowd[1:]:
            say(meeting, person, 5)
        assert not has_few()
        assert "Er zijn 5 bladen ingetypt" in lead.get(page).content.decode()
        assert facts_named("EvaluationTypedOver") == [(cast.own.facilitator.pk, {"meeting_id": meeting.pk})] * 5
        actions.close_evaluation(meeting=meeting, by=cast.own.facilitator)
        assert lead.post(page, fields(meeting)).status_code == 422
    evaluation = Evaluation.objects.get()
    assert (evaluation.answers_count, evaluation.paper_count, evaluation.shows_results) == (10, 5, True)
    assert EvaluationAnswer.objects.filter(number=1).count() == 10
    results = lead.get(url(cast, "evaluation_results", meeting)).content.decode()
    assert "5 daarvan op papier" in results
