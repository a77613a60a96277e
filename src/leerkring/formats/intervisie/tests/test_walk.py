"""An intervisie from the list of people to a learning point, page by page, as people click it."""

from collections.abc import Callable
from datetime import timedelta

from django.test import Client

from leerkring.community.meetings.enums import MeetingKind
from leerkring.community.people.models import Person
from leerkring.formats.intervisie.models import IntervisieGroup, LearningPoint, Round, RoundStep
from leerkring.formats.intervisie.tests.conftest import NAMES, Sitting, make_member
from leerkring.platform import clock
from tests.cast import START, Cast

Browser = Callable[[Person | None], Client]


def test_from_people_to_a_learning_point(cast: Cast, client_of: Browser) -> None:
    members = [make_member(cast, name) for name in NAMES]
    lead, home = client_of(cast.own.facilitator), f"/{cast.own.community.slug}/intervisie/"
    page = lead.get(home + "divide/").content.decode()
    assert all(f'id="p{person.pk}"' in page for person in members)
    typed = {f"p{person.pk}": "1" for person in members} | {"name1": "Kring Zuid", "make": "1"}
    assert lead.post(home + "divide/", typed).status_code == 302
    group = IntervisieGroup.objects.get()
    assert group.name == "Kring Zuid"
    here = f"{home}groups/{group.pk}/"
    cast.own.meeting(MeetingKind.INTERVISIE, days=1, keeps_text=False)
    assert lead.get(here + "rounds/plan/").status_code == 200
    answer = lead.post(
        here + "rounds/plan/", {"method": "incident", "meeting": "own", "day": "2030-01-07", "starts": "13:00"}
    )
    round_ = Round.objects.get()
    assert answer["Location"] == f"{home}rounds/{round_.pk}/run/"
    assert round_.meeting.community == group.circle
    assert not round_.meeting.keeps_text
    run = f"{home}rounds/{round_.pk}/"
    lead.post(run + "begin/")
    assert Round.objects.get().is_planned, "nobody agreed yet"
    for person in members:
        browser = client_of(person)
        assert browser.get(here).status_code == 200
        assert browser.post(here + "agreements/accept/", {"revision": "1"}).status_code == 302
    chair = client_of(members[0])
    assert chair.get(run + "run/").status_code == 200
    chair.post(run + "begin/")
    for position in range(RoundStep.objects.count() - 1):
        assert chair.get(run + "run/").status_code == 200
        assert client_of(members[1]).get(run).status_code == 200
        if position == 1:
            chair.post(run + "turn/", {"person": members[2].pk})
        chair.post(run + "next/", {"position": position})
    chair.post(run + "end/")
    assert Round.objects.get().is_done
    assert not RoundStep.objects.exists()
    assert chair.get(run + "run/").status_code == chair.get(run).status_code == 200
    bringer = client_of(members[2])
    assert "Anna" in bringer.get(here + "points/release/").content.decode()
    assert chair.get(here + "points/release/").status_code == 403
    bringer.post(here + "points/release/", {"sentence": "Vraag inkoop eerder.", "label": "programme"})
    point = LearningPoint.objects.get()
    for person in (cast.own.member, members[0], cast.own.lead):
        assert "Vraag inkoop eerder." in client_of(person).get(home + "points/").content.decode()
    bringer.post(f"{home}points/{point.pk}/withdraw/")
    assert not LearningPoint.objects.exists()
    assert "Vraag inkoop eerder." not in client_of(cast.own.lead).get(home).content.decode()


def test_meeting_page_leads_to_the_round(sitting: Sitting, client_of: Browser) -> None:
    meeting = f"/{sitting.slug}/meetings/{sitting.meeting.pk}/"
    assert sitting.url("run/") in client_of(sitting.chair).get(meeting).content.decode()
    assert sitting.url() not in client_of(sitting.cast.own.member).get(meeting).content.decode()


def test_closed_laptop_finds_the_round_where_it_was(sitting: Sitting, client_of: Browser) -> None:
    with clock.at(START):
        sitting.begin()
    with clock.at(START + timedelta(minutes=17)):
        page = client_of(sitting.chair).get(sitting.url("run/")).content.decode()
        assert "+7:00" in page
        assert "7 minuten later dan gepland" in page or "7 minutes later than planned" in page
