"""The harvest as the facilitator makes it: by form, by the script of the page, twice, in two tabs."""

from collections.abc import Callable
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from leerkring.community.meetings.enums import MeetingKind, MeetingState
from leerkring.community.memberships.enums import Label
from leerkring.community.people.models import Person
from leerkring.cycle.insights import actions, queries
from leerkring.cycle.insights.enums import HarvestKind
from leerkring.cycle.insights.kinds import read_line, typed_line
from leerkring.cycle.insights.models import HarvestItem, Insight
from leerkring.cycle.insights.tests.making import (
    make_group,
    make_group_meeting,
    make_line,
    make_meeting,
    make_question,
    make_thread,
)
from leerkring.cycle.questions.models import Action, LearningQuestion
from leerkring.platform import clock
from tests.cast import Cast

ClientOf = Callable[[Person | None], Client]


def address(meeting: object, rest: str = "") -> str:
    return f"/eigen/meetings/{meeting.pk}/harvest/{rest}"  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("typed", "kind", "text"),
    [
        ("! Bel eerder", HarvestKind.INSIGHT, "Bel eerder"),
        ("?Waarom", HarvestKind.QUESTION, "Waarom"),
        ("# Geen tijd", HarvestKind.BARRIER, "Geen tijd"),
        ("> Ik bel", HarvestKind.COMMITMENT, "Ik bel"),
        ("- Bellen", HarvestKind.ACTION, "Bellen"),
        ("= Bellen", HarvestKind.ACTION, "Bellen"),
        ("  Zomaar! ", HarvestKind.NOTE, "Zomaar!"),
        ("\\-5 graden", HarvestKind.NOTE, "-5 graden"),
    ],
)
def test_the_first_sign_says_what_kind_it_is(typed: str, kind: HarvestKind, text: str) -> None:
    assert read_line(typed) == (kind, text)
    assert read_line(typed_line(kind, text)) == (kind, text)


def test_typing_without_script(cast: Cast, client_of: ClientOf) -> None:
    meeting, browser = make_meeting(cast.own), client_of(cast.own.facilitator)
    key = str(uuid4())
    for _ in range(2):
        assert browser.post(address(meeting, "add/"), {"text": "! Bel 🌱 שלום", "key": key}).status_code == 302
    line = queries.lines_of(meeting).get()
    assert (line.kind, line.text) == (HarvestKind.INSIGHT, "Bel 🌱 שלום")
    text = browser.get(address(meeting)).content.decode()
    assert "1 regel geoogst" in text
    assert "Bel 🌱 שלום" in text


def test_the_script_gets_the_line_alone(cast: Cast, client_of: ClientOf) -> None:
    meeting, browser = make_meeting(cast.own), client_of(cast.own.facilitator)
    key = str(uuid4())
    first, again = (browser.post(address(meeting, "send/"), {"text": "? Waarom <b>", "key": key}) for _ in range(2))
    line = queries.lines_of(meeting).get()
    assert first.content == again.content
    assert first.content.decode().startswith(f'<li id="line-{line.pk}"')
    assert "Waarom &lt;b&gt;" in first.content.decode()
    for wrong in ({"text": ""}, {"text": "?", "key": str(uuid4())}, {"text": "x" * 503}, {"text": "x", "key": "geen"}):
        assert browser.post(address(meeting, "send/"), wrong).status_code == 422
    assert HarvestItem.objects.count() == 1


def test_a_line_typed_anew(cast: Cast, client_of: ClientOf) -> None:
    line, browser = make_line(cast.own), client_of(cast.own.facilitator)
    place = address(line.meeting, f"{line.pk}/")
    answer = browser.post(place + "resend/", {"text": "! Bel eerder", "revision": 1})
    assert answer.status_code == 200
    line.refresh_from_db()
    assert (line.kind, line.revision) == (HarvestKind.INSIGHT, 2)
    stale = browser.post(place + "resend/", {"text": "Bel later", "revision": 1})
    assert stale.status_code == 422
    assert "Bel eerder" in stale.content.decode()
    page = browser.post(place, {"kind": "note", "text": "Bel later", "revision": 1})
    assert page.status_code == 422
    assert "Bel eerder" in page.content.decode()
    assert "Bel later" in page.content.decode()
    assert browser.post(place, {"kind": "note", "text": "Bel later", "revision": 2}).status_code == 302


