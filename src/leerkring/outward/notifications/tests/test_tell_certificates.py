from collections.abc import Callable
from typing import Any

from django.core import mail

from leerkring.direction.programmes.completion import actions
from leerkring.direction.programmes.completion.tests.stories import completed
from tests.cast import Cast


def test_a_certificate_is_told_to_its_person_and_a_new_one_in_one_letter(
    cast: Cast, committed: Callable[..., Any]
) -> None:
    own = cast.own
    edition, _workshops, full, _part = completed(own)
    mail.outbox.clear()
    with committed():
        first = actions.issue_certificate(enrolment=full, by=own.lead)
    (letter,) = mail.outbox
    assert letter.subject == "Je certificaat van Voorjaar is klaar"
    assert f"/eigen/editions/{edition.pk}/mine/" in letter.body
    assert f"/certificates/{first.spelled_code}/" in letter.body

    mail.outbox.clear()
    with committed():
        second = actions.reissue_certificate(certificate=first, reason="Vergeten", by=own.lead)
    assert [row.subject for row in mail.outbox] == ["Je certificaat van Voorjaar is klaar"]
    mail.outbox.clear()
    with committed():
        actions.revoke_certificate(certificate=second, reason="Toch niet", by=own.lead)
    (letter,) = mail.outbox
    assert letter.subject == f"Je certificaat {second.number} geldt niet meer"
    assert "Toch niet" in letter.body
