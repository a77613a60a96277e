"""Taking somebody out of an edition by the team, and the way back."""

from collections.abc import Callable

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from leerkring.community.meetings.models import Attendance
from leerkring.community.people.models import Person
from leerkring.direction.programmes import actions
from leerkring.direction.programmes.enums import EditionState, EnrolmentState
from leerkring.direction.programmes.models import Edition, Enrolment
from leerkring.direction.programmes.tests.stories import edition_of, enrolled
from leerkring.platform.facts.models import FactRow
from leerkring.platform.rules import Refused
from tests.cast import Cast

Browser = Callable[[Person | None], Client]


def test_who_was_taken_out_gets_the_place_back_and_is_expected_again(cast: Cast) -> None:
    own = cast.own
    edition = edition_of(own, state=EditionState.RECRUITING, places_count=1)
    edition.meetings.add(own.meeting())
    enrolment = enrolled(own, edition, own.member)
    other = enrolled(own, edition, own.keeper, EnrolmentState.APPLIED)

    def expected() -> list[str]:
        return list(Attendance.objects.filter(person=own.member).values_list("presence", flat=True))

    actions.move_enrolment(enrolment=enrolment, state=EnrolmentState.LEFT, by=own.lead)
    assert expected() == ["excused"]
    with pytest.raises(PermissionDenied):
        actions.put_back(enrolment=enrolment, by=own.member)
    for _twice in range(2):
        actions.put_back(enrolment=enrolment, by=own.lead)
    assert (Enrolment.objects.get(pk=enrolment.pk).state, expected()) == ("confirmed", ["expected"])
    assert [row.ids["state"] for row in FactRow.objects.filter(name="EnrolmentMoved").order_by("id")] == [
        "left",
        "confirmed",
    ]
    actions.move_enrolment(enrolment=enrolment, state=EnrolmentState.LEFT, by=own.lead)
    actions.approve(enrolment=other, by=own.lead)
    assert actions.put_back(enrolment=enrolment, by=own.lead).state == EnrolmentState.WAITING
    actions.move_enrolment(enrolment=enrolment, state=EnrolmentState.LEFT, by=own.lead)
    Edition.objects.update(state=EditionState.FINISHED)
    with pytest.raises(Refused):
        actions.put_back(enrolment=enrolment, by=own.lead)


def test_the_page_takes_out_and_puts_back(cast: Cast, client_of: Browser) -> None:
    own = cast.own
    edition = edition_of(own)
    enrolment = enrolled(own, edition, own.member)
    lead, page = client_of(own.lead), f"/eigen/editions/{edition.pk}/"
    move, restore = (f"{page}enrolments/{enrolment.pk}/{verb}/" for verb in ("move", "restore"))
    assert f'action="{move}"' in lead.get(page).content.decode()
    assert lead.post(move, {"state": "left"}).status_code == 302
    after = lead.get(page).content.decode()
    assert "Member Eigen doet niet meer mee." in after
    assert f'action="{restore}"' in after
    assert f'action="{move}"' not in after
    assert client_of(own.member).post(restore).status_code == 403
    assert lead.post(restore).status_code == 302
    assert "Member Eigen doet nu mee." in lead.get(page).content.decode()
    beside = edition_of(own)
    assert lead.post(f"/eigen/editions/{beside.pk}/enrolments/{enrolment.pk}/restore/").status_code == 404
