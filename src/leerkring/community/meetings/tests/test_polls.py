"""Looking for a date: with and without an account, once per person and device, and one click to plan the meeting."""

import threading
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from functools import partial
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client

from leerkring.community.meetings.enums import MeetingKind, PollReply
from leerkring.community.meetings.models import Meeting
from leerkring.community.meetings.polls import actions, queries
from leerkring.community.meetings.polls.actions import Guest, Slot
from leerkring.community.meetings.polls.forms import DatesForm
from leerkring.community.meetings.polls.models import DatePoll, PollAnswer, PollOption, PollVoice
from leerkring.community.meetings.polls.ranking import best_of, tallies_of
from leerkring.community.memberships.enums import Label
from leerkring.community.people.models import Person
from leerkring.platform import clock
from leerkring.platform.facts.models import FactRow
from leerkring.platform.rules import Refused
from tests.cast import AMSTERDAM, Cast, make_organisation

Browser = Callable[[Person | None], Client]
YES, MAYBE, NO = PollReply.YES, PollReply.IF_NEED_BE, PollReply.NO


def slots(count: int = 3) -> list[Slot]:
    first = clock.now().replace(minute=0, second=0, microsecond=0) + timedelta(days=10)
    starts = [first + timedelta(days=number) for number in range(count)]
    return [Slot(start, start + timedelta(hours=2)) for start in starts]


@pytest.fixture
def poll(cast: Cast) -> DatePoll:
    return actions.open_poll(
        community=cast.own.community, kind=MeetingKind.WORKSHOP, title="Ambachtscentrum", slots=slots(),
        closes_on=clock.today() + timedelta(days=5), by=cast.own.facilitator,
    )  # fmt: skip


def answer(poll: DatePoll, *said: str, by: Person | None = None, device: str = "phone", name: str = "") -> PollVoice:
    answers = {option.pk: PollReply(word) for option, word in zip(queries.options_of(poll), said, strict=False) if word}
    return actions.answer_poll(poll=poll, answers=answers, device=device, by=by, guest=Guest(name) if name else None)


def test_best_is_most_yes_then_if_need_be_then_spread_and_never_without_who_must_come() -> None:
    start = datetime(2025, 3, 13, 12, 0, tzinfo=UTC)
    options = [PollOption(pk=pk, starts_at=start + timedelta(days=pk)) for pk in range(1, 6)]
    voices = [
        PollVoice(pk=pk, name=f"V{pk}", organisation_name=f"O{pk % 2}", answered_at=start, is_needed=pk == 1)
        for pk in range(1, 5)
    ]
    said = {1: (YES, YES, NO, MAYBE), 2: (YES, YES, MAYBE, MAYBE), 3: (NO, YES, YES, YES), 4: (NO, NO, NO, NO)}
    answers = {(voice, option): words[voice - 1].value for option, words in said.items() for voice in range(1, 5)}
    voices.append(PollVoice(pk=9, name="Zwijgt"))
    tallies = tallies_of(options, voices, answers)
    assert [tally.rank for tally in tallies] == [2, 1, 4, 5, 3]
    assert [tally.option.pk for tally in best_of(tallies)] == [2, 1, 3]
    second = tallies[1]
    assert (second.yes, second.if_need_be, second.no, second.silent, second.is_best) == (2, 2, 0, 0, True)
    assert (tallies[2].out, tallies[4].unsure, len(second.organisations)) == (["V1"], ["V1"], 2)
    assert second.bars == [("yes", 0.0, 50.0), ("maybe", 50.0, 50.0)]


def test_many_dates_at_once_and_hours_from_the_row_above() -> None:
    form = DatesForm({
        "day_1": "2026-10-24", "starts_1": "13:00", "ends_1": "17:00", "day_2": "2026-10-25", "day_4": "2026-10-25",
        "day_5": "2026-10-25", "starts_5": "02:30", "ends_5": "05:00",
    })  # fmt: skip
    assert not form.is_valid()
    assert list(form.errors) == ["starts_5"], "That hour comes twice on the night the clock goes back."
    assert [slot.starts_at.isoformat() for slot in form.slots] == [
        "2026-10-24T13:00:00+02:00", "2026-10-25T13:00:00+01:00",
    ]  # fmt: skip
    assert not DatesForm({"day_1": "2026-10-24"}).is_valid()
    assert not DatesForm({"day_1": "2026-10-24", "starts_1": "13:00", "ends_1": "12:00"}).is_valid()
    assert not DatesForm({}).is_valid()


