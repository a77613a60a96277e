from collections.abc import Callable

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from leerkring.community.memberships.enums import Label
from leerkring.cycle.questions import actions, queries
from leerkring.cycle.questions.models import LearningQuestion
from leerkring.direction.strategy.models import Activity, Goal
from leerkring.platform.rules import Refused
from tests.cast import Cast, ProgrammeCast


def goal_of(cast: ProgrammeCast, label: Label = Label.PROGRAMME) -> Goal:
    return Goal.objects.create(community=cast.community, title="Circulair", target_year=2030, label=label)


def activity_of(cast: ProgrammeCast) -> Activity:
    return Activity.objects.create(community=cast.community, title="Advies op maat", label=Label.PROGRAMME)


def test_a_label_opens_and_closes(raised: LearningQuestion, cast: Cast, facts: Callable[[], list[str]]) -> None:
    own = cast.own
    assert not queries.questions_visible_to(None, own.community).exists()
    actions.change_label(question=raised, label=Label.PUBLIC, by=own.member)
    assert list(queries.questions_visible_to(None, own.community)) == [raised]
    actions.change_label(question=raised, label=Label.PROGRAMME, by=own.keeper)
    assert not queries.questions_visible_to(cast.own.colleague, own.community).exists()
    assert facts()[1:] == ["QuestionLabelled", "QuestionLabelled"]


def test_a_label_is_refused(listed: LearningQuestion, cast: Cast) -> None:
    for person in (cast.own.member, cast.own.facilitator, cast.other.keeper):
        with pytest.raises(PermissionDenied):
            actions.change_label(question=listed, label=Label.PUBLIC, by=person)
    with pytest.raises(Refused):
        actions.change_label(question=listed, label=Label.GROUP, by=cast.own.keeper)


def test_goals_and_activities_are_linked_and_loosened(
    listed: LearningQuestion, cast: Cast, facts: Callable[[], list[str]]
) -> None:
    own = cast.own
    goal, activity = goal_of(own), activity_of(own)
    actions.set_links(question=listed, goals=[goal], activities=[activity], by=own.facilitator)
    assert (queries.goals_of(own.member, listed), queries.activities_of(own.member, listed)) == ([goal], [activity])
    actions.set_links(question=listed, goals=[], activities=[activity], by=own.facilitator)
    actions.unlink_activity(question=listed, activity=activity, by=own.facilitator)
    assert (list(listed.goals.all()), list(listed.activities.all())) == ([], [])
    assert facts()[2:] == ["GoalLinked", "ActivityLinked", "GoalLinked", "ActivityLinked"]


def test_links_are_refused(listed: LearningQuestion, cast: Cast) -> None:
    with pytest.raises(Refused):
        actions.link_goal(question=listed, goal=goal_of(cast.other), by=cast.own.keeper)
    with pytest.raises(Refused):
        actions.link_activity(question=listed, activity=activity_of(cast.other), by=cast.own.keeper)
    with pytest.raises(PermissionDenied):
        actions.link_goal(question=listed, goal=goal_of(cast.own), by=cast.own.member)


def test_a_goal_that_one_may_not_read_is_not_shown_nor_lost(listed: LearningQuestion, cast: Cast) -> None:
    hidden = goal_of(cast.own, Label.GROUP)
    actions.link_goal(question=listed, goal=hidden, by=cast.own.lead)
    assert queries.goals_of(cast.own.member, listed) == []
    actions.set_links(question=listed, goals=[], activities=[], by=cast.own.facilitator)
    assert list(listed.goals.all()) == [hidden]


def test_forms(listed: LearningQuestion, cast: Cast, client_of: Callable[..., Client]) -> None:
    own = cast.own
    goal = goal_of(own)
    keeper = client_of(own.keeper)
    base = f"/eigen/questions/{listed.pk}"
    assert keeper.post(f"{base}/links/", {"goals": [goal.pk]}).status_code == 302
    assert list(listed.goals.all()) == [goal]
    assert keeper.post(f"{base}/links/", {"goals": [goal_of(cast.other).pk]}).status_code == 422
    assert keeper.post(f"{base}/label/", {"label": "public"}).status_code == 302
    assert keeper.post(f"{base}/label/", {"label": "nonsense"}).status_code == 302
    theme = actions.put_theme(community=own.community, name="Inkoop", by=own.keeper)
    foreign = actions.put_theme(community=cast.other.community, name="Vreemd", by=cast.other.keeper)
    assert keeper.post(f"{base}/theme/", {"theme": theme.pk}).status_code == 302
    assert keeper.post(f"{base}/theme/", {"theme": foreign.pk}).status_code == 302
    assert client_of(own.member).post(f"{base}/theme/", {"theme": ""}).status_code == 403
    assert client_of(own.member).post(f"{base}/label/", {"label": "public"}).status_code == 403
    listed.refresh_from_db()
    assert (listed.label, listed.theme) == (Label.PUBLIC, theme)
