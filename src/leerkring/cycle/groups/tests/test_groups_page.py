from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from leerkring.community.meetings.enums import MeetingKind
from leerkring.community.meetings.models import Meeting
from leerkring.community.memberships.enums import CommunityKind, Label
from leerkring.community.memberships.models import Community, Membership
from leerkring.community.people.models import Person
from leerkring.cycle.groups import queries
from leerkring.cycle.groups.enums import GroupState
from leerkring.cycle.groups.models import LearningGroup
from leerkring.cycle.groups.rows import rows_of
from leerkring.cycle.groups.tests.making import ODD, make_group, make_member, make_question, make_theme
from leerkring.platform import clock
from tests.cast import Cast

ClientOf = Callable[[Person | None], Client]


def page(browser: Client, address: str = "groups/") -> str:
    answer = browser.get(f"/eigen/{address}")
    assert answer.status_code == 200
    return answer.content.decode()


def meet(group: LearningGroup, *, days: int, label: Label = Label.PROGRAMME) -> Meeting:
    starts_at = clock.now() + timedelta(days=days)
    return Meeting.objects.create(
        community=group.circle,
        kind=MeetingKind.GROUP_MEETING,
        title="Bij elkaar",
        starts_at=starts_at,
        ends_at=starts_at + timedelta(hours=1),
        label=label,
    )


def test_groups_stand_under_their_theme_with_contact_question_and_guide(cast: Cast, client_of: ClientOf) -> None:
    theme, question = make_theme(cast.own, "Inkoop"), make_question(cast.own, "Wie belt er?", code="A")
    make_group(cast.own, "Vroege bellers", theme=theme, questions=[question])
    text = page(client_of(cast.own.follower))
    for words in ("1 leergroep is aan het werk", "Inkoop", "Vroege bellers", "Wie belt er?", cast.own.member.name):
        assert words in text
    assert "1 persoon" in text
    assert "zelfstandig" in text


def test_labels_decide_which_groups_there_are(cast: Cast, client_of: ClientOf) -> None:
    make_group(cast.own, "Open groep", label=Label.PUBLIC)
    make_group(cast.own, "Eigen groep", contact=cast.own.keeper)
    make_group(cast.own, "Besloten groep", contact=cast.own.keeper, label=Label.GROUP)
    seen = {
        person: {name for name in ("Open groep", "Eigen groep", "Besloten groep") if name in page(client_of(person))}
        for person in (None, cast.outsider, cast.own.member, cast.own.keeper, cast.own.lead)
    }
    assert seen == {
        None: {"Open groep"},
        cast.outsider: {"Open groep"},
        cast.own.member: {"Open groep", "Eigen groep"},
        cast.own.keeper: {"Open groep", "Eigen groep", "Besloten groep"},
        cast.own.lead: {"Open groep", "Eigen groep", "Besloten groep"},
    }


def test_names_and_small_numbers_stay_in_the_programme(cast: Cast, client_of: ClientOf) -> None:
    make_group(cast.own, label=Label.PUBLIC)
    text = page(client_of(None))
    assert cast.own.member.name not in text
    assert "minder dan vijf mensen" in text
    for number in range(4):
        LearningGroup.objects.get().circle.memberships.create(
            person=make_member(cast.own, f"Lid {number}"), since_on=clock.today()
        )
    assert "5 mensen" in page(client_of(None))


def test_a_quiet_group_is_told_kindly(cast: Cast, client_of: ClientOf) -> None:
    with clock.at(clock.now() - timedelta(days=100)):
        group = make_group(cast.own, state=GroupState.WORKING)
    met = meet(group, days=-60)
    text = page(client_of(cast.own.follower))
    assert "al een tijdje stil" in text
    assert "geen afspraak sinds" in text
    meet(group, days=5)
    assert "al een tijdje stil" not in page(client_of(cast.own.follower))
    assert met.title not in text


def test_since_when_it_is_quiet_is_not_told_by_meetings_that_are_hidden(cast: Cast) -> None:
    with clock.at(clock.now() - timedelta(days=100)):
        group = make_group(cast.own, state=GroupState.WORKING)
    meet(group, days=-60, label=Label.GROUP)

    def row(person: Person) -> tuple[bool, bool]:
        groups = queries.groups_with_facts(person, queries.groups_visible_to(person, cast.own.community))
        (only,) = rows_of(person, groups)
        return only.is_quiet, only.quiet_since is not None

    assert row(cast.own.member) == (True, True)
    assert row(cast.own.follower) == (True, False)


def test_who_may_begin_sees_how(cast: Cast, client_of: ClientOf) -> None:
    assert "Vorm een groep" in page(client_of(cast.own.facilitator))
    assert "Stel een groep voor" in page(client_of(cast.own.member))
    for person in (cast.own.follower, None):
        assert "Stel een groep voor" not in page(client_of(person))


@pytest.mark.parametrize("name", ODD)
def test_any_name_is_shown_as_it_was_typed(cast: Cast, client_of: ClientOf, name: str) -> None:
    make_group(cast.own, name)
    text = page(client_of(cast.own.lead))
    assert name.replace("<", "&lt;").replace(">", "&gt;").replace("'", "&#x27;") in text


def _many_groups(cast: Cast, count: int) -> None:
    for number in range(count):
        circle = Community.objects.create(kind=CommunityKind.GROUP, root=cast.own.community, name=f"Groep {number}")
        group = LearningGroup.objects.create(
            community=cast.own.community,
            circle=circle,
            name=f"Groep {number}",
            state=GroupState.WORKING,
            formed_on=clock.today(),
            changed_at=clock.now(),
        )
        group.questions.add(make_question(cast.own, f"Vraag {number}?"))
        Membership.objects.create(community=circle, person=cast.own.keeper, since_on=clock.today())


def test_three_groups_and_three_hundred_cost_the_same(cast: Cast, client_of: ClientOf) -> None:
    browser = client_of(cast.own.member)
    _many_groups(cast, 3)
    page(browser)
    with CaptureQueriesContext(connection) as few:
        page(browser)
    _many_groups(cast, 297)
    with CaptureQueriesContext(connection) as many:
        page(browser)
    assert len(many) == len(few) <= 15