def test_a_poll_is_opened_by_who_may_plan_with_dates_to_come(cast: Cast, poll: DatePoll) -> None:
    assert (poll.label, poll.is_open, len(poll.token) >= 32) == (Label.PROGRAMME, True, True)
    assert queries.options_of(poll).count() == 3
    assert FactRow.objects.get(name="PollOpened").ids == {"poll_id": poll.pk}
    opened = partial(
        actions.open_poll, community=cast.own.community, kind=MeetingKind.WORKSHOP, title="X", slots=slots(),
        closes_on=clock.today(),
    )  # fmt: skip
    for stranger in (cast.own.member, cast.outsider, cast.other.lead):
        with pytest.raises(PermissionDenied):
            opened(by=stranger)
    past = [Slot(clock.now() - timedelta(days=1), clock.now())]
    wrongs: tuple[dict[str, Any], ...] = (
        {"slots": []},
        {"slots": past},
        {"title": " "},
        {"closes_on": clock.today() - timedelta(days=1)},
    )
    for wrong in wrongs:
        with pytest.raises(Refused):
            opened(by=cast.own.lead, **wrong)
    intervisie = opened(by=cast.own.lead, kind=MeetingKind.INTERVISIE, title="Over Jan", purpose="Geheim")
    assert (intervisie.title, intervisie.purpose) == ("Intervisie", "")
    assert DatePoll.objects.count() == 2


def test_an_answer_is_replaced_by_the_same_person_device_or_link(cast: Cast, poll: DatePoll) -> None:
    voice = answer(poll, YES, NO, by=cast.own.member)
    assert answer(poll, NO, "", MAYBE, by=cast.own.member, device="laptop") == voice
    assert (sorted(queries.answers_by(voice).values()), voice.organisation) == (
        ["if need be", "no"],
        cast.own.organisation,
    )
    guest = answer(poll, YES, name=" Sam  Bakker ")
    assert answer(poll, NO, name="Sam Bakker") == guest
    assert (guest.name, PollVoice.objects.count()) == ("Sam Bakker", 2)
    options = list(queries.options_of(poll))
    actions.answer_poll(poll=poll, answers={options[1].pk: YES}, device="other", by=None, voice=guest)
    assert (PollVoice.objects.count(), queries.answers_by(guest)) == (2, {options[1].pk: "yes"})
    for refused in (partial(answer, poll, YES), partial(answer, poll, name="Ann")):
        with pytest.raises(Refused):
            refused()
    with clock.at(clock.now() + timedelta(days=6)), pytest.raises(Refused):
        answer(poll, YES, by=cast.own.keeper)
    actions.remove_voice(voice=guest, by=None)
    assert (PollVoice.objects.count(), PollAnswer.objects.filter(voice__person=None).count()) == (1, 0)


def test_dates_come_and_go_and_who_must_come_is_marked(cast: Cast, poll: DatePoll) -> None:
    option = queries.options_of(poll)[0]
    answer(poll, YES, by=cast.own.member)
    actions.remove_date(option=option, by=cast.own.lead)
    assert queries.options_of(poll).count() == 2
    actions.restore_date(option=option, by=cast.own.lead)
    assert queries.answers_of(poll) != {}
    later = slots(5)
    assert actions.add_dates(poll=poll, slots=later, by=cast.own.lead) in (2, 5)
    actions.need_people(poll=poll, people=[cast.own.keeper], by=cast.own.lead)
    actions.need_people(poll=poll, people=[], by=cast.own.lead)
    assert [voice.called for voice in queries.voices_of(poll)] == [cast.own.keeper.name, cast.own.member.name]
    with pytest.raises(Refused):
        actions.need_people(poll=poll, people=[cast.outsider], by=cast.own.lead)
    actions.need_voice(voice=PollVoice.objects.get(person=cast.own.keeper), is_needed=False, by=cast.own.lead)
    assert [voice.called for voice in queries.voices_of(poll)] == [cast.own.member.name]
    for act in (
        partial(actions.remove_date, option=option), partial(actions.add_dates, poll=poll, slots=later),
        partial(actions.close_poll, poll=poll), partial(actions.choose_date, option=option),
    ):  # fmt: skip
        with pytest.raises(PermissionDenied):
            act(by=cast.own.member)
    actions.close_poll(poll=poll, by=cast.own.lead)
    with pytest.raises(Refused):
        answer(DatePoll.objects.get(), YES, by=cast.own.member)
    actions.reopen_poll(poll=poll, closes_on=clock.today() + timedelta(days=9), by=cast.own.lead)
    assert DatePoll.objects.get().is_open


