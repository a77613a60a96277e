"""The public page of a programme: what anybody may read, and not a word more."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from leerkring.community.meetings.models import Meeting
from leerkring.community.memberships.enums import Door, Label
from leerkring.community.people.models import Person
from leerkring.cycle.agenda.models import Agenda, AgendaEntry, AgendaVersion
from leerkring.cycle.questions.enums import QuestionState
from leerkring.cycle.questions.models import LearningQuestion
from leerkring.cycle.uptake.models import Change, Uptake
from leerkring.direction.programmes.enums import EditionState
from leerkring.direction.programmes.models import Edition
from leerkring.direction.programmes.tests.stories import edition_of
from leerkring.direction.strategy import actions as strategy
from leerkring.outward.publishing.models import ContactMessage
from leerkring.overview.figures.counting import Hidden
from leerkring.overview.figures.definitions import DEFINITIONS
from leerkring.platform import clock
from tests.cast import Cast, join, make_person

ClientOf = Callable[[Person | None], Client]


def html_of(client: Client, slug: str = "eigen") -> str:
    answer = client.get(f"/{slug}/")
    assert answer.status_code == 200
    return answer.content.decode()


def open_meeting(cast: Cast, title: str, label: Label = Label.PUBLIC, days: int = 14, **more: object) -> Meeting:
    meeting = cast.own.meeting(days=days, label=label, title=title)
    Meeting.objects.filter(pk=meeting.pk).update(is_open=True, **more)
    return meeting


def set_version(cast: Cast, *questions: tuple[str, Label], label: Label = Label.PUBLIC) -> AgendaVersion:
    community = cast.own.community
    agenda, _made = Agenda.objects.get_or_create(community=community)
    version = AgendaVersion.objects.create(
        community=community,
        label=label,
        agenda=agenda,
        number=AgendaVersion.objects.filter(agenda=agenda).count() + 1,
        meeting=cast.own.meeting(),
        set_on=clock.today(),
        set_at=clock.now(),
        set_by_name="Lead",
        stubborn_after=3,
    )
    for position, (wording, question_label) in enumerate(questions):
        question = LearningQuestion.objects.create(
            community=community,
            label=question_label,
            code=f"{chr(65 + position)}{version.number}",
            wording=wording,
            state=QuestionState.ON_AGENDA,
            raised_at=clock.now(),
        )
        AgendaEntry.objects.create(
            version=version,
            question=question,
            code=question.code or "",
            position=position,
            is_listed=True,
            wording=wording,
            state=QuestionState.ON_AGENDA,
            origin=question.origin,
        )
    return version


def test_a_visitor_reads_what_it_is_for(cast: Cast, client: Client) -> None:
    programme = cast.own.programme
    programme.purpose = "Eerste alinea.\n\nTweede alinea."
    programme.long_term_goals = "Circulair in 2050."
    programme.publications_to_come = "- Essay over inkoop\n- Verslag"
    programme.save()
    html = html_of(client)
    assert '<h1 class="utrecht-heading-1">Wij leren samen</h1>' in html
    assert "Gemeente Eigen · open leergemeenschap" in html
    for text in ("Eerste alinea.", "Tweede alinea.", "Circulair in 2050.", "Essay over inkoop", "Verslag"):
        assert text in html


def test_only_open_public_meetings_to_come_are_shown(cast: Cast, client: Client) -> None:
    open_meeting(cast, "Open dag", days=20, places_count=40)
    open_meeting(cast, "Eerste", days=10)
    open_meeting(cast, "Alleen programma", Label.PROGRAMME)
    open_meeting(cast, "Voorbij", days=-10)
    open_meeting(cast, "Afgelast", state="cancelled")
    cast.own.meeting(label=Label.PUBLIC, title="Besloten")
    html = html_of(client)
    assert html.index("Eerste") < html.index("Open dag")
    assert "Nog 40 plaatsen." in html
    for hidden in ("Alleen programma", "Voorbij", "Afgelast", "Besloten"):
        assert hidden not in html


def test_places_left_count_who_comes(cast: Cast, client: Client) -> None:
    meeting = open_meeting(cast, "Klein", places_count=2)
    meeting.attendances.create(person=cast.own.member)
    meeting.attendances.create(person=cast.own.follower, presence="excused")
    assert "Nog één plaats." in html_of(client)
    meeting.attendances.create(person=cast.own.lead)
    assert "Vol." in html_of(client)


def test_only_public_questions_of_the_version_are_shown_and_counted(cast: Cast, client: Client) -> None:
    set_version(cast, ("Oude vraag?", Label.PUBLIC))
    AgendaVersion.objects.update(state="superseded")
    set_version(
        cast, ("Openbare vraag?", Label.PUBLIC), ("Vraag van binnen?", Label.PROGRAMME), ("Nog een?", Label.PUBLIC)
    )
    html = html_of(client)
    assert "Openbare vraag?" in html
    assert "Alle 2 vragen van versie 2" in html
    assert "Vraag van binnen?" not in html
    assert "Oude vraag?" not in html


def test_a_version_that_is_not_public_is_not_shown(cast: Cast, client: Client) -> None:
    set_version(cast, ("Openbare vraag?", Label.PUBLIC), label=Label.PROGRAMME)
    html = html_of(client)
    assert "Openbare vraag?" not in html
    assert "De eerste vragen staan hier als de leeragenda vaststaat" in html


def test_goals_come_with_their_last_value(cast: Cast, client: Client) -> None:
    own = cast.own
    goal = strategy.set_goal(
        community=own.community,
        title="Half materiaal",
        target_year=2030,
        target_value=Decimal(50),
        measured_in="%",
        by=own.lead,
    )
    strategy.set_goal(community=own.community, title="Intern", target_year=2026, by=own.lead, label=Label.PROGRAMME)
    strategy.measure_goal(goal=goal, measured_on=date(2024, 3, 1), value=Decimal(62), by=own.lead)
    html = html_of(client)
    assert "2030: Half materiaal" in html
    assert "Nu 62 %, gemeten in maart 2024; het doel is 50." in html
    assert "Intern" not in html


def test_public_changes_that_landed_are_shown(cast: Cast, client: Client) -> None:
    def change(title: str, *steps: int, label: Label = Label.PUBLIC) -> None:
        made = Change.objects.create(community=cast.own.community, label=label, title=title, made_at=clock.now())
        for unit, step in zip(cast.own.units, steps, strict=False):
            Uptake.objects.create(change=made, unit=unit, step=step, review_on=clock.today() if step == 5 else None)

    change("Inkoop eerst", 5, 5, 2)
    change("Paspoort", 3, 4)
    change("Pas begonnen", 2)
    change("Van binnen", 5, label=Label.PROGRAMME)
    html = html_of(client)
    assert html.index("Inkoop eerst") < html.index("Paspoort")
    assert "de norm bij 2 onderdelen" in html
    assert "in gebruik bij 2 onderdelen" in html
    assert "Pas begonnen" not in html
    assert "Van binnen" not in html


def test_figures_stand_with_what_they_count_and_give_nobody_away(cast: Cast, client: Client) -> None:
    for number in range(3):
        join(make_person(f"Extra{number}"), cast.own.community)
    html = html_of(client)
    sentence = f"{DEFINITIONS['members_now'].sentence}"
    assert f'<dd class="n num">9</dd><dd>{sentence}</dd>' in html
    cast.own.community.memberships.exclude(person=cast.own.lead).delete()
    html = html_of(client)
    assert f'<dd class="n num n--words">{Hidden.FEWER_THAN_FIVE.label}</dd><dd>{sentence}</dd>' in html


def test_no_person_is_named(cast: Cast, client: Client) -> None:
    open_meeting(cast, "Open dag")
    html = html_of(client)
    for person in (cast.own.lead, cast.own.facilitator, cast.own.member, cast.own.follower):
        assert person.name not in html
        assert person.given_name not in html


def test_a_programme_that_is_not_public_does_not_exist_for_strangers(
    cast: Cast, client: Client, client_of: ClientOf
) -> None:
    for stranger in (client, client_of(cast.outsider), client_of(cast.own.lead)):
        assert stranger.get("/ander/").status_code == 404
        assert stranger.get("/ander/contact/").status_code == 404
        assert stranger.post("/ander/contact/").status_code == 404
    html = html_of(client_of(cast.other.member), "ander")
    assert '<meta name="robots" content="noindex">' in html


def test_search_engines_get_a_description(cast: Cast, client: Client) -> None:
    cast.own.programme.purpose = "Leren <b>hoe</b> het moet. " + "Heel lang. " * 40
    cast.own.programme.save()
    html = html_of(client)
    assert '<meta name="description" content="Leren &lt;b&gt;hoe&lt;/b&gt; het moet.' in html
    assert '<meta property="og:title" content="Wij leren samen">' in html
    assert "og:image" not in html
    assert 'content="noindex"' not in html


@pytest.mark.parametrize("door", [Door.ANYONE, Door.ORGANISATIONS])
def test_a_visitor_can_become_a_follower(cast: Cast, client: Client, door: Door) -> None:
    cast.own.community.follow_door = door
    cast.own.community.save()
    assert 'href="/eigen/follow/"' in html_of(client)


def test_by_invitation_only_one_writes_instead(cast: Cast, client: Client) -> None:
    cast.own.community.follow_door = Door.INVITED
    cast.own.community.save()
    html = html_of(client)
    assert 'href="/eigen/follow/"' not in html
    assert 'href="#write"' in html


def test_who_belongs_goes_on_to_the_own_screen(cast: Cast, client_of: ClientOf) -> None:
    for person in (cast.own.follower, cast.own.member, cast.own.lead):
        html = html_of(client_of(person))
        assert "Naar mijn scherm" in html
        assert 'href="/eigen/follow/"' not in html


def test_the_team_sees_how_many_messages_wait(cast: Cast, client_of: ClientOf) -> None:
    ContactMessage.objects.create(
        community=cast.own.community, name="A", address="a@b.example", text="Hoi", sent_at=clock.now(), device="x"
    )
    assert "Eén bericht wacht op antwoord" in html_of(client_of(cast.own.lead))
    assert "Eén bericht wacht op antwoord" not in html_of(client_of(cast.own.member))


def test_the_page_costs_the_same_for_three_and_three_hundred(cast: Cast, client: Client) -> None:
    def cost() -> int:
        client.get("/eigen/")
        with CaptureQueriesContext(connection) as captured:
            html_of(client)
        return len(captured)

    def add(count: int) -> None:
        for number in range(count):
            open_meeting(cast, f"Open {number}")
            strategy.set_goal(community=cast.own.community, title=f"Doel {number}", target_year=2030, by=cast.own.lead)
        set_version(cast, *((f"Vraag {number}?", Label.PUBLIC) for number in range(min(count, 20))))

    add(3)
    few = cost()
    AgendaVersion.objects.update(state="superseded")
    add(60)
    assert few == cost() <= 15


def test_security_txt_says_whom_to_tell(client: Client, db: None) -> None:
    answer = client.get("/.well-known/security.txt")
    assert (answer.status_code, answer["Content-Type"]) == (200, "text/plain; charset=utf-8")
    lines = dict(line.split(": ", 1) for line in answer.content.decode().splitlines())
    assert set(lines) == {"Contact", "Expires", "Preferred-Languages", "Canonical"}
    assert lines["Contact"].startswith("mailto:")
    within_a_year = (clock.now() + timedelta(days=365)).strftime("%Y-%m-%dT%H:%M:%SZ")
    assert clock.now().strftime("%Y-%m-%dT%H:%M:%SZ") < lines["Expires"] < within_a_year


def test_robots_may_read_public_pages(client: Client, db: None) -> None:
    answer = client.get("/robots.txt")
    assert answer.status_code == 200
    assert "Disallow: /sign-in/" in answer.content.decode()
    assert "Disallow: /\n" not in answer.content.decode()


def test_a_visitor_finds_the_edition_that_anybody_may_register_for(cast: Cast, client_of: ClientOf) -> None:
    draft, by_link, ours = (
        edition_of(cast.own, state=state)
        for state in (EditionState.DRAFT, EditionState.RECRUITING, EditionState.RECRUITING)
    )
    Edition.objects.exclude(pk=by_link.pk).update(is_open_to_all=True)
    page = html_of(client_of(None))
    assert f"/eigen/editions/{ours.pk}/register/" in page
    assert f"/eigen/editions/{by_link.pk}/register/" not in page
    assert f"/eigen/editions/{draft.pk}/register/" not in page
