"""The pages of an import: upload, look, decide, bring in, take back; for the team, and for nobody else."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from leerkring.community.memberships.enums import Role
from leerkring.community.memberships.models import Membership
from leerkring.community.people.models import Person, Unit
from leerkring.direction.strategy.models import Activity
from leerkring.outward.exchange import sheets
from leerkring.outward.exchange.enums import ImportKind
from leerkring.outward.exchange.models import ImportBatch, WaitingFile
from leerkring.outward.exchange.tests import test_import_activities
from leerkring.outward.exchange.tests.lists import HEADINGS, Rows, xlsx
from leerkring.platform import clock
from tests.cast import Cast, grant

ClientOf = Callable[[Person | None], Client]
LIST: Rows = [
    [*HEADINGS, "Telefoon"],
    ["Zoë", "van der", "Müller", "zoe@voorbeeld.example", "Ruimtee", "Kern", "12-03-2023", "06-1"],
    ["Karel", "'t", "Bos", "karel@voorbeeld.example", "Havens", "baas", "", ""],
    ["Zoë", "", "Müller", "ZOE@voorbeeld.example", "", "", "", ""],
    ["=cmd|' /C calc'!A0", "", "", "geen-adres", "", "", "", ""],
]


@pytest.fixture
def team(cast: Cast, client_of: ClientOf) -> Client:
    return client_of(cast.own.lead)


def upload(client: Client, rows: Rows = LIST, kind: str = "people", **more: Rows) -> WaitingFile:
    content = xlsx(rows, more=dict(more))
    answer = client.post("/eigen/import/upload/", {"kind": kind, "list": SimpleUploadedFile("lijst.xlsx", content)})
    assert answer.status_code == 302, answer.content.decode()
    waiting = WaitingFile.objects.latest("pk")
    assert answer["Location"] == f"/eigen/import/{waiting.pk}/"
    return waiting


def page(client: Client, waiting: WaitingFile) -> str:
    answer = client.get(f"/eigen/import/{waiting.pk}/")
    assert answer.status_code == 200
    return answer.content.decode()


def fields(client: Client, waiting: WaitingFile) -> dict[str, str]:
    """What the form on the page would send when nothing is touched."""
    form = client.get(f"/eigen/import/{waiting.pk}/").context["form"]
    return {name: str(form[name].initial or "") for name in form.fields}


def test_an_upload_is_looked_at_and_changes_nothing(cast: Cast, team: Client) -> None:
    waiting = upload(team, Oud=LIST)
    html = page(team, waiting)
    assert "2 mensen kunnen binnenkomen" in html
    assert "Er is nog niets veranderd." in html
    assert "geen-adres" in html
    assert "Dit is geen e-mailadres." in html
    assert "zoe@voorbeeld.example" in html
    assert "Niet gelezen: Oud." in html
    assert "<dd>Telefoon</dd>" in html
    assert "06-1" not in html
    assert not Membership.objects.filter(person__given_name="Zoë").exists()


def test_the_likely_name_stands_ready_and_counts_when_the_button_is_pressed(cast: Cast, team: Client) -> None:
    waiting = upload(team)
    answer = team.post(f"/eigen/import/{waiting.pk}/bring-in/", fields(team, waiting))
    batch = ImportBatch.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, f"/eigen/import/batches/{batch.pk}/")
    zoe = Membership.objects.get(person__given_name="Zoë")
    assert zoe.placements.get().unit == cast.own.units[0]
    karel = Membership.objects.get(person__given_name="Karel")
    assert karel.placements.get().unit == Unit.objects.get(name="Havens")
    assert not WaitingFile.objects.exists()


def test_a_name_can_be_left_open(cast: Cast, team: Client) -> None:
    waiting = upload(team)
    left_open = {name: "none" if name.startswith("near-") else value for name, value in fields(team, waiting).items()}
    team.post(f"/eigen/import/{waiting.pk}/bring-in/", left_open)
    assert Membership.objects.get(person__given_name="Zoë").placements.get().unit is None
    assert not Unit.objects.filter(name="Havens").exists()


def test_a_decision_is_kept_between_looks(cast: Cast, team: Client) -> None:
    waiting = upload(team)
    left_open = {name: "none" if name.startswith("near-") else value for name, value in fields(team, waiting).items()}
    answer = team.post(f"/eigen/import/{waiting.pk}/look/", {**left_open, "usual_level": "follower"})
    assert (answer.status_code, answer["Location"]) == (302, f"/eigen/import/{waiting.pk}/")
    kept = fields(team, waiting)
    assert {value for name, value in kept.items() if name.startswith("near-")} == {"none"}
    assert kept["usual_level"] == "follower"


def test_other_columns_are_looked_at_before_anything_comes_in(cast: Cast, team: Client) -> None:
    waiting = upload(team)
    changed = {**fields(team, waiting), "column-0": "", "column-7": "given name"}
    answer = team.post(f"/eigen/import/{waiting.pk}/bring-in/", changed)
    assert answer["Location"] == f"/eigen/import/{waiting.pk}/"
    assert not ImportBatch.objects.exists()
    team.post(f"/eigen/import/{waiting.pk}/bring-in/", fields(team, waiting))
    assert Person.objects.filter(given_name="06-1", family_name="Müller").exists()


def test_another_sheet_is_read_when_it_is_chosen(cast: Cast, team: Client) -> None:
    waiting = upload(team, Oud=[HEADINGS, ["Oud", "", "Lid", "oud@voorbeeld.example", "", "", ""]])
    team.post(f"/eigen/import/{waiting.pk}/look/", {**fields(team, waiting), "sheet": "Oud"})
    html = page(team, waiting)
    assert "Eén mens kan binnenkomen" in html
    assert "Niet gelezen: Lijst." in html


def test_without_headings_the_page_asks(cast: Cast, team: Client) -> None:
    waiting = upload(team, [["Jan Jansen", "jan@voorbeeld.example"], ["Piet Pietersen", "piet@voorbeeld.example"]])
    html = page(team, waiting)
    assert "Er staan geen kopjes boven. Klopt dit?" in html
    assert "Jan Jansen, Piet Pietersen" in html
    team.post(f"/eigen/import/{waiting.pk}/look/", {**fields(team, waiting), "column-0": "full name"})
    team.post(f"/eigen/import/{waiting.pk}/bring-in/", fields(team, waiting))
    assert Person.objects.filter(given_name="Jan", family_name="Jansen").exists()


def test_without_addresses_the_page_asks_and_nothing_comes_in(cast: Cast, team: Client) -> None:
    waiting = upload(team, [["Naam", "Contact"], ["Jan", "jan(at)voorbeeld"]])
    assert "Waar staan de e-mailadressen?" in page(team, waiting)
    answer = team.post(f"/eigen/import/{waiting.pk}/bring-in/", fields(team, waiting))
    assert answer["Location"] == f"/eigen/import/{waiting.pk}/"
    assert not ImportBatch.objects.exists()


def test_a_double_click_leads_to_the_same_report(cast: Cast, team: Client) -> None:
    waiting = upload(team)
    sent = fields(team, waiting)
    answers = [team.post(f"/eigen/import/{waiting.pk}/bring-in/", sent) for _click in range(2)]
    assert answers[0]["Location"] == answers[1]["Location"]
    assert ImportBatch.objects.count() == 1


def test_the_report_tells_and_the_button_takes_it_back(cast: Cast, team: Client) -> None:
    waiting = upload(team)
    answer = team.post(f"/eigen/import/{waiting.pk}/bring-in/", fields(team, waiting), follow=True)
    html = answer.content.decode()
    assert "2 mensen zijn binnen" in html
    assert "D5" in html
    assert "geen-adres" not in html
    batch = ImportBatch.objects.get()
    answer = team.post(f"/eigen/import/batches/{batch.pk}/undo/", follow=True)
    assert "Deze lijst is teruggedraaid" in answer.content.decode()
    assert not Person.objects.filter(given_name="Zoë").exists()
    again = team.post(f"/eigen/import/batches/{batch.pk}/undo/", follow=True)
    assert "Deze import is al teruggedraaid." in again.content.decode()


def test_who_stays_is_named(cast: Cast, team: Client, client_of: ClientOf) -> None:
    waiting = upload(team)
    team.post(f"/eigen/import/{waiting.pk}/bring-in/", fields(team, waiting))
    client_of(Person.objects.get(given_name="Zoë"))
    answer = team.post(f"/eigen/import/batches/{ImportBatch.objects.get().pk}/undo/", follow=True)
    html = answer.content.decode()
    assert "Eén mens blijft" in html
    assert "Zoë van der Müller" in html
    assert "Karel" not in html


def test_rows_to_mend_come_as_a_sheet_without_formulas(cast: Cast, team: Client) -> None:
    rows: Rows = [["Naam", "E-mail"], ["x", "+31 6 1"], ["P", "@SUM(A1)"], ["A", "a@b.example"]]
    waiting = upload(team, rows)
    answer = team.get(f"/eigen/import/{waiting.pk}/to-mend.xlsx")
    table = sheets.read("x.xlsx", answer.content).table("Te herstellen")
    assert [list(row.values) for row in table.rows] == [
        ["Rij", "Cel", "Wat", "Er staat", "Erin"],
        [2.0, "B2", "Dit is geen e-mailadres.", "'+31 6 1", "nee"],
        [3.0, "B3", "Dit is geen e-mailadres.", "'@SUM(A1)", "nee"],
    ]
    assert table.formulas == frozenset()
    assert 'filename="te-herstellen.xlsx"' in answer["Content-Disposition"]


def test_activities_come_in_with_the_label_that_is_chosen(cast: Cast, team: Client) -> None:
    waiting = upload(team, test_import_activities.LIST, kind="activities")
    assert "5 activiteiten kunnen binnenkomen" in page(team, waiting)
    sent = {**fields(team, waiting), "label": "organisations"}
    answer = team.post(f"/eigen/import/{waiting.pk}/bring-in/", sent, follow=True)
    assert "5 activiteiten zijn binnen" in answer.content.decode()
    assert set(Activity.objects.values_list("label", flat=True)) == {"organisations"}


@pytest.mark.parametrize(
    ("content", "says"),
    [(b"", "leeg"), (b"%PDF-1.4", "geen spreadsheet"), (b"PK\x03\x04rommel", "beschadigd")],
)
def test_what_is_no_list_is_sent_back_with_a_sentence(cast: Cast, team: Client, content: bytes, says: str) -> None:
    answer = team.post("/eigen/import/upload/", {"kind": "people", "list": SimpleUploadedFile("l.xlsx", content)})
    assert answer.status_code == 422
    assert says in answer.content.decode()
    assert not WaitingFile.objects.exists()


def test_an_upload_without_a_file_says_so(cast: Cast, team: Client) -> None:
    answer = team.post("/eigen/import/upload/", {"kind": "people"})
    assert answer.status_code == 422
    assert "Kies een bestand." in answer.content.decode()


def test_fifty_megabytes_are_turned_away_without_being_taken_in(cast: Cast, team: Client) -> None:
    big = SimpleUploadedFile("lijst.xlsx", b"x" * (50 * 1024 * 1024))
    answer = team.post("/eigen/import/upload/", {"kind": "people", "list": big})
    assert answer.status_code == 413
    assert "Dit bestand is 50 MB; een lijst mag 5 MB zijn." in answer.content.decode()
    assert not WaitingFile.objects.exists()


def test_the_upload_wants_its_token(cast: Cast) -> None:
    strict = Client(enforce_csrf_checks=True)
    assert cast.own.lead.account is not None
    strict.force_login(cast.own.lead.account)
    answer = strict.post("/eigen/import/upload/", {"kind": "people", "list": SimpleUploadedFile("l.xlsx", xlsx(LIST))})
    assert answer.status_code == 403
    assert not WaitingFile.objects.exists()


def addresses(cast: Cast, team: Client) -> dict[str, list[str]]:
    waiting = upload(team)
    batch_of = upload(team, [HEADINGS, ["A", "", "B", "a@b.example", "", "", ""]])
    team.post(f"/eigen/import/{batch_of.pk}/bring-in/", fields(team, batch_of))
    list_ = {"waiting_id": waiting.pk}
    batch = {"batch_id": ImportBatch.objects.get().pk}
    named: dict[str, list[tuple[str, dict[str, int]]]] = {
        "get": [
            ("import_page", {}),
            ("list_page", list_),
            ("list_to_mend", list_),
            ("batch_page", batch),
            ("batch_to_mend", batch),
        ],
        "post": [
            ("list_upload", {}),
            ("list_look", list_),
            ("list_bring_in", list_),
            ("list_remove", list_),
            ("batch_undo", batch),
        ],
    }
    return {
        method: [reverse(f"exchange:{name}", kwargs={"slug": "eigen", **kwargs}) for name, kwargs in several]
        for method, several in named.items()
    }


def test_the_pages_are_for_the_team_alone(cast: Cast, team: Client, client_of: ClientOf) -> None:
    urls = addresses(cast, team)
    expected = {None: 302, cast.own.keeper: 403, cast.own.member: 403, cast.own.follower: 403, cast.other.lead: 403}
    before = (WaitingFile.objects.count(), ImportBatch.objects.filter(undone_at=None).count())
    for person, status in expected.items():
        client = client_of(person)
        for method, several in urls.items():
            for url in several:
                assert getattr(client, method)(url).status_code == status, (person, url)
    assert (WaitingFile.objects.count(), ImportBatch.objects.filter(undone_at=None).count()) == before
    for url in urls["get"]:
        assert team.get(url).status_code == 200


def test_another_programme_does_not_exist_for_them(cast: Cast, team: Client) -> None:
    urls = addresses(cast, team)
    for url in [*urls["get"], *urls["post"]]:
        other = url.replace("/eigen/", "/ander/")
        assert team.get(other).status_code in (404, 405)
        assert team.post(other).status_code in (404, 405)


def test_a_list_is_nobody_elses_even_in_the_same_team(cast: Cast, team: Client, client_of: ClientOf) -> None:
    waiting = upload(team)
    grant(cast.own.member, cast.own.community, Role.TEAM)
    second = client_of(cast.own.member)
    assert second.get(f"/eigen/import/{waiting.pk}/").status_code == 404
    assert second.post(f"/eigen/import/{waiting.pk}/bring-in/").status_code == 404
    assert second.get("/eigen/import/").status_code == 200


def test_a_list_is_gone_after_a_day(cast: Cast, team: Client) -> None:
    waiting = upload(team)
    WaitingFile.objects.update(at=clock.now() - timedelta(hours=25))
    assert team.get(f"/eigen/import/{waiting.pk}/").status_code == 404


def test_a_list_can_be_thrown_away(cast: Cast, team: Client) -> None:
    waiting = upload(team)
    answer = team.post(f"/eigen/import/{waiting.pk}/remove/")
    assert (answer.status_code, answer["Location"]) == (302, "/eigen/import/")
    assert not WaitingFile.objects.exists()


def cost(client: Client, url: str) -> int:
    client.get(url)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(url).status_code == 200
    return len(captured)


def test_looking_costs_the_same_for_three_rows_and_three_hundred(cast: Cast, team: Client) -> None:
    def rows(count: int) -> Rows:
        return [
            HEADINGS,
            *[["A", "", f"B{n}", f"a{n}@voorbeeld.example", f"Onderdeel {n}", "", ""] for n in range(count)],
        ]

    few, many = upload(team, rows(3)), upload(team, rows(300))
    assert cost(team, f"/eigen/import/{few.pk}/") == cost(team, f"/eigen/import/{many.pk}/") <= 15


def test_the_list_of_imports_costs_the_same_for_three_and_three_hundred(cast: Cast, team: Client) -> None:
    def add(count: int) -> None:
        for _number in range(count):
            ImportBatch.objects.create(
                community=cast.own.community,
                kind=ImportKind.PEOPLE,
                file_name="l.xlsx",
                at=clock.now(),
                by=cast.own.lead,
            )

    add(3)
    few = cost(team, "/eigen/import/")
    add(297)
    assert few == cost(team, "/eigen/import/") <= 15


def test_the_page_with_the_people_leads_the_team_there(cast: Cast, team: Client, client_of: ClientOf) -> None:
    link = 'href="/eigen/import/?kind=people"'
    assert link in team.get("/eigen/people/").content.decode()
    assert link not in client_of(cast.own.member).get("/eigen/people/").content.decode()
