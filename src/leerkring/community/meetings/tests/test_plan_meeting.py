from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from leerkring.community.meetings import actions
from leerkring.community.meetings.enums import MeetingKind, MeetingState
from leerkring.community.meetings.models import Meeting
from leerkring.community.memberships import actions as memberships
from leerkring.community.memberships.enums import Label, Level, Role
from leerkring.community.people.models import Person
from leerkring.platform import clock
from leerkring.platform.facts.models import FactRow
from leerkring.platform.rules import Refused
from tests.cast import Cast, ProgrammeCast

Browser = Callable[[Person | None], Client]


def plan(own: ProgrammeCast, kind: MeetingKind = MeetingKind.WORKSHOP, **changes: object) -> Meeting:
    starts_at = clock.now() + timedelta(days=7)
    fields: dict[str, object] = {
        "community": own.community,
        "kind": kind,
        "title": "Circulair denken" if kind != MeetingKind.INTERVISIE else "",
        "starts_at": starts_at,
        "ends_at": starts_at + timedelta(hours=3),
        "place": "Stadskantoor",
        "by": own.facilitator,
        **changes,
    }
    return actions.plan_meeting(**fields)  # type: ignore[arg-type]


def test_a_planned_meeting_is_for_the_programme_and_led_by_who_planned_it(cast: Cast) -> None:
    meeting = plan(cast.own)

    meeting.refresh_from_db()
    assert (meeting.state, meeting.label, meeting.facilitator) == (
        MeetingState.PLANNED,
        Label.PROGRAMME,
        cast.own.facilitator,
    )
    fact = FactRow.objects.get()
    assert (fact.name, fact.by_id, fact.community_id, fact.ids) == (
        "MeetingPlanned",
        cast.own.facilitator.pk,
        cast.own.community.pk,
        {"meeting_id": meeting.pk, "kind": "workshop"},
    )


def test_an_intervisie_keeps_no_text_and_gets_a_number(cast: Cast) -> None:
    first, second = plan(cast.own, MeetingKind.INTERVISIE), plan(cast.own, MeetingKind.INTERVISIE)

    assert [first.title, second.title] == ["Intervisie 1", "Intervisie 2"]
    assert not first.keeps_text


@pytest.mark.parametrize("words", [{"title": "Over de directeur"}, {"purpose": "De zaak van Sanne"}])
def test_words_in_an_intervisie_are_refused(cast: Cast, words: dict[str, str]) -> None:
    with pytest.raises(Refused):
        plan(cast.own, MeetingKind.INTERVISIE, **words)
    assert not FactRow.objects.exists()


def test_an_end_before_the_start_is_refused(cast: Cast) -> None:
    with pytest.raises(Refused):
        plan(cast.own, ends_at=clock.now())


@pytest.mark.parametrize("who", ["member", "follower", "colleague"])
def test_members_do_not_plan_meetings_of_the_programme(cast: Cast, who: str) -> None:
    with pytest.raises(PermissionDenied):
        plan(cast.own, by=getattr(cast.own, who))


FORM = {
    "kind": "workshop",
    "title": "Circulair denken",
    "day": "2025-03-13",
    "starts": "13:00",
    "ends": "17:00",
    "label": "programme",
}


def test_planning_on_the_page(cast: Cast, client_of: Browser) -> None:
    browser = client_of(cast.own.facilitator)
    answer = browser.post("/eigen/meetings/new/", {**FORM, "circle": cast.own.community.pk})

    meeting = Meeting.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, f"/eigen/meetings/{meeting.pk}/")
    assert meeting.starts_at == datetime(2025, 3, 13, 12, 0, tzinfo=UTC)
    assert meeting.minutes == 240


def test_an_intervisie_on_the_page_needs_no_title_and_takes_no_words(cast: Cast, client_of: Browser) -> None:
    browser = client_of(cast.own.facilitator)
    form = {**FORM, "circle": cast.own.community.pk, "kind": "intervisie"}

    refused = browser.post("/eigen/meetings/new/", {**form, "title": "", "purpose": "De zaak van Sanne"})
    assert refused.status_code == 422
    assert not Meeting.objects.exists()

    browser.post("/eigen/meetings/new/", {**form, "title": "", "purpose": ""})
    assert [meeting.title for meeting in Meeting.objects.all()] == ["Intervisie 1"]


@pytest.mark.parametrize(
    "wrong",
    [
        {"title": ""},
        {"title": "x" * 201},
        {"ends": "12:00"},
        {"day": "morgen"},
        {"kind": "feest"},
        {"label": "geheim"},
        {"online_url": "javascript:alert(1)"},
        {"online_url": "ftp://x.example/a"},
        {"day": "2025-03-30", "starts": "02:30", "ends": "04:00"},
        {"day": "2025-10-26", "starts": "02:30", "ends": "04:00"},
    ],
    ids=str,
)
def test_a_form_with_a_mistake_comes_back_with_what_was_typed(
    cast: Cast, client_of: Browser, wrong: dict[str, str]
) -> None:
    form = {**FORM, "circle": cast.own.community.pk, "place": "Zaal ‘De Kring’", **wrong}
    answer = client_of(cast.own.facilitator).post("/eigen/meetings/new/", form)

    assert answer.status_code == 422
    assert "Zaal ‘De Kring’" in answer.content.decode()
    assert not Meeting.objects.exists()


def test_a_circle_or_facilitator_of_another_programme_is_no_choice(cast: Cast, client_of: Browser) -> None:
    browser = client_of(cast.own.facilitator)
    for forged in ({"circle": cast.other.community.pk}, {"facilitator": cast.outsider.pk}):
        form = {**FORM, "circle": cast.own.community.pk, **forged}
        assert browser.post("/eigen/meetings/new/", form).status_code == 422
    assert not Meeting.objects.exists()


def test_the_contact_of_a_group_plans_for_the_group_alone(cast: Cast, client_of: Browser) -> None:
    circle = memberships.open_circle(root=cast.own.community, name="Losmaakbaar", by=cast.own.member)
    memberships.join(community=circle, person=cast.own.member, level=Level.ACTIVE, by=cast.own.member)
    memberships.grant_role(community=circle, person=cast.own.member, role=Role.CONTACT, by=cast.own.lead)
    browser = client_of(cast.own.member)

    assert browser.post("/eigen/meetings/new/", {**FORM, "circle": cast.own.community.pk}).status_code == 422
    assert browser.post("/eigen/meetings/new/", {**FORM, "circle": circle.pk, "label": "group"}).status_code == 302

    meeting = Meeting.objects.get()
    assert (meeting.community, meeting.label, meeting.facilitator) == (circle, Label.GROUP, cast.own.member)
    assert client_of(cast.own.follower).get(f"/eigen/meetings/{meeting.pk}/").status_code == 404


@pytest.mark.parametrize("who", ["member", "follower"])
def test_the_page_is_closed_to_who_plans_nothing(cast: Cast, client_of: Browser, who: str) -> None:
    browser = client_of(getattr(cast.own, who))
    assert browser.get("/eigen/meetings/new/").status_code == 403
    assert browser.post("/eigen/meetings/new/", FORM).status_code == 403