def test_choosing_a_date_plans_the_meeting_and_choosing_again_moves_it(cast: Cast, poll: DatePoll) -> None:
    first, second, _third = queries.options_of(poll)
    answer(poll, YES, by=cast.own.member)
    meeting = actions.choose_date(option=first, by=cast.own.facilitator)
    assert (meeting.title, meeting.starts_at, meeting.ends_at, meeting.label) == (
        "Ambachtscentrum", first.starts_at, first.ends_at, Label.PROGRAMME,
    )  # fmt: skip
    assert actions.choose_date(option=first, by=cast.own.facilitator) == meeting
    assert FactRow.objects.get(name="PollDecided").ids == {
        "poll_id": poll.pk, "option_id": first.pk, "meeting_id": meeting.pk,
    }  # fmt: skip
    again = queries.option_in(poll, second.pk)
    assert again
    assert actions.choose_date(option=again, by=cast.own.facilitator).starts_at == second.starts_at
    assert Meeting.objects.count() == 1
    with pytest.raises(Refused):
        answer(DatePoll.objects.get(), YES, by=cast.own.member)
    other = actions.open_poll(
        community=meeting.community, kind=MeetingKind.WORKSHOP, meeting=Meeting.objects.get(), slots=slots(5)[3:],
        closes_on=clock.today(), by=cast.own.facilitator,
    )  # fmt: skip
    moved = actions.choose_date(option=queries.options_of(other)[1], by=cast.own.facilitator)
    assert (moved.pk, Meeting.objects.get().starts_at) == (meeting.pk, slots(5)[4].starts_at)


def test_an_hour_on_the_wall_stays_that_hour_over_the_change_of_the_clock(cast: Cast) -> None:
    now = datetime(2026, 10, 1, 9, 0, tzinfo=AMSTERDAM)
    form = DatesForm({"day_1": "2026-10-22", "starts_1": "13:00", "ends_1": "17:00", "day_2": "2026-10-29"})
    assert form.is_valid()
    with clock.at(now):
        poll = actions.open_poll(
            community=cast.own.community, kind=MeetingKind.LECTURE, title="Lezing", slots=form.slots,
            closes_on=date(2026, 10, 9), by=cast.own.lead,
        )  # fmt: skip
    hours = [option.starts_at.astimezone(UTC).hour for option in queries.options_of(poll)]
    assert hours == [11, 12]


def test_pages_show_names_to_who_plans_and_numbers_to_who_has_the_link(
    cast: Cast, poll: DatePoll, client_of: Browser
) -> None:
    link, page = f"/poll/{poll.token}/", f"/eigen/meetings/polls/{poll.pk}/"
    options = [option.pk for option in queries.options_of(poll)]
    guest, team, member = client_of(None), client_of(cast.own.lead), client_of(cast.own.member)
    bussum = make_organisation("Gemeente Bussum")
    cast.own.community.organisations.add(bussum)
    assert guest.get(link).status_code == 200
    assert not PollVoice.objects.exists()
    empty = guest.post(link, {})
    assert (empty.status_code, PollVoice.objects.count()) == (422, 0)
    said = {"name": "Sam Gast", "organisation": bussum.pk, f"option_{options[0]}": "yes", f"option_{options[1]}": "no"}
    sent = guest.post(link, said)
    voice = PollVoice.objects.get()
    assert (sent.status_code, sent["Location"]) == (302, f"/poll/{poll.token}/{voice.token}/")
    assert (voice.name, voice.organisation) == ("Sam Gast", bussum)
    assert "Sam Gast" in guest.get(link).content.decode(), "The same device knows the answer."
    for other in (member, client_of(None)):
        assert "Sam Gast" not in other.get(link).content.decode()
    assert member.post(link, {f"option_{options[0]}": "if need be"}).status_code == 302
    own = f"/poll/{poll.token}/{voice.token}/"
    assert client_of(None).post(own, {**said, f"option_{options[0]}": "no"}).status_code == 302
    assert queries.answers_by(voice)[options[0]] == "no"
    assert member.get(f"/poll/{'x' * 32}/").status_code == 404
    shown = team.get(page).content.decode()
    assert ("Sam Gast" in shown, cast.own.member.name in shown, poll.token in shown) == (True, True, True)
    for person, status in ((cast.own.member, 403), (cast.outsider, 404), (cast.other.lead, 404), (None, 404)):
        assert client_of(person).get(page).status_code == (302 if person is None else status)
    assert poll.title in team.get("/eigen/meetings/").content.decode()
    assert link in member.get("/eigen/meetings/").content.decode()
    assert link not in client_of(None).get("/eigen/meetings/").content.decode()
    chosen = team.post(f"{page}dates/{options[0]}/choose/")
    assert (chosen.status_code, Meeting.objects.count()) == (302, 1)
    assert "ligt vast" in guest.get(link).content.decode()
    assert client_of(None).post(own + "remove/").status_code == 302
    assert PollVoice.objects.filter(person=None).count() == 0


