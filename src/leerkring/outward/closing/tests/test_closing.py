import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from leerkring.community.meetings import actions as meetings
from leerkring.community.meetings.enums import MeetingKind, MeetingState
from leerkring.community.memberships.enums import Level
from leerkring.community.memberships.models import Membership
from leerkring.community.people.models import Person
from leerkring.cycle.questions import actions as questions
from leerkring.cycle.uptake import actions as uptake
from leerkring.cycle.uptake.enums import ChangeKind
from leerkring.cycle.uptake.handing import actions as handing
from leerkring.cycle.uptake.handing.links import path_of_offer
from leerkring.direction.programmes import actions as programmes
from leerkring.direction.programmes.enums import Completion, EditionState, EnrolmentState
from leerkring.direction.programmes.models import Edition, Enrolment
from leerkring.outward.closing import queries
from leerkring.outward.closing.todo import to_dos
from leerkring.outward.notifications.models import Notice
from leerkring.platform import clock
from tests.cast import Cast, ProgrammeCast

Browser = Callable[[Person | None], Client]


def an_edition(own: ProgrammeCast, state: EditionState = EditionState.FINISHED) -> Edition:
    """The member completed it, at one workshop."""
    edition = Edition.objects.create(
        programme=own.programme, name="Voorjaar", state=state, fully_from_count=1,
        starts_on=clock.today() - timedelta(days=90), ends_on=clock.today() - timedelta(days=1),
    )  # fmt: skip
    edition.meetings.add(own.meeting(MeetingKind.WORKSHOP, days=-5, state=MeetingState.LIVE, title="Slot"))
    Enrolment.objects.create(
        edition=edition, person=own.member, organisation=own.organisation, state=EnrolmentState.COMPLETED,
        enrolled_on=clock.today(), attended_count=1, meetings_count=1, completion=Completion.FULLY,
    )  # fmt: skip
    return edition


def what_is_open(own: ProgrammeCast) -> None:
    """A question and an uptake of the member, a question of nobody, and one of somebody who stays."""
    for wording, owner in (("Van de deelnemer?", own.member), ("Van niemand?", None), ("Van wie blijft?", own.keeper)):
        question = questions.raise_question(community=own.community, wording=wording, by=own.lead)
        questions.give_owner(question=question, owner=owner, by=own.lead)
    change = uptake.put_change(community=own.community, title="Anders inkopen", kind=ChangeKind.ANEW, by=own.lead)
    uptake.start_uptake(change=change, unit=own.units[0], recipient=own.member, by=own.lead)
    uptake.start_uptake(change=change, unit=own.units[1], recipient=own.keeper, by=own.lead)
    meeting = own.meeting(MeetingKind.WORKSHOP, days=-5)
    Edition.objects.get().meetings.add(meeting)
    uptake.make_commitment(
        meeting=meeting,
        person=own.member,
        text="VAN MIJ ALLEEN",
        due_on=clock.today() + timedelta(days=9),
        by=own.member,
    )


def test_the_team_sees_what_is_open_as_counts_and_what_to_hand_over(cast: Cast, client_of: Browser) -> None:
    own = cast.own
    edition = an_edition(own)
    what_is_open(own)
    items = {item.key: item for item in to_dos(own.lead, own.community, edition)}
    assert {key: item.is_done for key, item in items.items()} == {
        "certificates": False, "next": False, "method": False, "questions": False, "uptakes": False,
        "reports": False, "commitments": False, "dossier": False,
    }  # fmt: skip
    assert items["certificates"].title == "1 certificaat te geven"
    assert [q.wording for q in queries.questions_to_hand_over(own.lead, own.community, edition)] == [
        "Van de deelnemer?", "Van niemand?",
    ]  # fmt: skip
    assert [cell.unit for cell in queries.uptakes_to_hand_over(own.lead, own.community, edition)] == [own.units[0]]
    assert queries.questions_to_hand_over(own.lead, own.community, None).count() == 3
    page = f"/eigen/editions/{edition.pk}/closing/"
    shown = client_of(own.lead).get(page).content.decode()
    assert "5 dingen staan nog open" in shown
    assert "Van de deelnemer?" in shown
    assert "Van wie blijft?" not in shown
    assert "VAN MIJ ALLEEN" not in shown
    assert "Van wie blijft?" in client_of(own.lead).get("/eigen/closing/").content.decode()
    for person, status in ((own.member, 403), (own.keeper, 403), (None, 302)):
        assert client_of(person).get(page).status_code == client_of(person).get("/eigen/closing/").status_code == status
    assert client_of(own.lead).get(f"/ander/editions/{edition.pk}/closing/").status_code == 404
    question = queries.questions_to_hand_over(own.lead, own.community, edition).get(owner=own.member)
    handover = handing.offer_question(question=question, to=own.keeper, by=own.lead)
    assert {item.key for item in to_dos(own.lead, own.community, edition)} >= {"handovers"}
    handing.accept_handover(handover=handover, by=own.keeper)
    assert queries.questions_to_hand_over(own.lead, own.community, edition).count() == 1


