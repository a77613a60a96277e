import io
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from pypdf import PdfReader
from python_calamine import CalamineWorkbook

from leerkring.community.meetings.enums import MeetingKind, MeetingState
from leerkring.community.memberships.enums import Label, Role
from leerkring.community.people.models import Person
from leerkring.cycle.insights.models import Insight
from leerkring.direction.programmes.enums import Completion, EditionState, EnrolmentState
from leerkring.direction.programmes.models import Edition, Enrolment
from leerkring.outward.publishing.reports import actions
from leerkring.outward.publishing.reports.enums import Audience
from leerkring.outward.publishing.reports.models import Report
from leerkring.platform import clock
from leerkring.platform.facts.models import FactRow
from leerkring.platform.rules import Refused
from tests.cast import Cast, ProgrammeCast, grant, make_person

Browser = Callable[[Person | None], Client]
FORMULA = "=1+1 van een programmalabel"
HIDDEN = "niet getoond, zodat niemand is terug te rekenen"
"""Nobody is left beside them: that too is fewer than five."""


def a_finished_edition(own: ProgrammeCast, fully: int = 8, partly: int = 6) -> Edition:
    """So many people completed it, one workshop was held, and there is an insight with each label."""
    edition = Edition.objects.create(
        programme=own.programme, name="Voorjaar", state=EditionState.FINISHED, fully_from_count=1,
        starts_on=clock.today() - timedelta(days=90), ends_on=clock.today() - timedelta(days=1),
    )  # fmt: skip
    edition.meetings.add(
        own.meeting(MeetingKind.WORKSHOP, days=-30, state=MeetingState.HELD, label=Label.PUBLIC, title="Open middag"),
        own.meeting(MeetingKind.WORKSHOP, days=-20, state=MeetingState.HELD, title="Besloten middag"),
    )
    for number in range(fully + partly):
        Enrolment.objects.create(
            edition=edition, person=make_person(f"Deelnemer{number}"), organisation=own.organisation,
            state=EnrolmentState.COMPLETED, enrolled_on=clock.today(), attended_count=2 if number < fully else 1,
            meetings_count=2, completion=Completion.FULLY if number < fully else Completion.PARTLY,
        )  # fmt: skip
    for label, sentence in ((Label.PROGRAMME, FORMULA), (Label.ORGANISATIONS, "Tussen ons"), (Label.PUBLIC, "Open")):
        Insight.objects.create(
            community=own.community, label=label, sentence=sentence, changed_at=clock.now(), found_on=clock.today()
        )
    return edition


def values_of(report: Report) -> dict[str, str]:
    return {figure["key"]: figure["value"] for figure in report.data["nl"]["figures"]}


def everything_in(report: Report) -> str:
    return str(report.data)


def test_a_report_is_kept_as_it_was_and_names_what_its_audience_may_read(cast: Cast) -> None:
    own = cast.own
    edition = a_finished_edition(own)
    made = {a: actions.make_report(programme=own.programme, edition=edition, audience=a, by=own.lead) for a in Audience}
    of_participants, of_sponsor, of_public = made.values()
    assert values_of(of_public) | {"activities": "", "insights": ""} == {
        "participants": "14", "fully": "8", "partly": HIDDEN, "attended": "79", "organisations": "1", "meetings": "1",
        "hours": "3", "insights": "", "activities": "",
    }  # fmt: skip
    for report, named, not_named in (
        (of_participants, [FORMULA, "Tussen ons", "Besloten middag"], []),
        (of_sponsor, ["Tussen ons", "Open middag"], [FORMULA, "Besloten middag"]),
        (of_public, ["Open middag"], [FORMULA, "Tussen ons", "Besloten middag"]),
    ):
        for words in named:
            assert words in everything_in(report)
        for words in [*not_named, "Deelnemer1", "Lead Eigen"]:
            assert words not in everything_in(report)
    assert of_public.data["en"]["figures"][0]["name"] == "Participants"

    Enrolment.objects.filter(edition=edition).delete()
    of_public.refresh_from_db()
    assert values_of(of_public)["participants"] == "14"
    assert FactRow.objects.filter(name="ReportMade").count() == 3


