"""A certificate of the member and a report of the team, for the matrix."""

from leerkring.community.people.models import Person
from leerkring.direction.programmes.completion.codes import fresh_code
from leerkring.direction.programmes.completion.models import Certificate
from leerkring.direction.programmes.enums import Completion
from leerkring.direction.programmes.models import Programme
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