def test_an_empty_line_keeps_the_page(cast: Cast, client_of: ClientOf) -> None:
    answer = client_of(cast.own.facilitator).post(address(make_meeting(cast.own), "add/"), {"text": "?"})
    assert answer.status_code == 422
    assert 'value="?"' in answer.content.decode()


def test_removing_offers_the_way_back(cast: Cast, client_of: ClientOf) -> None:
    line, browser = make_line(cast.own), client_of(cast.own.facilitator)
    place = address(line.meeting, f"{line.pk}/")
    text = browser.post(place + "remove/", follow=True).content.decode()
    assert place + "restore/" in text
    assert "Nog geen regels" in text
    browser.post(place + "restore/")
    assert list(queries.lines_of(line.meeting)) == [line]


def test_readers_read_and_others_find_nothing(cast: Cast, client_of: ClientOf) -> None:
    line = make_line(cast.own, "Bel eerder")
    text = client_of(cast.own.follower).get(address(line.meeting)).content.decode()
    assert "Bel eerder" in text
    assert "data-harvest" not in text
    for person in (None, cast.outsider, cast.own.colleague, cast.other.lead):
        assert client_of(person).get(address(line.meeting)).status_code == 404
    for verb in ("add/", "send/", "finish/", f"{line.pk}/remove/", f"{line.pk}/insight/"):
        assert client_of(cast.own.member).post(address(line.meeting, verb), {"text": "x"}).status_code == 403, verb
    assert client_of(cast.own.member).get(address(line.meeting, "sort/")).status_code == 403


def test_a_line_is_found_under_its_own_meeting_only(cast: Cast, client_of: ClientOf) -> None:
    line, other = make_line(cast.own), make_meeting(cast.own)
    browser = client_of(cast.own.facilitator)
    for verb in ("", "remove/", "insight/", "question/", "action/", "take-back/"):
        answer = browser.get if not verb else browser.post
        assert answer(address(other, f"{line.pk}/{verb}")).status_code == 404, verb
    assert browser.post(f"/eigen/meetings/{line.meeting_id}/harvest/999999/remove/").status_code == 404


def test_an_intervisie_has_no_harvest(cast: Cast, client_of: ClientOf) -> None:
    meeting = make_meeting(cast.own, kind=MeetingKind.INTERVISIE, keeps_text=False)
    browser = client_of(cast.own.lead)
    for verb in ("", "sort/"):
        assert browser.get(address(meeting, verb)).status_code == 404
    for verb in ("add/", "send/", "finish/"):
        assert browser.post(address(meeting, verb), {"text": "Wat gezegd werd"}).status_code == 404
    assert "harvest" not in browser.get(f"/eigen/meetings/{meeting.pk}/").content.decode()
    assert HarvestItem.objects.count() == 0


def test_a_group_harvests_its_own_meeting(cast: Cast, client_of: ClientOf) -> None:
    meeting = make_group_meeting(cast.own, make_group(cast.own))
    assert client_of(cast.own.member).post(address(meeting, "add/"), {"text": "Besloten"}).status_code == 302
    assert client_of(cast.own.keeper).get(address(meeting)).status_code == 404
    assert "Besloten" in client_of(cast.own.lead).get(address(meeting)).content.decode()


def test_sorting_gives_each_line_a_place(cast: Cast, client_of: ClientOf) -> None:
    meeting, question = make_meeting(cast.own), make_question(cast.own, code="A")
    browser = client_of(cast.own.facilitator)
    found, asked, todo = (
        make_line(cast.own, text, meeting=meeting, kind=kind)
        for text, kind in (
            ("Bel eerder", HarvestKind.INSIGHT),
            ("Waarom?", HarvestKind.QUESTION),
            ("Bellen", HarvestKind.ACTION),
        )
    )
    assert "3 regels wachten op een plek" in browser.get(address(meeting, "sort/")).content.decode()
    for _ in range(2):
        browser.post(address(meeting, f"{found.pk}/insight/"))
        browser.post(address(meeting, f"{asked.pk}/question/"))
        browser.post(address(meeting, f"{todo.pk}/action/"), {"question": question.pk})
    assert (Insight.objects.count(), LearningQuestion.objects.count(), Action.objects.count()) == (1, 2, 1)
    assert "Elke regel heeft een plek" in browser.get(address(meeting, "sort/")).content.decode()


