from collections.abc import Callable

import pytest
from django.core.exceptions import PermissionDenied

from leerkring.community.meetings import actions as meetings
from leerkring.cycle.groups import actions as groups
from leerkring.cycle.insights.models import HarvestItem, Insight
from leerkring.cycle.questions.enums import Origin
from leerkring.cycle.questions.models import LearningQuestion
from leerkring.formats.werkplaats import actions
from leerkring.formats.werkplaats.enums import Loose, PostKind, RoundKind
from leerkring.formats.werkplaats.models import Cluster, Post
from leerkring.formats.werkplaats.queries import last_step, unfinished
from leerkring.formats.werkplaats.tests.conftest import Hall, make_hall
from leerkring.platform.rules import Refused
from tests.cast import Cast

Facts = Callable[[str], list[dict[str, object]]]
KINDS = [PostKind.QUESTION, PostKind.BARRIER, PostKind.INSIGHT, PostKind.COMMITMENT]


def told(hall: Hall) -> dict[Loose, int]:
    return {todo.kind: todo.count for todo in unfinished(hall.room)}


def test_everything_comes_where_it_belongs_without_retyping(hall: Hall, facts_named: Facts) -> None:
    own = hall.cast.own
    round_, seat = hall.round(RoundKind.RAISE, takes=KINDS), hall.seat(own.member)
    asked = hall.post(round_, seat, "Hoe krijgen we inkoop aan tafel?")
    also = hall.post(round_, seat, "Wanneer schuift inkoop aan?")
    barrier = hall.post(round_, seat, "De uitvraag ligt er al", PostKind.BARRIER)
    loose = hall.post(round_, seat, "Waarom blijft het bij één collega?")
    hall.post(round_, seat, "Bel eerder", PostKind.INSIGHT)
    hall.post(round_, seat, "Ik bel inkoop", PostKind.COMMITMENT)
    alone = hall.post(round_, seat, "Geen tijd", PostKind.BARRIER)
    gone = hall.post(round_, seat, "Toch niet")
    actions.take_back_post(post=gone, seat=seat)
    pile = actions.cluster_posts(
        room=hall.room, posts=[asked, also, barrier], by=hall.lead, title="Inkoop eerder aan tafel?"
    )
    group = groups.form_group(community=own.community, name="Sloop", by=own.lead)
    present = hall.round(RoundKind.PRESENT)
    actions.begin_presentation(
        presentation=actions.put_presentation(round=present, group=group, by=hall.lead), by=hall.lead
    )
    hall.post(present, seat, "Mooi werk", PostKind.FEEDBACK)
    with pytest.raises(Refused):
        actions.harvest_room(room=hall.room, by=hall.lead)
    actions.end_room(room=hall.room, by=hall.lead)
    made = actions.harvest_room(room=hall.room, by=hall.lead)
    assert (made.questions, made.lines) == (2, 6)

    raised = {question.wording: question for question in LearningQuestion.objects.all()}
    assert set(raised) == {"Inkoop eerder aan tafel?", loose.text}
    question = raised["Inkoop eerder aan tafel?"]
    assert (question.raised_in, question.origin, question.barrier) == (hall.meeting, Origin.MEETING, barrier.text)
    assert Cluster.objects.get(pk=pile.pk).question == question
    linked = Post.objects.filter(question=question).order_by("id")
    assert [post.text for post in linked] == [asked.text, also.text, barrier.text]
    assert set(linked.values_list("seat", flat=True)) == {seat.pk}
    assert [insight.sentence for insight in Insight.objects.all()] == ["Bel eerder"]
    assert list(HarvestItem.objects.values_list("kind", "text").order_by("position")) == [
        ("question", "Inkoop eerder aan tafel?"),
        ("question", loose.text),
        ("insight", "Bel eerder"),
        ("commitment", "Ik bel inkoop"),
        ("barrier", alone.text),
        ("note", "Sloop: Mooi werk"),
    ]
    again = actions.harvest_room(room=hall.room, by=hall.lead)
    assert (again.questions, again.lines, HarvestItem.objects.count()) == (0, 0, 6)
    assert facts_named("RoomHarvested") == [
        {"by_id": hall.lead.pk, "room_id": hall.room.pk, "question_count": 2, "line_count": 6}
    ]
    with pytest.raises(Refused):
        actions.undo(step=last_step(hall.room), by=hall.lead)  # type: ignore[arg-type]


