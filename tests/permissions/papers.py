"""A certificate of the member, a report of the team and what is published, for the matrix."""

from django.core.files.uploadedfile import SimpleUploadedFile

from leerkring.community.memberships.enums import Label
from leerkring.community.memberships.models import Community
from leerkring.community.people.models import Person
from leerkring.cycle.questions.actions import raise_question
from leerkring.cycle.uptake.handing.actions import offer_question
from leerkring.direction.programmes.completion.codes import fresh_code
from leerkring.direction.programmes.completion.models import Certificate
from leerkring.direction.programmes.enums import Completion
from leerkring.direction.programmes.models import Programme
from leerkring.outward.dossier.actions import ask_dossier, make_dossier
from leerkring.outward.publishing.publications import actions as publications
from leerkring.outward.publishing.reports.actions import make_report
from leerkring.outward.publishing.reports.enums import Audience
from leerkring.platform import clock


def a_certificate(programme: Programme, person: Person) -> dict[str, object]:
    day = clock.today().isoformat()
    certificate = Certificate.objects.create(
        programme=programme,
        person=person,
        name=person.name,
        number="2024-0001",
        code=fresh_code(),
        issued_at=clock.now(),
        data={
            "programme": "Programma", "edition": "Editie", "host": "Gastheer", "starts_on": day, "ends_on": day,
            "completion": Completion.PARTLY, "is_by_team": False, "needed_count": 2, "attended_count": 1,
            "meetings_count": 2, "meetings": [],
        },
    )  # fmt: skip
    return {"certificate_id": certificate.pk, "certificate_code": certificate.spelled_code}


def a_report(programme: Programme, lead: Person) -> dict[str, object]:
    """Not released: it is there for the team alone."""
    report = make_report(programme=programme, edition=None, audience=Audience.PARTICIPANTS, by=lead)
    return {"report_id": report.pk}


def a_dossier(community: Community, lead: Person) -> dict[str, object]:
    """The lead asked for it, and it is made."""
    return {"dossier_id": make_dossier(dossier=ask_dossier(community=community, by=lead)).pk}


def a_handover(community: Community, lead: Person, member: Person) -> dict[str, object]:
    """A question of the programme that the member is asked to go on with."""
    question = raise_question(community=community, wording="Wie gaat hiermee door?", by=lead)
    return {"handover_id": offer_question(question=question, to=member, by=lead).pk}


PNG = b"\x89PNG\r\n\x1a\n" + b"".join(
    len(part).to_bytes(4, "big") + kind + part + b"\0\0\0\0"
    for kind, part in ((b"IHDR", b"\0\0\0\x03\0\0\0\x02\x08\x02\0\0\0"), (b"tEXt", b"GPS\0hier"), (b"IEND", b""))
)
"""Three points wide and two high, with words that say where it was taken."""


def a_publication(community: Community, label: Label, lead: Person, member: Person) -> dict[str, object]:
    """It is out, with a picture and a file; the member is asked as author, and reacted."""
    draft = publications.write_publication(
        community=community, title=f"Stuk {label}", lead="Kort", text="Tekst", label=label, by=lead
    )
    publications.change_files(
        publication=draft, by=lead, picture=SimpleUploadedFile("x.png", PNG), picture_words={"nl": "Niets"},
        file=SimpleUploadedFile("x.txt", b"Tekst"),
    )  # fmt: skip
    publication = publications.publish(publication=draft, by=lead)
    author = publications.ask_author(publication=publication, person=member, by=lead)
    reaction = publications.write_reaction(publication=publication, text="Mooi", device="x", by=member)
    return {"publication_id": publication.pk, "author_id": author.pk, "reaction_id": reaction.pk}
