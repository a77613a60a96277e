"""What participants think of an initiative, who does the next step, and what it is linked to."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from leerkring.community.memberships.enums import Label
from leerkring.cycle.questions.enums import Size
from leerkring.cycle.uptake import actions, queries
from leerkring.cycle.uptake.enums import ChangeKind
from leerkring.cycle.uptake.field import spread_of
from leerkring.cycle.uptake.judging import Judged, judged_together
from leerkring.cycle.uptake.models import Initiative, InitiativeJudgement
from leerkring.cycle.uptake.tests.facts import facts_named
from leerkring.direction.strategy import actions as strategy
from leerkring.platform import clock
from leerkring.platform.rules import Refused
from tests.cast import Cast

Browser = Callable[..., Client]


def url(cast: Cast, name: str, *ids: int) -> str:
    return reverse(f"uptake:{name}", args=[cast.own.community.slug, *ids])


@pytest.fixture
def initiative(cast: Cast) -> Initiative:
    return actions.put_initiative(
        community=cast.own.community, title="Ambachtscentrum", carrier=cast.own.member,
        organisations=[cast.own.organisation], by=cast.own.member,
    )  # fmt: skip


def test_judgements_are_shown_together_and_not_below_three() -> None:
    said = [(Size.SMALL, Size.LARGE), (Size.LARGE, Size.LARGE), (Size.LARGE, Size.MEDIUM)]
    rows = [InitiativeJudgement(initiative_id=1, effort=effort, impact=impact) for effort, impact in said]
    assert judged_together(rows[:2])[1] == Judged(2)
    together = judged_together(rows)[1]
    assert (together.count, together.effort, together.impact) == (3, Size.LARGE, Size.LARGE)
    assert together.spread == tuple((*pair, 1) for pair in (said[0], said[2], said[1]))
    assert spread_of(together).count("im-dot") == 3
    assert not judged_together([])[1].is_shown


def test_each_judges_for_themselves(cast: Cast, initiative: Initiative, client_of: Browser) -> None:
    page, judge = url(cast, "initiative_page", initiative.pk), url(cast, "initiative_judge", initiative.pk)
    for count, person in enumerate((cast.own.member, cast.own.lead, cast.own.keeper), start=1):
        browser = client_of(person)
        assert browser.post(judge, {}).status_code == 422
        assert browser.post(judge, {"effort": "large", "impact": "small"}).status_code == 302
        assert browser.post(judge, {"effort": "small", "impact": "large"}).status_code == 302
        assert ("spread-t" in browser.get(page).content.decode()) == (count == 3)
        drawn = "field-t" in browser.get(url(cast, "initiatives_page")).content.decode()
        assert drawn == (count == 3)
    assert {(row.effort, row.impact) for row in InitiativeJudgement.objects.all()} == {("small", "large")}
    assert len(facts_named("InitiativeJudged")) == 6
    assert client_of(cast.own.follower).post(judge, {}).status_code == 403
    for person in (cast.own.follower, cast.own.colleague, cast.outsider):
        with pytest.raises(PermissionDenied):
            actions.judge_initiative(initiative=initiative, effort=Size.SMALL, impact=Size.SMALL, by=person)


def test_next_step_has_somebody_and_a_day(cast: Cast, initiative: Initiative, client_of: Browser) -> None:
    day = clock.today() + timedelta(days=20)
    said = {"title": "Ambachtscentrum", "effort": "large", "impact": "large", "label": "programme", "revision": 1}
    plan = {"next_step_by": cast.own.lead.pk, "next_step_on": day}
    browser, page = client_of(cast.own.member), url(cast, "initiative_edit", initiative.pk)
    assert browser.post(page, said | plan).status_code == 422
    assert browser.post(page, said | plan | {"next_step": "Bel Breda"}).status_code == 302
    initiative.refresh_from_db()
    assert (initiative.next_step_by, initiative.next_step_on) == (cast.own.lead, day)
    with pytest.raises(Refused):
        actions.change_initiative(
            initiative=initiative, revision=2, title="A", next_step="B", next_step_by=cast.outsider, by=cast.own.lead
        )


def test_joins_since_a_day(cast: Cast, initiative: Initiative) -> None:
    assert [joining.joined_on for joining in queries.joinings_of(initiative)] == [clock.today()]


def test_is_linked_to_goals_and_changes_that_one_may_read(
    cast: Cast, initiative: Initiative, client_of: Browser
) -> None:
    lead, community = cast.own.lead, cast.own.community
    goal = strategy.set_goal(community=community, title="Half", target_year=2030, label=Label.PUBLIC, by=lead)
    change = actions.put_change(community=community, title="Eerst repareren", kind=ChangeKind.ANEW, by=lead)
    browser = client_of(cast.own.member)
    link, loosen = (url(cast, f"initiative_{verb}", initiative.pk) for verb in ("link", "loosen"))
    assert browser.post(link, {}).status_code == 422
    assert browser.post(link, {"goal": goal.pk, "change": change.pk}).status_code == 302
    page = browser.get(url(cast, "initiative_page", initiative.pk)).content.decode()
    assert "Eerst repareren" in page
    assert not queries.changes_of_initiative(initiative, cast.own.colleague).exists()
    assert queries.goals_of_initiative(initiative, None).get() == goal
    assert client_of(cast.own.follower).post(link, {}).status_code == 403
    assert browser.post(loosen, {"change": change.pk}).status_code == 302
    assert not initiative.changes.exists()
    foreign = strategy.set_goal(
        community=cast.other.community, title="Elders", target_year=2030, label=Label.PUBLIC, by=cast.other.lead
    )
    with pytest.raises(Refused):
        actions.link_initiative(initiative=initiative, goal=foreign, by=cast.own.member)
    assert len(facts_named("InitiativeLinked")) == 2