@pytest.mark.parametrize(("fully", "partly", "shown"), [(8, 2, "niet getoond"), (2, 1, "minder dan vijf")])
def test_few_people_are_no_figure_and_cannot_be_counted_back(cast: Cast, fully: int, partly: int, shown: str) -> None:
    own = cast.own
    edition = a_finished_edition(own, fully, partly)
    for audience in Audience:
        values = values_of(
            actions.make_report(programme=own.programme, edition=edition, audience=audience, by=own.lead)
        )
        assert values["fully"].startswith(shown)
        assert values["partly"] == "minder dan vijf"
    beside = actions.make_report(programme=own.programme, edition=None, audience=Audience.PUBLIC, by=own.lead)
    words = "10" if fully == 8 else HIDDEN
    assert values_of(beside)["participants"] == words


def test_only_the_team_makes_one_and_lets_others_read_it(cast: Cast, client_of: Browser) -> None:
    own = cast.own
    edition = a_finished_edition(own)
    sponsor = make_person("Sponsor", "Eigen")
    grant(sponsor, own.community, Role.SPONSOR)
    for who in (own.keeper, own.member, cast.other.lead):
        with pytest.raises(PermissionDenied):
            actions.make_report(programme=own.programme, edition=edition, audience=Audience.PUBLIC, by=who)
    theirs = cast.other
    with pytest.raises(Refused):
        actions.make_report(programme=theirs.programme, edition=edition, audience=Audience.PUBLIC, by=theirs.lead)
    lead = client_of(own.lead)
    assert client_of(own.member).post("/eigen/reports/make/", {"audience": "public"}).status_code == 403
    assert lead.post("/eigen/reports/make/", {"audience": ""}).status_code == 422
    readers: dict[Audience, list[Person | None]] = {
        Audience.PARTICIPANTS: [own.member, own.follower],
        Audience.SPONSOR: [own.member, own.follower, sponsor],
        Audience.PUBLIC: [own.member, own.follower, sponsor, cast.outsider, None],
    }
    everybody: list[Person | None] = [own.member, own.follower, sponsor, cast.outsider, None]
    for audience, allowed in readers.items():
        answer = lead.post("/eigen/reports/make/", {"audience": audience, "edition": edition.pk})
        address = answer.headers["Location"]
        assert {client_of(who).get(address).status_code for who in everybody} == {404}
        assert client_of(own.member).post(address + "release/").status_code == 404
        assert lead.post(address + "release/").status_code == 302
        assert client_of(own.member).post(address + "withdraw/").status_code == 403
        assert [who for who in everybody if client_of(who).get(address).status_code == 200] == allowed
        assert client_of(None).get(address + "pdf/").status_code == (200 if None in allowed else 404)
        assert lead.post(address + "withdraw/").status_code == 302
        assert client_of(own.member).get(address).status_code == 404
    assert FactRow.objects.filter(name__in=["ReportReleased", "ReportWithdrawn"]).count() == 6
    assert "Voorjaar" not in client_of(None).get("/eigen/reports/").content.decode()


def test_page_pdf_and_workbook_say_the_same(cast: Cast, client_of: Browser) -> None:
    own = cast.own
    edition = a_finished_edition(own)
    report = actions.make_report(programme=own.programme, edition=edition, audience=Audience.PARTICIPANTS, by=own.lead)
    lead, address = client_of(own.lead), f"/eigen/reports/{report.pk}/"
    page = lead.get(address).content.decode()
    reader = PdfReader(io.BytesIO(lead.get(address + "pdf/?language=en").content))
    root: Any = reader.trailer["/Root"]
    paper = " ".join(" ".join(page.extract_text().split()) for page in reader.pages)
    book = CalamineWorkbook.from_filelike(io.BytesIO(lead.get(address + "xlsx/").content))
    sheets = {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}
    assert root["/Lang"] == "en"
    assert "Meetings attended by everybody together" in paper
    assert sheets["Cijfers"][1][:2] == ["Deelnemers", 14]
    assert ["=1+1 van een programmalabel"] in sheets["Inzichten"]
    for words in ("Besloten middag", FORMULA, "14"):
        assert words in page
        assert words in paper
