"""What a certificate says, read from the PDF itself; its structure is looked at in platform/documents."""

import io
from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from pypdf import PdfReader

from leerkring.community.memberships import actions as memberships
from leerkring.community.people.models import Person
from leerkring.direction.programmes.completion import actions
from leerkring.direction.programmes.completion.codes import GUESSES_PER_DEVICE, LENGTH, SIGNS
from leerkring.direction.programmes.completion.models import Certificate, WrongCertificateCode
from leerkring.direction.programmes.completion.tests.stories import completed, was_at
from leerkring.direction.programmes.models import Edition
from leerkring.direction.programmes.tests.stories import edition_of, enrolled
from leerkring.platform.facts.models import FactRow
from leerkring.platform.rules import Refused
from tests.cast import Cast

Browser = Callable[[Person | None], Client]


def read(answer: Any) -> tuple[str, PdfReader]:
    assert answer["Content-Type"] == "application/pdf"
    reader = PdfReader(io.BytesIO(answer.content))
    return " ".join(" ".join(page.extract_text().split()) for page in reader.pages), reader


def test_everybody_who_completed_gets_one_that_says_what_they_attended(cast: Cast, client_of: Browser) -> None:
    own = cast.own
    edition, _workshops, full, part = completed(own)
    lead = client_of(own.lead)
    address = f"/eigen/editions/{edition.pk}/certificates/issue/"
    assert client_of(own.member).post(address).status_code == 403
    assert lead.post(address).status_code == 302
    assert lead.post(address).status_code == 302
    of_full, of_part = Certificate.objects.order_by("enrolment_id")
    assert (of_full.enrolment, of_part.enrolment) == (full, part)
    assert len({of_full.number, of_part.number}) == 2
    assert len(of_full.code) == LENGTH
    assert set(of_full.code) <= set(SIGNS)
    assert FactRow.objects.filter(name="CertificateIssued").count() == 2

    own_paper = f"/eigen/certificates/{of_full.pk}/"
    said, reader = read(client_of(own.member).get(own_paper + "?language=nl"))
    root: Any = reader.trailer["/Root"]
    assert (root["/Lang"], reader.metadata and reader.metadata.title) == ("nl", "Certificaat van Member Eigen")
    for words in (
        "Member Eigen", "nam volledig deel aan", "Leergemeenschap eigen", "Gemeente Eigen", "Workshop 1", "Workshop 2",
        "2 van de 3 bijeenkomsten, samen 6 uur", of_full.number, of_full.spelled_code,
    ):  # fmt: skip
        assert words in said
    assert "Workshop 3" not in said
    said, reader = read(lead.get(f"/eigen/certificates/{of_part.pk}/?language=en"))
    root = reader.trailer["/Root"]
    assert (root["/Lang"], reader.metadata and reader.metadata.title) == ("en", "Certificate of Keeper Eigen")
    assert "took part partly in" in said
    assert "Attended 1 of 3 meetings, 3 hours together." in said
    assert "Workshop 2" not in said
    for who, status in ((own.keeper, 404), (own.facilitator, 404), (cast.outsider, 404), (None, 302)):
        assert client_of(who).get(own_paper).status_code == status


def test_only_who_completed_gets_one_and_only_from_the_team(cast: Cast) -> None:
    own = cast.own
    edition, _workshops, full, _part = completed(own)
    under_way = enrolled(own, edition, own.follower)
    with pytest.raises(Refused):
        actions.issue_certificate(enrolment=under_way, by=own.lead)
    for who in (own.member, own.facilitator, cast.other.lead):
        with pytest.raises(PermissionDenied):
            actions.issue_certificate(enrolment=full, by=who)
        with pytest.raises(PermissionDenied):
            actions.issue_certificates(edition=edition, by=who)
    assert not Certificate.objects.exists()
    assert actions.issue_certificate(enrolment=full, by=own.lead) == actions.issue_certificate(
        enrolment=full, by=own.lead
    )


def test_what_was_issued_stays_and_another_one_takes_its_place(cast: Cast, client_of: Browser) -> None:
    own = cast.own
    edition, workshops, full, _part = completed(own)
    first = actions.issue_certificate(enrolment=full, by=own.lead)
    Edition.objects.filter(pk=edition.pk).update(name="Heel anders")
    was_at(own, own.member, workshops[2])
    said, _reader = read(client_of(own.member).get(f"/eigen/certificates/{first.pk}/"))
    assert "Heel anders" not in said
    assert "2 van de 3" in said

    lead, address = client_of(own.lead), f"/eigen/certificates/{first.pk}/revoke/"
    assert client_of(own.member).post(address, {"reason": "Nee"}).status_code == 403
    assert lead.get(address).status_code == 200
    assert lead.post(address, {"reason": ""}).status_code == 422
    assert lead.post(address, {"reason": "Een bijeenkomst vergeten", "again": "on"}).status_code == 302
    second = Certificate.objects.get(revoked_at__isnull=True)
    assert (second.data["attended_count"], second.data["edition"]) == (3, "Heel anders")
    assert second.code != first.code
    assert FactRow.objects.filter(name="CertificateRevoked").count() == 1
    mine = client_of(own.member).get(f"/eigen/editions/{edition.pk}/mine/").content.decode()
    assert "Een bijeenkomst vergeten" in mine
    assert second.number in mine
    assert client_of(own.member).get(f"/eigen/certificates/{first.pk}/").status_code == 302


