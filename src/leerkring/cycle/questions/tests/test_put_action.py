from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from leerkring.cycle.questions import actions
from leerkring.cycle.questions.enums import ActionKind, ActionState, DropReason, Size
from leerkring.cycle.questions.models import Action, LearningQuestion
from leerkring.platform.rules import Refused
from tests.cast import Cast

FORM: dict[str, Any] = {
    "text": "Vraag drie teams",
    "kind": "less",
    "owner": "",
    "due_on": "",
    "effort": "small",
    "impact": "large",
}


@pytest.fixture
def action(listed: LearningQuestion, cast: Cast) -> Action:
    return actions.put_action(question=listed, text="Vraag drie teams", by=cast.own.member, owner=cast.own.member)


def test_planned_changed_finished_and_put_back(action: Action, cast: Cast, facts: Callable[[], list[str]]) -> None:
    own = cast.own
    actions.change_action(
        action=action, text="Vraag vijf teams", kind=ActionKind.LESS, owner=own.lead, due_on=date(2030, 1, 1),
        effort=Size.SMALL, impact=Size.LARGE, by=own.member,
    )  # fmt: skip
    action.refresh_from_db()
    assert (action.text, action.kind, action.owner, action.due_on, action.effort, action.impact) == (
        "Vraag vijf teams",
        ActionKind.LESS,
        own.lead,
        date(2030, 1, 1),
        Size.SMALL,
        Size.LARGE,
    )
    actions.finish_action(action=action, effect="Tijd, niet wil.", by=own.lead)
    action.refresh_from_db()
    assert (action.state, action.effect) == (ActionState.DONE, "Tijd, niet wil.")
    actions.reopen_action(action=action, by=own.lead)
    actions.stop_action(action=action, by=own.lead)
    action.refresh_from_db()
    assert action.state == ActionState.STOPPED
    assert facts()[2:] == ["ActionPut", "ActionChanged", "ActionFinished", "ActionReopened", "ActionStopped"]


def test_refused(action: Action, listed: LearningQuestion, cast: Cast) -> None:
    own = cast.own
    with pytest.raises(PermissionDenied):
        actions.put_action(question=listed, text="Doe iets", by=own.follower)
    with pytest.raises(Refused):
        actions.put_action(question=listed, text="Doe iets", by=own.member, owner=cast.outsider)
    with pytest.raises(Refused):
        actions.finish_action(action=action, effect=" ", by=own.member)
    with pytest.raises(PermissionDenied):
        actions.finish_action(action=action, effect="Klaar.", by=own.follower)
    actions.finish_action(action=action, effect="Klaar.", by=own.member)
    with pytest.raises(Refused):
        actions.finish_action(action=action, effect="Nog eens.", by=own.member)
    actions.drop_question(question=listed, reason=DropReason.NAMED, by=own.keeper)
    with pytest.raises(Refused):
        actions.put_action(question=listed, text="Doe iets", by=own.member)


def test_forms(listed: LearningQuestion, cast: Cast, client_of: Callable[..., Client]) -> None:
    own = cast.own
    base = f"/eigen/questions/{listed.pk}"
    browser = client_of(own.keeper)
    assert browser.get(f"{base}/actions/new/").status_code == 200
    assert browser.post(f"{base}/actions/new/", FORM | {"text": ""}).status_code == 422
    assert browser.post(f"{base}/actions/new/", FORM).status_code == 302
    made = Action.objects.get()
    assert (made.question, made.kind, made.impact) == (listed, ActionKind.LESS, Size.LARGE)
    one = f"{base}/actions/{made.pk}/"
    assert browser.get(one).status_code == 200
    assert browser.post(one, FORM | {"text": "Vraag er vijf", "due_on": "2030-01-01"}).status_code == 302
    assert client_of(own.member).get(one).status_code == 403
    assert client_of(own.member).post(f"{one}stop/").status_code == 403
    assert browser.get(f"{one}finish/").status_code == 200
    assert browser.post(f"{one}finish/", {"effect": ""}).status_code == 422
    page = browser.post(f"{one}finish/", {"effect": "Het lukte."}, follow=True).content.decode()
    assert f"{one}reopen/" in page
    assert "Het lukte." in page
    assert browser.post(f"{one}reopen/").status_code == 302
    assert browser.post(f"{one}stop/").status_code == 302
    made.refresh_from_db()
    assert (made.text, made.state) == ("Vraag er vijf", ActionState.STOPPED)


def test_an_action_of_another_question_is_not_here(
    action: Action, cast: Cast, client_of: Callable[..., Client]
) -> None:
    other = actions.raise_question(community=cast.own.community, wording="Andere?", by=cast.own.member)
    browser = client_of(cast.own.lead)
    for end in ("", "finish/"):
        assert browser.get(f"/eigen/questions/{other.pk}/actions/{action.pk}/{end}").status_code == 404
    assert browser.post(f"/eigen/questions/{other.pk}/actions/{action.pk}/stop/").status_code == 404
    assert (
        client_of(cast.other.lead).post(f"/eigen/questions/{action.question_id}/actions/{action.pk}/stop/").status_code
        == 404
    )
