from collections.abc import Callable
from datetime import timedelta

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from leerkring.community.meetings.enums import MeetingKind
from leerkring.community.meetings.models import Meeting
from leerkring.community.memberships.enums import Label
from leerkring.community.memberships.models import Membership
from leerkring.community.people.models import Person
from leerkring.cycle.groups import actions
from leerkring.cycle.groups.enums import GroupState
from leerkring.cycle.groups.models import Case, LearningGroup
from leerkring.cycle.groups.tests.making import make_group, make_member, make_question
from leerkring.platform import clock
from tests.cast import Cast

ClientOf = Callable[[Person | None], Client]


def page(browser: Client, group: LearningGroup) -> str:
    answer = browser.get(f"/eigen/groups/{group.pk}/")
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_group_shows_what_it_is_on_and_who_is_in_it(cast: Cast, client_of: ClientOf) -> None:
    question = make_question(cast.own, "Wie belt er?", code="A")
    group = make_group(cast.own, purpose="Uitzoeken hoe", questions=[question])
    actions.put_case(group=group, title="Sloop van de sporthal", by=cast.own.member)
    text = page(client_of(cast.own.follower), group)
    for words in (group.name, "Uitzoeken hoe", "Wie belt er?", "Sloop van de sporthal", cast.own.member.name):
        assert words in text
    assert "Doe mee met deze groep" in text


def test_what_bears_the_label_group_is_for_its_members_and_the_team(cast: Cast, client_of: ClientOf) -> None:
    group = make_group(cast.own)
    actions.put_case(group=group, title="Geheime casus", by=cast.own.member, label=Label.GROUP)
    Meeting.objects.create(
        community=group.circle, kind=MeetingKind.GROUP_MEETING, title="Besloten afspraak", label=Label.GROUP,
        starts_at=clock.now(), ends_at=clock.now() + timedelta(hours=1),
    )  # fmt: skip
    for person, sees in ((cast.own.member, True), (cast.own.lead, True), (cast.own.keeper, False)):
        text = page(client_of(person), group)
        assert ("Geheime casus" in text, "Besloten afspraak" in text) == (sees, sees)


def test_another_programme_and_a_forged_id_are_not_there(cast: Cast, client_of: ClientOf) -> None:
    browser = client_of(cast.own.lead)
    other = make_group(cast.other, label=Label.PUBLIC)
    for address in (f"/eigen/groups/{other.pk}/", "/eigen/groups/999999/", f"/ander/groups/{other.pk}/"):
        assert browser.get(address).status_code == 404


def test_a_visitor_sees_no_names(cast: Cast, client_of: ClientOf) -> None:
    group = make_group(cast.own, label=Label.PUBLIC)
    text = page(client_of(None), group)
    assert cast.own.member.name not in text
    assert "minder dan vijf mensen" in text


def test_successors_and_predecessors_are_linked(cast: Cast, client_of: ClientOf) -> None:
    group = make_group(cast.own, state=GroupState.WORKING)
    hout, _steen = actions.split_group(
        group=group, parts=[actions.Part("Hout"), actions.Part("Steen")], by=cast.own.lead
    )
    browser = client_of(cast.own.member)
    assert "Ging verder als" in page(browser, group)
    assert "Hout" in page(browser, group)
    text = page(browser, hout)
    assert "Kwam voort uit" in text
    assert group.name in text


def test_the_next_step_fits_the_reader(cast: Cast, client_of: ClientOf) -> None:
    with clock.at(clock.now() - timedelta(days=100)):
        group = make_group(cast.own, state=GroupState.WORKING)
    assert "Plan een nieuwe afspraak" in page(client_of(cast.own.member), group)
    assert "Plan een nieuwe afspraak" not in page(client_of(cast.own.follower), group)
    werkplaats = cast.own.meeting(days=10)
    assert f"/groups/{group.pk}/results/{werkplaats.pk}/edit/" in page(client_of(cast.own.member), group)
    assert "/edit/" not in page(client_of(cast.own.follower), group)


def test_a_big_group_costs_no_more_queries(cast: Cast, client_of: ClientOf) -> None:
    def fill(group: LearningGroup, numbers: range) -> None:
        for number in numbers:
            person = make_member(cast.own, f"Lid{number}")
            Membership.objects.create(community=group.circle, person=person, since_on=clock.today())
            Case.objects.create(community=group.circle, group=group, title=f"Casus {number}", changed_at=clock.now())
            group.questions.add(make_question(cast.own, f"Vraag {number}?"))

    group = make_group(cast.own)
    browser = client_of(cast.own.member)
    fill(group, range(3))
    page(browser, group)
    with CaptureQueriesContext(connection) as few:
        page(browser, group)
    fill(group, range(3, 40))
    with CaptureQueriesContext(connection) as many:
        page(browser, group)
    assert len(many) == len(few)
