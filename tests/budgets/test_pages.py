"""A page of one thing asks the database as often for 3 rows as for 300, and at most fifteen times."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from leerkring.community.meetings.models import Attendance, Material, Meeting, RunSheetItem
from leerkring.community.memberships.enums import Label, Level
from leerkring.community.memberships.models import Membership
from leerkring.community.people.models import Person
from leerkring.cycle.groups.models import Case, LearningGroup
from leerkring.cycle.groups.tests.making import make_group, make_question
from leerkring.cycle.insights.models import FollowUpQuestion, HarvestItem, Insight, Thread
from leerkring.cycle.insights.tests.making import make_insight, make_meeting
from leerkring.cycle.questions.models import Action, LearningQuestion, StateChange, Wording
from leerkring.cycle.uptake.models import Change, Uptake
from leerkring.platform import clock
from leerkring.platform.facts.kept import forget_kept
from tests.cast import Cast, ProgrammeCast

pytestmark = pytest.mark.django_db(transaction=True)

MOST = 15
ROLES = ("lead", "keeper", "facilitator", "member", "follower")


class World:
    """One of everything, tied together, and more of it when asked."""

    def __init__(self, own: ProgrammeCast) -> None:
        self.own = own
        self.question: LearningQuestion = make_question(own)
        self.group: LearningGroup = make_group(own)
        self.meeting: Meeting = make_meeting(own)
        self.insight: Insight = make_insight(own, meeting=self.meeting, group=self.group, questions=[self.question])
        self.change = Change.objects.create(community=own.community, title="Eerder bellen", made_at=clock.now())
        self.change.insights.add(self.insight)
        self.group.questions.add(self.question)

    def path(self, page: str) -> str:
        thing = getattr(self, page)
        folder = {"change": "uptake/changes"}.get(page, f"{page}s")
        return f"/eigen/{folder}/{thing.pk}/"

    def grow(self, count: int) -> None:
        own, now = self.own, clock.now()
        base = {"community": own.community, "label": Label.PROGRAMME}
        start = LearningQuestion.objects.count()
        numbers = range(start, start + count)
        people = Person.objects.bulk_create(
            Person(given_name=f"P{n}", family_name="Velen", name_key=f"velen p{n}") for n in numbers
        )
        asked = LearningQuestion.objects.bulk_create(
            LearningQuestion(**base, wording=f"Vraag {n}?", raised_at=now, code=f"X{n}"[:4]) for n in numbers
        )
        found = Insight.objects.bulk_create(
            Insight(
                **base, sentence=f"Inzicht {n}", meeting=self.meeting, group=self.group, found_on=now, changed_at=now
            )
            for n in numbers
        )
        Insight.questions.through.objects.bulk_create(
            Insight.questions.through(insight=insight, learningquestion=self.question) for insight in found
        )
        Action.objects.bulk_create(Action(question=self.question, text=f"Doe {n}", made_at=now) for n in numbers)
        Wording.objects.bulk_create(Wording(question=self.question, text=f"Vraag {n}?", at=now) for n in numbers)
        StateChange.objects.bulk_create(StateChange(question=self.question, after="raised", at=now) for _ in numbers)
        FollowUpQuestion.objects.bulk_create(
            FollowUpQuestion(insight=self.insight, question=question, at=now) for question in asked
        )
        self.group.questions.add(*asked)
        self.change.insights.add(*found)
        Case.objects.bulk_create(Case(**base, group=self.group, title=f"Casus {n}", changed_at=now) for n in numbers)
        Membership.objects.bulk_create(
            Membership(community=self.group.circle, person=person, level=Level.ACTIVE, since_on=clock.today())
            for person in people
        )
        Attendance.objects.bulk_create(Attendance(meeting=self.meeting, person=person) for person in people)
        RunSheetItem.objects.bulk_create(
            RunSheetItem(meeting=self.meeting, position=n, minutes=5, title=f"Deel {n}") for n in numbers
        )
        Material.objects.bulk_create(
            Material(**base, meeting=self.meeting, title=f"Stuk {n}", url="https://voorbeeld.example/", added_at=now)
            for n in numbers
        )
        HarvestItem.objects.bulk_create(
            HarvestItem(meeting=self.meeting, text=f"Regel {n}", position=n, at=now, changed_at=now) for n in numbers
        )
        threads = Thread.objects.bulk_create(
            Thread(**base, title=f"Lijn {n}", made_at=now, changed_at=now) for n in numbers
        )
        Thread.insights.through.objects.bulk_create(
            Thread.insights.through(thread=thread, insight=self.insight) for thread in threads
        )
        units = type(own.units[0]).objects.bulk_create(
            type(own.units[0])(organisation=own.organisation, name=f"Deel {n}", position=n) for n in numbers
        )
        Uptake.objects.bulk_create(Uptake(change=self.change, unit=unit) for unit in units)


@pytest.mark.parametrize("page", ["question", "group", "meeting", "insight", "change"])
def test_a_page_asks_as_often_for_3_as_for_300(
    cast: Cast, client_of: Callable[[Person | None], Client], page: str
) -> None:
    case = World(cast.own)
    browsers = {role: client_of(getattr(cast.own, role)) for role in ROLES} | {"visitor": client_of(None)}

    def counted() -> dict[str, int]:
        forget_kept()
        counts = {}
        for role, browser in browsers.items():
            browser.get(case.path(page))
            with CaptureQueriesContext(connection) as captured:
                browser.get(case.path(page))
            counts[role] = len(captured)
        return counts

    case.grow(3)
    few = counted()
    case.grow(297)
    assert counted() == few
    assert {role: count for role, count in few.items() if count > MOST} == {}