def test_names_of_any_kind_and_many_meetings_fit(cast: Cast, client_of: Browser) -> None:
    own = cast.own
    _edition, _workshops, full, _part = completed(own)
    certificate = actions.issue_certificate(enrolment=full, by=own.lead)
    line = {**certificate.data["meetings"][0], "title": "L" * 200}
    lead = client_of(own.lead)
    for name, many in (("x" * 300, 40), ("مريم حسن 🎉", 0), ("#panic() *b*", 2), ("李小龍 " * 30, 1)):
        certificate.name, certificate.data = name, {**certificate.data, "meetings": [line] * many}
        certificate.save()
        said, reader = read(lead.get(f"/eigen/certificates/{certificate.pk}/"))
        assert (len(reader.pages) > 1) == (many == 40)
        assert name != "#panic() *b*" or name in said


def test_anybody_can_check_one_by_its_code(cast: Cast, client_of: Browser) -> None:
    own = cast.own
    _edition, _workshops, full, _part = completed(own)
    certificate = actions.issue_certificate(enrolment=full, by=own.lead)
    visitor = client_of(None)
    assert visitor.post("/certificates/", {"code": ""}).status_code == 422
    answer = visitor.post("/certificates/", {"code": certificate.code.lower()})
    assert answer.headers["Location"] == f"/certificates/{certificate.spelled_code}/"
    answer = visitor.get(answer.headers["Location"])
    page = answer.content.decode()
    assert (answer.status_code, answer["X-Robots-Tag"]) == (200, "noindex, nofollow")
    for words in ("Geldig", "Member Eigen", "Volledig", "Workshop 1", certificate.number):
        assert words in page
    assert "Workshop 3" not in page

    unknown = visitor.get("/certificates/AAAA-AAAA-AAAA-AAAA/")
    assert unknown.status_code == 404
    assert "kennen we niet" in unknown.content.decode()

    actions.revoke_certificate(certificate=certificate, reason="Geheime reden", by=own.lead)
    page = visitor.get(f"/certificates/{certificate.code}/").content.decode()
    assert "geldt niet meer" in page
    assert "Geheime reden" not in page


def test_of_who_left_the_check_says_valid_without_a_name(
    cast: Cast, client_of: Browser, committed: Callable[..., Any]
) -> None:
    own = cast.own
    _edition, _workshops, full, _part = completed(own)
    certificate = actions.issue_certificate(enrolment=full, by=own.lead)
    with committed():
        memberships.leave_everything(person=own.member, by=own.member)
    certificate.refresh_from_db()
    assert (certificate.name, certificate.data["meetings"]) == ("", [])
    page = client_of(None).get(f"/certificates/{certificate.code}/").content.decode()
    assert "Geldig" in page
    assert "De naam is weggehaald" in page
    for words in ("Member", "Workshop 1"):
        assert words not in page
    assert client_of(own.lead).get(f"/eigen/certificates/{certificate.pk}/").status_code == 302
    Person.objects.filter(pk=own.member.pk).delete()
    assert client_of(None).get(f"/certificates/{certificate.code}/").status_code == 200


def test_guesses_are_counted_by_device(db: None, client_of: Browser) -> None:
    visitor = client_of(None)
    for _guess in range(GUESSES_PER_DEVICE):
        assert visitor.get("/certificates/AAAA/").status_code == 404
    assert visitor.get("/certificates/AAAA/").status_code == 429
    assert client_of(None).get("/certificates/AAAA/").status_code == 404
    assert WrongCertificateCode.objects.count() == GUESSES_PER_DEVICE + 1


def test_the_page_of_the_team_asks_as_much_for_three_as_for_thirty(
    cast: Cast, client_of: Browser, count_queries: Callable[[Client, str], int]
) -> None:
    own = cast.own
    edition, workshops, _full, _part = completed(own)
    actions.issue_certificates(edition=edition, by=own.lead)
    lead, address = client_of(own.lead), f"/eigen/editions/{edition.pk}/completion/"
    few = count_queries(lead, address)
    for person in (own.facilitator, own.follower, own.lead, cast.other.colleague):
        enrolled(own, edition, person)
        was_at(own, person, workshops[0])
    actions.complete_enrolments(edition=edition, by=own.lead)
    actions.issue_certificates(edition=edition, by=own.lead)
    assert count_queries(lead, address) == few


def test_who_is_not_in_the_edition_is_told_so(cast: Cast, client_of: Browser) -> None:
    edition = edition_of(cast.own)
    page = client_of(cast.own.member).get(f"/eigen/editions/{edition.pk}/mine/").content.decode()
    assert "Je doet niet mee aan deze editie" in page
