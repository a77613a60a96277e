from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from leerkring.community.meetings.enums import MeetingKind
from leerkring.community.memberships.enums import Label
from leerkring.cycle.questions import actions
from leerkring.cycle.questions.enums import Origin, QuestionState
from leerkring.cycle.questions.models import LearningQuestion
from leerkring.platform.rules import Refused
from tests.cast import Cast

URL = reverse("questions:question_new", kwargs={"slug": "eigen"})


def test_a_question_keeps_who_when_where_and_its_first_words(cast: Cast, facts: Callable[[], list[str]]) -> None:
    meeting = cast.own.meeting()
    question = actions.raise_question(
        community=cast.own.community, wording="  Hoe  doen we dat? ", barrier="Geen tijd.", by=cast.own.member,
        meeting=meeting,
    )  # fmt: skip
    question.refresh_from_db()
    assert (question.wording, question.barrier, question.code) == ("Hoe doen we dat?", "Geen tijd.", None)
    assert (question.state, question.label, question.origin) == (
        QuestionState.RAISED,
        Label.PROGRAMME,
        Origin.MEETING,
    )
    assert (question.raised_by, question.raised_in) == (cast.own.member, meeting)
    assert [(w.text, w.by, w.meeting) for w in question.wordings.all()] == [
        ("Hoe doen we dat?", cast.own.member, meeting)
    ]
    assert [(c.before, c.after) for c in question.state_changes.all()] == [("", "raised")]
    assert facts() == ["QuestionRaised"]


def test_without_a_meeting_it_comes_from_a_person(raised: LearningQuestion) -> None:
    assert raised.origin == Origin.PERSON


@pytest.mark.parametrize("name", ["member", "facilitator", "keeper", "lead"])
def test_whoever_takes_part_may(cast: Cast, name: str) -> None:
    person = getattr(cast.own, name)
    assert actions.raise_question(community=cast.own.community, wording="Mag ik?", by=person).raised_by == person


def test_followers_and_outsiders_may_not(cast: Cast) -> None:
    for person in (cast.own.follower, cast.own.colleague, cast.outsider, cast.other.lead):
        with pytest.raises(PermissionDenied):
            actions.raise_question(community=cast.own.community, wording="Mag ik?", by=person)
    assert not LearningQuestion.objects.exists()


def test_theme_meeting_and_label_must_fit(cast: Cast) -> None:
    own, other = cast.own, cast.other
    foreign = actions.put_theme(community=other.community, name="Vreemd", by=other.keeper)
    closed = actions.put_theme(community=own.community, name="Oud", by=own.keeper)
    actions.close_theme(theme=closed, by=own.keeper)
    silent = own.meeting(MeetingKind.INTERVISIE, keeps_text=False)
    unfit: list[dict[str, Any]] = [
        {"theme": foreign},
        {"theme": closed},
        {"meeting": other.meeting()},
        {"meeting": silent},
        {"label": Label.GROUP},
        {"label": "secret"},
        {"wording": "   "},
        {"wording": "x" * 301},
    ]
    for more in unfit:
        values: dict[str, Any] = {"community": own.community, "wording": "Kan dit?", "by": own.member} | more
        with pytest.raises(Refused):
            actions.raise_question(**values)
    assert not LearningQuestion.objects.exists()


def test_form_raises_and_leads_to_the_question(cast: Cast, client_of: Callable[..., Client]) -> None:
    theme = actions.put_theme(community=cast.own.community, name="Inkoop", by=cast.own.keeper)
    answer = client_of(cast.own.member).post(
        URL, {"wording": "Hoe doen we dat?", "barrier": "", "theme": theme.pk, "meeting": "", "label": "programme"}
    )
    question = LearningQuestion.objects.get()
    assert (question.theme, question.raised_by) == (theme, cast.own.member)
    assert (answer.status_code, answer["Location"]) == (302, f"/eigen/questions/{question.pk}/")


def test_form_keeps_what_was_typed(cast: Cast, client_of: Callable[..., Client]) -> None:
    answer = client_of(cast.own.member).post(URL, {"wording": "y" * 301, "barrier": "Te druk", "label": "programme"})
    assert answer.status_code == 422
    assert "y" * 301 in answer.content.decode()
    assert "Te druk" in answer.content.decode()
    assert not LearningQuestion.objects.exists()


def test_form_takes_no_theme_of_another_programme(cast: Cast, client_of: Callable[..., Client]) -> None:
    foreign = actions.put_theme(community=cast.other.community, name="Vreemd", by=cast.other.keeper)
    answer = client_of(cast.own.member).post(URL, {"wording": "Zo?", "theme": foreign.pk, "label": "programme"})
    assert answer.status_code == 422
    assert not LearningQuestion.objects.exists()


@pytest.mark.parametrize(("name", "status"), [("member", 200), ("lead", 200), ("follower", 403)])
def test_form_is_for_whoever_takes_part(cast: Cast, client_of: Callable[..., Client], name: str, status: int) -> None:
    assert client_of(getattr(cast.own, name)).get(URL).status_code == status


def test_visitors_sign_in_first(cast: Cast, client: Client) -> None:
    assert client.get(URL).status_code == 302
    assert client.post(URL, {"wording": "Zo?", "label": "programme"}).status_code == 302
    assert not LearningQuestion.objects.exists()
