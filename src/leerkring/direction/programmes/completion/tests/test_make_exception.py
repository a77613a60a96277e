from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from leerkring.community.meetings import actions as meetings
from leerkring.community.meetings.enums import Presence
from leerkring.community.people.models import Person
from leerkring.direction.programmes import actions as programmes
from leerkring.direction.programmes.completion import actions
from leerkring.direction.programmes.completion.models import CompletionException
from leerkring.direction.programmes.completion.tests.stories import completed, was_at
from leerkring.direction.programmes.enums import Completion, EnrolmentState
from leerkring.direction.programmes.tests.stories import edition_of, enrolled
from leerkring.platform.facts.models import FactRow
from leerkring.platform.rules import Refused
from tests.cast import Cast

Browser = Callable[[Person | None], Client]


def test_the_team_decides_with_a_reason_that_the_person_reads_and_can_take_it_back(
    cast: Cast, client_of: Browser
) -> None:
    own = cast.own
    edition, _workshops, _full, part = completed(own)
    base = f"/eigen/editions/{edition.pk}"
    address = f"{base}/enrolments/{part.pk}/exception/"
    lead = client_of(own.lead)
    assert lead.get(address).status_code == 200
    assert lead.post(address, {"completion": "fully", "reason": " "}).status_code == 422
    assert lead.post(address, {"completion": "left", "reason": "Ziek"}).status_code == 422
    assert lead.post(address, {"completion": "fully", "reason": "Was ziek"}).status_code == 302

    part.refresh_from_db()
    assert (part.state, part.completion, part.attended_count) == ("completed", "fully", 1)
    page = client_of(own.keeper).get(f"{base}/mine/").content.decode()
    assert "Was ziek" in page
    assert "Lead Eigen" in page
    assert "Was ziek" in lead.get(f"{base}/completion/").content.decode()
    assert "Was ziek" not in client_of(own.member).get(f"{base}/mine/").content.decode()

    assert lead.post(address + "take-back/").status_code == 302
    assert lead.post(address + "take-back/").status_code == 302
    part.refresh_from_db()
    assert part.completion == Completion.PARTLY
    exception = CompletionException.objects.get()
    assert (exception.made_by, exception.taken_back_by) == (own.lead, own.lead)
    assert [row.name for row in FactRow.objects.filter(name__startswith="Exception").order_by("pk")] == [
        "ExceptionMade",
        "ExceptionTakenBack",
    ]


def test_nobody_else_decides_and_not_for_who_stepped_out(cast: Cast, client_of: Browser) -> None:
    own = cast.own
    edition, _workshops, full, _part = completed(own)
    for who in (own.member, own.keeper, own.facilitator, cast.other.lead):
        with pytest.raises(PermissionDenied):
            actions.make_exception(enrolment=full, completion=Completion.PARTLY, reason="Nee", by=who)
        with pytest.raises(PermissionDenied):
            actions.take_exception_back(enrolment=full, by=who)
    address = f"/eigen/editions/{edition.pk}/enrolments/{full.pk}/exception/"
    assert client_of(own.keeper).post(address, {"completion": "partly", "reason": "Nee"}).status_code == 403
    beside = edition_of(own)
    gone = enrolled(own, beside, own.follower)
    programmes.move_enrolment(enrolment=gone, state=EnrolmentState.LEFT, by=own.lead)
    with pytest.raises(Refused):
        actions.make_exception(enrolment=gone, completion=Completion.FULLY, reason="Toch", by=own.lead)
    assert not CompletionException.objects.exists()


def test_an_exception_made_before_the_end_holds_when_it_is_counted(cast: Cast) -> None:
    own = cast.own
    edition, _workshops, _full, _part = completed(own)
    late = enrolled(own, edition, own.facilitator)
    actions.make_exception(enrolment=late, completion=Completion.PARTLY, reason="Deed de opdrachten", by=own.lead)
    actions.make_exception(enrolment=late, completion=Completion.FULLY, reason="En de presentatie", by=own.lead)
    assert actions.complete_enrolments(edition=edition, by=own.lead)[Completion.FULLY] == 1
    late.refresh_from_db()
    assert (late.state, late.completion, late.attended_count) == ("completed", "fully", 0)
    assert CompletionException.objects.filter(taken_back_at__isnull=True).count() == 1


def test_a_later_correction_counts_until_there_is_a_certificate(
    cast: Cast, client_of: Browser, committed: Callable[..., Any]
) -> None:
    own = cast.own
    edition, workshops, _full, part = completed(own)
    with committed():
        was_at(own, own.keeper, workshops[1])
    part.refresh_from_db()
    assert (part.completion, part.attended_count) == (Completion.FULLY, 2)
    assert FactRow.objects.get(name="CompletionRecounted").ids == {
        "edition_id": edition.pk, "enrolment_ids": [part.pk],
    }  # fmt: skip

    actions.issue_certificates(edition=edition, by=own.lead)
    with committed():
        meetings.note_attendance(meeting=workshops[1], person=own.keeper, presence=Presence.ABSENT, by=own.facilitator)
    part.refresh_from_db()
    assert part.completion == Completion.FULLY
    lead = client_of(own.lead)
    page = lead.get(f"/eigen/editions/{edition.pk}/completion/").content.decode()
    assert "1 certificaat zegt niet meer wat er genoteerd staat" in page
    assert "Op papier volledig" in page
    assert "1 certificaat zegt niet meer" in lead.get(f"/eigen/editions/{edition.pk}/").content.decode()
    assert "zegt niet meer" not in client_of(own.keeper).get(f"/eigen/editions/{edition.pk}/mine/").content.decode()


def test_who_had_left_comes_back_by_a_correction(cast: Cast, committed: Callable[..., Any]) -> None:
    own = cast.own
    edition, workshops, _full, _part = completed(own)
    stayed_away = enrolled(own, edition, own.facilitator)
    actions.complete_enrolments(edition=edition, by=own.lead)
    with committed():
        was_at(own, own.facilitator, workshops[2])
    stayed_away.refresh_from_db()
    assert (stayed_away.state, stayed_away.completion) == (EnrolmentState.COMPLETED, Completion.PARTLY)
