"""The list of what facilitators did: who, and what it was about, in words of now; a step itself keeps ids only."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import AbstractContextManager
from uuid import uuid4

from leerkring.cycle.agenda import actions as agenda
from leerkring.cycle.questions import actions as questions
from leerkring.formats.werkplaats import actions, words
from leerkring.formats.werkplaats.actions.forming import Place
from leerkring.formats.werkplaats.enums import PostState, RoundKind, Verdict
from leerkring.formats.werkplaats.models import Post, Step
from leerkring.formats.werkplaats.queries import desk_view
from leerkring.formats.werkplaats.tests.conftest import Hall
from leerkring.platform import clock

Queries = Callable[[], AbstractContextManager[list[str]]]


def told(hall: Hall, most: int = 8) -> list[str]:
    return [words.said(step) for step in desk_view(hall.room).steps[:most]]


def test_each_verb_has_its_words() -> None:
    assert set(words.UNNAMED) < set(words.DOINGS)
    for verb, pattern in words.DOINGS.items():
        named = "%(thing)s" in str(pattern) or "%(other)s" in str(pattern)
        assert named == (verb in words.UNNAMED), verb


def test_who_did_what_with_which_piles_and_posts(hall: Hall) -> None:
    round_ = hall.round(RoundKind.RAISE)
    seat, lead, other = hall.seat(), hall.lead, hall.cast.own.lead
    posts = [hall.post(round_, seat, text) for text in ("Een", "Twee", "Drie", "Vier")]
    inkoop = actions.cluster_posts(room=hall.room, posts=posts[:1], by=lead, title="Inkoop")
    nameless = actions.cluster_posts(room=hall.room, posts=posts[1:2], by=other)
    actions.put_with(posts=posts[2:3], cluster=nameless, by=lead)
    actions.put_with(posts=[posts[2], posts[3]], cluster=inkoop, by=lead)
    actions.merge_clusters(cluster=nameless, into=inkoop, by=other)
    assert told(hall, 5) == [
        f"{other.name} voegde ‘Twee’ en ‘Inkoop’ samen",
        f"{lead.name} legde 2 bijdragen bij ‘Inkoop’",
        f"{lead.name} legde ‘Drie’ bij ‘Twee’",
        f"{other.name} maakte de stapel ‘Twee’",
        f"{lead.name} maakte de stapel ‘Inkoop’",
    ]
    actions.name_cluster(cluster=inkoop, title="Aanbesteden", by=lead)
    actions.undo(step=hall.room.steps.filter(verb="merge_clusters").get(), by=lead)
    undone = desk_view(hall.room).steps[1]
    assert (words.said(undone), undone.undone_by) == (f"{other.name} voegde ‘Twee’ en ‘Aanbesteden’ samen", lead.name)
    actions.take_back_post(post=posts[1], seat=seat)
    assert told(hall, 2)[1] == f"{other.name} maakte van twee stapels één"


def test_who_sits_where_which_round_and_which_question(hall: Hall) -> None:
    own, lead = hall.cast.own, hall.lead
    table = actions.put_table(room=hall.room, name="Bodem", by=lead)
    actions.place(room=hall.room, table=table, person=own.member, by=lead)
    actions.place(room=hall.room, table=None, person=own.member, by=lead)
    actions.apply_division(
        room=hall.room, places=[Place(table, person=own.member), Place(table, person=own.keeper)], by=lead
    )
    question = questions.raise_question(community=own.community, wording="Vraag?", by=own.lead)
    agenda.place_question(question=question, by=own.lead)
    round_ = hall.round(RoundKind.WALK)
    actions.walk(round=round_, question=question, verdict=Verdict.ALIVE, by=lead)
    actions.set_timer(round=round_, minutes=3, by=lead)
    assert told(hall) == [
        f"{lead.name} zette de klok van ‘{round_.title}’",
        f"{lead.name}, bij vraag A: leeft",
        f"{lead.name} opende de ronde ‘{round_.title}’",
        f"{lead.name} voegde de ronde ‘{round_.title}’ toe",
        f"{lead.name} gaf 2 mensen een tafel",
        f"{lead.name} haalde {own.member.name} van tafel",
        f"{lead.name} zette iemand aan een andere tafel",
        f"{lead.name} zette de groep ‘Bodem’ klaar",
    ]
    actions.place(room=hall.room, table=table, person=own.keeper, by=lead)
    assert told(hall, 1) == [f"{lead.name} zette {own.keeper.name} bij ‘Bodem’"]
    kept = json.dumps(list(Step.objects.values_list("payload", flat=True)))
    assert own.member.family_name not in kept


def test_names_take_as_many_queries_for_a_large_step(hall: Hall, queries_in: Queries) -> None:
    round_ = hall.round(RoundKind.RAISE)
    seat = hall.seat()
    asked = []
    for count in (3, 300):
        Post.objects.bulk_create(
            Post(
                room=hall.room, round=round_, kind="question", text=f"Vraag {n}", key=uuid4(), at=clock.now(),
                state=PostState.WAITING, voter=seat.voice,
            )
            for n in range(count)
        )  # fmt: skip
        actions.release_all(room=hall.room, by=hall.lead)
        with queries_in() as statements:
            assert told(hall, 1) == [f"{hall.lead.name} toonde {count} bijdragen"]
        asked.append(len(statements))
    assert asked[0] == asked[1]