def test_many_open_questions_cost_no_more_queries(cast: Cast, client_of: Browser) -> None:
    own = cast.own
    edition = an_edition(own)
    browser = client_of(own.lead)
    counts = []
    for number in (3, 30):
        for each in range(number):
            questions.raise_question(community=own.community, wording=f"Vraag {number} {each}?", by=own.lead)
        with CaptureQueriesContext(connection) as asked:
            assert browser.get(f"/eigen/editions/{edition.pk}/closing/").status_code == 200
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_who_took_part_may_follow_hand_over_or_do_nothing(cast: Cast, client_of: Browser) -> None:
    own = cast.own
    edition = an_edition(own)
    what_is_open(own)
    browser, page = client_of(own.member), f"/eigen/editions/{edition.pk}/parting/"
    assert "Voorjaar is voorbij" in browser.get("/eigen/today/").content.decode()
    assert "Voorjaar is voorbij" not in client_of(own.keeper).get("/eigen/today/").content.decode()
    shown = browser.get(page).content.decode()
    for words in ("Blijf als volger", "Van de deelnemer?", "Anders inkopen", "1 voornemen."):
        assert words in shown
    assert "Van niemand?" not in shown
    assert "Je zit niet in deze editie" in client_of(own.keeper).get(page).content.decode()
    assert Membership.objects.get(person=own.member, community=own.community).level == Level.ACTIVE, "by looking alone"
    answer = browser.post(f"{page}follow/")
    assert answer.status_code == 302
    membership = Membership.objects.get(person=own.member, community=own.community)
    assert membership.level == Level.FOLLOWER
    assert "Je volgt dit programma" in browser.get(page).content.decode()
    assert browser.post("/eigen/membership/level/?level=active").status_code == 302, "the way back in the toast"
    membership.refresh_from_db()
    assert membership.level == Level.ACTIVE
    assert client_of(cast.outsider).post(f"{page}follow/").status_code == 403


@pytest.mark.parametrize("way", ["last meeting", "word of the team"])
def test_the_end_is_told_once_to_who_took_part(cast: Cast, committed: Callable[..., Any], way: str) -> None:
    own = cast.own
    edition = an_edition(own, EditionState.RUNNING)
    other = own.meeting(MeetingKind.WORKSHOP, days=-1, state=MeetingState.LIVE, title="Nog een")
    edition.meetings.add(other)
    for meeting in edition.meetings.order_by("starts_at"):
        with committed():
            assert Notice.objects.filter(kind="edition.parting").count() == 0
            meetings.move_meeting(meeting=meeting, state=MeetingState.HELD, by=own.lead)
        if way != "last meeting":
            break
    if way != "last meeting":
        with committed():
            programmes.move_edition(edition=edition, state=EditionState.FINISHED, by=own.lead)
    notice = Notice.objects.get(kind="edition.parting")
    assert notice.person == own.member
    letters = [letter for letter in mail.outbox if "Voorjaar is voorbij" in letter.subject]
    assert len(letters) == 1
    assert f"/eigen/editions/{edition.pk}/parting/" in letters[0].body


def test_nobody_is_asked_to_take_over_without_a_letter(
    cast: Cast, client_of: Browser, committed: Callable[..., Any]
) -> None:
    own = cast.own
    question = questions.raise_question(community=own.community, wording="Wie gaat door?", by=own.member)
    questions.give_owner(question=question, owner=own.member, by=own.lead)
    with committed():
        handover = handing.offer_question(question=question, to=own.keeper, by=own.member)
    link = re.findall(r"/take-over/[^/\s]+/", str(mail.outbox[0].body))[0]
    visitor = client_of(None)
    assert "Wie gaat door?" in visitor.get(link).content.decode()
    handover.refresh_from_db()
    assert handover.is_open, "looking changes nothing"
    for other in (f"{link[:-4]}xyz/", path_of_offer(handover, own.member)):
        assert visitor.get(other).status_code == visitor.post(other).status_code == 404
    with clock.at(clock.now() + timedelta(days=61)):
        assert visitor.post(link).status_code == 410
    with committed():
        assert visitor.post(link, {"answer": "yes"}).status_code == 302
    assert "Het is nu van jou" in visitor.get(link).content.decode()
    offered, answered = Notice.objects.filter(kind__startswith="handover").order_by("pk")
    assert (offered.person, answered.person) == (own.keeper, own.member)
    question.refresh_from_db()
    assert question.owner == own.keeper