def test_the_harvest_is_made_by_who_runs_the_room(hall: Hall) -> None:
    actions.end_room(room=hall.room, by=hall.lead)
    with pytest.raises(PermissionDenied):
        actions.harvest_room(room=hall.room, by=hall.cast.own.member)


def test_groups_come_of_the_tables_that_were_announced(hall: Hall) -> None:
    table = actions.put_table(room=hall.room, name="Inkoop", by=hall.lead)
    actions.place(room=hall.room, table=table, person=hall.cast.own.member, by=hall.lead)
    actions.announce(room=hall.room, by=hall.lead)
    actions.end_room(room=hall.room, by=hall.lead)
    assert actions.harvest_room(room=hall.room, by=hall.lead).groups == 1


def test_who_runs_the_meeting_but_forms_no_groups_leaves_them_to_others(hall: Hall) -> None:
    own = hall.cast.own
    table = actions.put_table(room=hall.room, name="Inkoop", by=hall.lead)
    actions.place(room=hall.room, table=table, person=own.keeper, by=hall.lead)
    actions.announce(room=hall.room, by=hall.lead)
    meetings.change_meeting(meeting=hall.meeting, by=own.lead, facilitator=own.member)
    hall.room.meeting.refresh_from_db()
    actions.end_room(room=hall.room, by=own.member)
    assert actions.harvest_room(room=hall.room, by=own.member).groups == 0
    assert told(hall)[Loose.GROUPS_UNFORMED] == 1


def test_what_is_unfinished_is_told_until_it_is_done(cast: Cast) -> None:
    hall = make_hall(cast, is_screened=True)
    own = cast.own
    round_, seat = hall.round(RoundKind.RAISE, takes=KINDS), hall.seat(own.member)
    first, second, third = (hall.post(round_, seat, f"Vraag {number}?") for number in range(3))
    actions.release_all(room=hall.room, by=hall.lead, up_to=second.pk)
    actions.cluster_posts(room=hall.room, posts=[first], by=hall.lead)
    table = actions.put_table(room=hall.room, name="Inkoop", by=hall.lead)
    guest = hall.seat()
    actions.place(room=hall.room, table=table, seat=guest, by=hall.lead)
    assert told(hall) == {
        Loose.POSTS_WAITING: 1,
        Loose.QUESTIONS_LOOSE: 1,
        Loose.PILES_UNNAMED: 1,
        Loose.NOT_HARVESTED: 2,
        Loose.HARVEST_OPEN: 1,
        Loose.NO_VERSION: 1,
        Loose.PEOPLE_UNPLACED: 1,
        Loose.GROUPS_UNFORMED: 1,
        Loose.GUESTS_WITHOUT_GROUP: 1,
    }
    actions.hold_post(post=third, by=hall.lead)
    actions.place(room=hall.room, table=table, person=own.member, by=hall.lead)
    actions.claim(seat=guest, by=own.keeper)
    actions.name_cluster(cluster=Cluster.objects.get(), title="Vraag nul?", by=hall.lead)
    actions.announce(room=hall.room, by=hall.lead)
    actions.end_room(room=hall.room, by=hall.lead)
    actions.harvest_room(room=hall.room, by=hall.lead)
    assert told(hall) == {
        Loose.HARVEST_OPEN: 1,
        Loose.NOT_ON_AGENDA: 2,
        Loose.NO_VERSION: 1,
        Loose.NO_FIRST_DATE: 1,
    }