def test_an_action_needs_a_question_of_this_programme(cast: Cast, client_of: ClientOf) -> None:
    line, browser = make_line(cast.own), client_of(cast.own.facilitator)
    place = address(line.meeting, f"{line.pk}/action/")
    for data in ({}, {"question": make_question(cast.other).pk}):
        answer = browser.post(place, data, follow=True)
        assert "Kies eerst bij welke vraag" in answer.content.decode()
    assert Action.objects.count() == 0


def test_a_mistake_is_taken_back_as_long_as_nothing_rests_on_it(cast: Cast, client_of: ClientOf) -> None:
    line, browser = make_line(cast.own), client_of(cast.own.facilitator)
    place = address(line.meeting, f"{line.pk}/")
    assert place + "take-back/" in browser.post(place + "insight/", follow=True).content.decode()
    for _ in range(2):
        browser.post(place + "take-back/")
    assert Insight.objects.count() == 0
    line.refresh_from_db()
    assert line.insight is None
    insight = actions.promote_to_insight(item=line, by=cast.own.facilitator)
    actions.add_to_thread(thread=make_thread(cast.own), insight=insight, by=cast.own.member)
    assert "ging al verder" in browser.post(place + "take-back/", follow=True).content.decode()
    assert Insight.objects.get() == insight


def test_finishing_and_going_on_after_all(cast: Cast, client_of: ClientOf) -> None:
    meeting, browser = make_meeting(cast.own), client_of(cast.own.facilitator)
    assert "Er staat nog niets" in browser.post(address(meeting, "finish/"), follow=True).content.decode()
    make_line(cast.own, meeting=meeting)
    text = browser.post(address(meeting, "finish/"), follow=True).content.decode()
    assert address(meeting, "reopen/") in text
    meeting.refresh_from_db()
    assert meeting.state == MeetingState.HARVESTED
    browser.post(address(meeting, "reopen/"))
    meeting.refresh_from_db()
    assert meeting.state == MeetingState.HELD


def test_a_commitment_kept_higher_is_no_longer_waiting(cast: Cast, client_of: ClientOf) -> None:
    line = make_line(cast.own, "Ik bel inkoop", kind=HarvestKind.COMMITMENT)
    assert "1 regel wacht op een plek" in client_of(cast.own.lead).get(address(line.meeting, "sort/")).content.decode()
    relation = next(rel for rel in HarvestItem._meta.related_objects)
    relation.related_model._base_manager.create(
        **{relation.field.name: line},
        person=cast.own.member,
        meeting=line.meeting,
        text=line.text,
        due_on=clock.today(),
        made_at=clock.now(),
    )
    assert "Elke regel heeft een plek" in client_of(cast.own.lead).get(address(line.meeting, "sort/")).content.decode()


@pytest.mark.parametrize("page", ["", "sort/"])
def test_three_lines_and_three_hundred_cost_the_same(cast: Cast, client_of: ClientOf, page: str) -> None:
    meeting, browser = make_meeting(cast.own), client_of(cast.own.facilitator)

    def fill(numbers: range) -> None:
        HarvestItem.objects.bulk_create(
            HarvestItem(
                meeting=meeting,
                text=f"Regel {number}",
                kind=HarvestKind.INSIGHT,
                position=number,
                at=clock.now(),
                changed_at=clock.now(),
            )
            for number in numbers
        )

    fill(range(3))
    browser.get(address(meeting, page))
    with CaptureQueriesContext(connection) as few:
        browser.get(address(meeting, page))
    fill(range(3, 300))
    with CaptureQueriesContext(connection) as many:
        browser.get(address(meeting, page))
    assert len(many) == len(few) <= 15


def test_the_meeting_shows_the_way_to_its_harvest(cast: Cast, client_of: ClientOf) -> None:
    line = make_line(cast.own)
    meeting_page = f"/eigen/meetings/{line.meeting_id}/"
    assert address(line.meeting) in client_of(cast.own.facilitator).get(meeting_page).content.decode()
    assert "Lees de oogst: 1 regel" in client_of(cast.own.follower).get(meeting_page).content.decode()
    assert line.meeting.label == Label.PROGRAMME
