from collections.abc import Callable

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from leerkring.community.people.models import Person
from leerkring.cycle.questions.models import LearningQuestion
from leerkring.formats.werkplaats import actions
from leerkring.formats.werkplaats.enums import PostKind, RoundKind
from leerkring.formats.werkplaats.models import Cluster, Step
from leerkring.formats.werkplaats.queries.looks import piles_to_place
from leerkring.formats.werkplaats.tests.conftest import Hall
from leerkring.platform.rules import Refused

pytestmark = pytest.mark.django_db

FactsNamed = Callable[[str], list[dict[str, object]]]


def pile(hall: Hall, *texts: str, title: str = "", kind: PostKind = PostKind.QUESTION) -> Cluster:
    raised = hall.round(RoundKind.RAISE, takes=[kind])
    seat = hall.seat(name="Sam")
    posts = [hall.post(raised, seat, text, kind) for text in texts]
    return actions.cluster_posts(room=hall.room, posts=posts, title=title, by=hall.lead)


def test_a_pile_becomes_a_question_with_a_letter_once(hall: Hall, facts_named: FactsNamed) -> None:
    made = pile(hall, "Hoe dan?", "Wie dan?", title="Wie doet wat?")
    question = actions.place_pile(cluster=made, wording="Wie doet wat, en wanneer?", by=hall.lead)
    assert (question.code, question.wording, question.raised_in) == ("A", "Wie doet wat, en wanneer?", hall.meeting)
    assert actions.place_pile(cluster=made, by=hall.lead) == question
    assert LearningQuestion.objects.count() == 1
    assert [fact["question_id"] for fact in facts_named("PilePlaced")] == [question.pk]
    assert set(made.posts.values_list("question", flat=True)) == {question.pk}


def test_it_can_be_taken_back_and_put_again(hall: Hall) -> None:
    made = pile(hall, "Hoe dan?")
    question = actions.place_pile(cluster=made, by=hall.cast.own.keeper)
    assert piles_to_place(hall.room) == []
    actions.undo(step=Step.objects.get(verb="place_pile"), by=hall.cast.own.keeper)
    question.refresh_from_db()
    assert (question.state, [row.id for row in piles_to_place(hall.room)]) == ("sharpened", [made.pk])
    actions.place_pile(cluster=made, by=hall.cast.own.keeper)
    question.refresh_from_db()
    assert (question.state, question.code, LearningQuestion.objects.count()) == ("on agenda", "A", 1)


def test_what_got_most_points_comes_first(hall: Hall) -> None:
    few, many = pile(hall, "Weinig?"), pile(hall, "Veel?")
    points = hall.round(RoundKind.POINTS)
    actions.give_points(round=points, seat=hall.seat(name="Bo"), target=many, count=2)
    actions.close_round(round=points, by=hall.lead)
    assert [(row.id, row.points) for row in piles_to_place(hall.room)] == [(many.pk, 2), (few.pk, 0)]


def test_without_a_question_or_a_right_it_is_refused(hall: Hall) -> None:
    barriers = pile(hall, "Geen tijd", kind=PostKind.BARRIER)
    with pytest.raises(Refused):
        actions.place_pile(cluster=barriers, by=hall.lead)
    with pytest.raises(PermissionDenied):
        actions.place_pile(cluster=barriers, by=hall.cast.own.member)
    assert not LearningQuestion.objects.exists()


def test_over_the_desk(hall: Hall, client_of: Callable[[Person | None], Client]) -> None:
    made = pile(hall, "Hoe dan?")
    hall.round(RoundKind.SET_VERSION)
    desk = f"/{hall.cast.own.community.slug}/meetings/{hall.meeting.pk}/werkplaats/"
    fields = {"cluster": made.pk, "wording": "Hoe dan, samen?"}
    assert client_of(hall.cast.own.member).post(f"{desk}piles/place/", fields).status_code == 403
    facilitator = client_of(hall.lead)
    assert "Zet op de leeragenda" in facilitator.get(desk).content.decode()
    assert facilitator.post(f"{desk}piles/place/", fields).status_code == 302
    page = facilitator.get(desk).content.decode()
    assert "Hoe dan, samen?" in page
    assert "Zet op de leeragenda" not in page
    assert facilitator.post(f"{desk}piles/place/", {"cluster": 0}).status_code == 422