def test_the_team_makes_a_poll_by_hand(cast: Cast, client_of: Browser) -> None:
    team, new = client_of(cast.own.lead), "/eigen/meetings/polls/new/"
    assert (team.get(new).status_code, team.post(new, {}).status_code) == (200, 422)
    assert client_of(cast.own.member).get(new).status_code == 403
    day = clock.today() + timedelta(days=20)
    sent = team.post(new, {
        "circle": cast.own.community.pk, "kind": "workshop", "title": "Samen", "label": "programme",
        "closes_on": (day - timedelta(days=9)).isoformat(), "day_1": day.isoformat(), "starts_1": "09:30",
        "ends_1": "12:00", "day_2": (day + timedelta(days=1)).isoformat(),
    })  # fmt: skip
    poll = DatePoll.objects.get()
    assert (sent.status_code, sent["Location"], queries.options_of(poll).count()) == (
        302, f"/eigen/meetings/polls/{poll.pk}/", 2,
    )  # fmt: skip
    meeting = cast.own.meeting()
    again = team.post(f"/eigen/meetings/{meeting.pk}/poll/", {
        "closes_on": day.isoformat(), "day_1": day.isoformat(), "starts_1": "09:30", "ends_1": "12:00",
    })  # fmt: skip
    assert (again.status_code, DatePoll.objects.filter(meeting=meeting).count()) == (302, 1)


@pytest.mark.django_db(transaction=True)
def test_the_same_device_and_person_at_once_are_one_voice_each(cast: Cast) -> None:
    poll = actions.open_poll(
        community=cast.own.community, kind=MeetingKind.WORKSHOP, title="X", slots=slots(),
        closes_on=clock.today() + timedelta(days=5), by=cast.own.lead,
    )  # fmt: skip
    start, errors = threading.Barrier(6), []

    def run(number: int) -> None:
        try:
            start.wait()
            again = DatePoll.objects.select_related("community").get(pk=poll.pk)
            if number % 2:
                answer(again, YES, NO, MAYBE, by=cast.own.member, device=f"phone {number}")
            else:
                answer(again, NO, YES, name=f"Sam {number}")
        except Exception as error:
            errors.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    assert (PollVoice.objects.count(), PollAnswer.objects.count()) == (2, 5)


def test_the_words_of_a_poll_change_until_a_date_is_chosen(cast: Cast, poll: DatePoll, client_of: Browser) -> None:
    words = {"title": "Ambachtscentrum, de start", "place": "Loods", "purpose": "Wie doet wat?"}
    address = f"/eigen/meetings/polls/{poll.pk}/change/"
    browser = client_of(cast.own.facilitator)
    assert browser.post(address, {**words, "title": ""}).status_code == 422
    assert client_of(cast.own.member).post(address, words).status_code == 403
    assert browser.post(address, words).status_code == 302
    poll.refresh_from_db()
    assert (poll.title, poll.place, poll.purpose) == tuple(words.values())
    assert FactRow.objects.get(name="PollChanged").ids == {"poll_id": poll.pk}
    with pytest.raises(PermissionDenied):
        actions.change_poll(poll=poll, by=cast.own.member, **words)
    actions.choose_date(option=poll.options.first(), by=cast.own.facilitator)  # type: ignore[arg-type]
    assert browser.post(address, words).status_code == 422
    with pytest.raises(Refused):
        actions.change_poll(poll=DatePoll.objects.get(), by=cast.own.facilitator, **words)
