from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from leerkring.community.meetings import actions
from leerkring.community.meetings.enums import MeetingKind, MeetingState
from leerkring.community.meetings.models import Meeting
from leerkring.community.memberships.enums import Label
from leerkring.platform import clock
from leerkring.platform.facts.models import FactRow
from leerkring.platform.rules import Refused
from tests.cast import Cast, ProgrammeCast


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
