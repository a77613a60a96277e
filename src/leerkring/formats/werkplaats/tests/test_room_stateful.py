"""A room as a machine: whatever people, networks and facilitators do, nothing acknowledged is lost or doubled.

A kill is a transaction that is rolled back before anybody was told; a lost answer is one that was kept while the phone
heard nothing. In both cases the phone sends the same again.
"""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import Any
from uuid import UUID

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from leerkring.community.meetings.models import Seat
from leerkring.community.memberships import queries as memberships
from leerkring.community.people.models import Person
from leerkring.formats.werkplaats import actions
from leerkring.formats.werkplaats.enums import RoundKind, RoundState
from leerkring.formats.werkplaats.models import Cluster, Point, Post, Round, Step
from leerkring.formats.werkplaats.piles import Piles
from leerkring.formats.werkplaats.tests.conftest import Hall, make_hall
from leerkring.platform.facts.models import FactRow
from leerkring.platform.rules import Refused
from tests.cast import make_cast

BUDGET = 3
NETWORK = st.sampled_from(["well", "well", "killed", "unheard"])
NUMBER = st.integers(0, 9)


class Killed(Exception):
    pass


def kill_if(network: str) -> None:
    if network == "killed":
        raise Killed


@dataclass
class Sent:
    """A post that was acknowledged."""

    phone: int
    round_id: int
    text: str
    is_taken_back: bool = False


@dataclass
class Phone:
    seat: Seat
    drafts: dict[UUID, tuple[int, str]] = field(default_factory=dict)
    """Sent, and nothing heard: the phone will send it again."""


class RoomMachine(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.frame = transaction.atomic()
        self.frame.__enter__()
        memberships.forget_standings()
        self.hall: Hall = make_hall(make_cast())
        kinds = [(RoundKind.RAISE, False), (RoundKind.RAISE, True), (RoundKind.POINTS, False), (RoundKind.POINTS, True)]
        self.rounds = [
            self.hall.round(kind, is_open=False, is_anonymous=is_anonymous, budget=BUDGET)
            for kind, is_anonymous in kinds
        ]
        self.phones = [
            Phone(self.hall.seat()),
            Phone(self.hall.seat()),
            Phone(self.hall.seat(self.hall.cast.own.member)),
        ]
        self.people = [self.hall.member("Ada"), self.hall.cast.own.member]
        self.kept: dict[UUID, Sent] = {}
        self.typed: set[int] = set()
        self.spent: defaultdict[int, dict[str, int]] = defaultdict(dict)
        """By round: how many points each voice has given, as it was told."""
        self.made_count = 0
        self.texts = 0

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.frame.__exit__(None, None, None)
        memberships.forget_standings()

    def attempt(self, act: Callable[[], Any], network: str = "well") -> Any:
        """What came back, None when nothing did; a refusal leaves everything as it was."""
        try:
            with transaction.atomic():
                answer = act()
                kill_if(network)
        except (Killed, Refused, PermissionDenied):
            return None
        return answer

    def open_now(self, kind: RoundKind) -> Round | None:
        return Round.objects.filter(room=self.hall.room, state=RoundState.OPEN, kind=kind).first()

    def phone(self, number: int) -> Phone:
        return self.phones[number % len(self.phones)]

    @rule(number=NUMBER)
    def open(self, number: int) -> None:
        round_ = self.rounds[number % len(self.rounds)]
        verb = (
            actions.repeat_round if Round.objects.get(pk=round_.pk).state == RoundState.CLOSED else actions.open_round
        )
        opened = self.attempt(lambda: verb(round=round_, by=self.hall.lead))
        if opened is not None and opened.pk not in [known.pk for known in self.rounds]:
            self.rounds.append(opened)

    @rule()
    def close(self) -> None:
        for round_ in Round.objects.filter(room=self.hall.room, state=RoundState.OPEN):
            self.attempt(partial(actions.close_round, round=round_, by=self.hall.lead))

    @rule(number=NUMBER, network=NETWORK, key=st.uuids(version=4))
    def post(self, number: int, network: str, key: UUID) -> None:
        round_ = self.open_now(RoundKind.RAISE)
        if round_ is None or key in self.kept:
            return
        self.texts += 1
        self.phone(number).drafts[key] = (round_.pk, f"Tekst {self.texts}")
        self.send(number, network, key)

    @rule(number=NUMBER, network=NETWORK)
    def send_again(self, number: int, network: str) -> None:
        for key in list(self.phone(number).drafts):
            self.send(number, network, key)

    @rule(number=NUMBER, network=NETWORK)
    def send_what_was_heard_once_more(self, number: int, network: str) -> None:
        mine = [key for key, sent in self.kept.items() if sent.phone == number % len(self.phones)]
        for key in mine:
            sent = self.kept[key]
            self.phone(number).drafts[key] = (sent.round_id, sent.text)
            self.send(number, network, key)

    def send(self, number: int, network: str, key: UUID) -> None:
        phone = self.phone(number)
        round_id, text = phone.drafts[key]
        was_there = Post.objects.filter(key=key).exists()
        round_ = Round.objects.get(pk=round_id)
        made = self.attempt(lambda: actions.post(round=round_, seat=phone.seat, key=key, text=text), network)
        if made is None:
            return
        if not was_there:
            self.made_count += 1
            self.kept[key] = Sent(number % len(self.phones), round_id, text)
        if network == "well":
            del phone.drafts[key]

    @rule(number=NUMBER, which=NUMBER, network=NETWORK)
    def take_back(self, number: int, which: int, network: str) -> None:
        if not self.kept:
            return
        key = list(self.kept)[which % len(self.kept)]
        sent, phone = self.kept[key], self.phone(number)
        post = Post.objects.get(key=key)
        done = self.attempt(lambda: actions.take_back_post(post=post, seat=phone.seat), network)
        if done is not None:
            owner = self.phones[sent.phone].seat
            assert owner.voice == phone.seat.voice, "only one's own"
            sent.is_taken_back = True

    @rule()
    def type_in(self) -> None:
        round_ = self.open_now(RoundKind.RAISE)
        if round_ is not None:
            made = self.attempt(lambda: actions.type_post(round=round_, text="Van papier", by=self.hall.lead))
            self.typed.add(made.pk)

    @rule(which=NUMBER, count=st.integers(1, 3))
    def pile_up(self, which: int, count: int) -> None:
        posts = list(Post.objects.filter(taken_back_at__isnull=True))
        chosen = [posts[(which + step) % len(posts)] for step in range(min(count, len(posts)))]
        self.attempt(lambda: actions.cluster_posts(room=self.hall.room, posts=chosen, by=self.hall.lead))

    @rule(which=NUMBER, pile=NUMBER)
    def put_with(self, which: int, pile: int) -> None:
        posts, piles = list(Post.objects.all()), list(Cluster.objects.all())
        if posts and piles:
            chosen, cluster = posts[which % len(posts)], piles[pile % len(piles)]
            self.attempt(lambda: actions.put_with(posts=[chosen], cluster=cluster, by=self.hall.lead))

    @rule(which=NUMBER)
    def take_out(self, which: int) -> None:
        posts = list(Post.objects.all())
        if posts:
            self.attempt(lambda: actions.take_out(post=posts[which % len(posts)], by=self.hall.lead))

    @rule(one=NUMBER, other=NUMBER, network=NETWORK)
    def merge(self, one: int, other: int, network: str) -> None:
        piles = list(Cluster.objects.all())
        if piles:
            cluster, into = piles[one % len(piles)], piles[other % len(piles)]
            self.attempt(lambda: actions.merge_clusters(cluster=cluster, into=into, by=self.hall.lead), network)

    @rule(which=NUMBER)
    def dissolve(self, which: int) -> None:
        piles = list(Cluster.objects.all())
        if piles:
            self.attempt(lambda: actions.dissolve_cluster(cluster=piles[which % len(piles)], by=self.hall.lead))

    @rule(back=NUMBER, network=NETWORK)
    def undo(self, back: int, network: str) -> None:
        steps = list(Step.objects.filter(room=self.hall.room, undone_at__isnull=True).exclude(verb="add_round"))
        steps = [step for step in steps if step.verb != "begin_room"]
        if steps:
            step = steps[back % min(3, len(steps))]
            self.attempt(lambda: actions.undo(step=step, by=self.hall.cast.own.lead), network)

    @rule(number=NUMBER, pile=NUMBER, count=st.integers(0, BUDGET), network=NETWORK)
    def give_points(self, number: int, pile: int, count: int, network: str) -> None:
        round_, piles = self.open_now(RoundKind.POINTS), list(Cluster.objects.all())
        if round_ is None or not piles:
            return
        seat, target = self.phone(number).seat, piles[pile % len(piles)]
        left = self.attempt(lambda: actions.give_points(round=round_, seat=seat, target=target, count=count), network)
        if left is not None:
            assert 0 <= left <= BUDGET
            assert Piles.of(self.hall.room.pk).final(target.pk) == target.pk
            self.spent[round_.pk][seat.voice] = BUDGET - left

    @precondition(lambda self: any(phone.seat.person_id is None for phone in self.phones))
    @rule(who=NUMBER, network=NETWORK)
    def claim(self, who: int, network: str) -> None:
        phone = next(phone for phone in self.phones if phone.seat.person_id is None)
        person: Person = self.people[who % len(self.people)]
        seat = Seat.objects.select_related("meeting").get(pk=phone.seat.pk)
        if self.attempt(lambda: actions.claim(seat=seat, by=person), network) is None:
            return
        phone.seat = seat
        for round_ in Round.objects.filter(pk__in=list(self.spent)):
            voices = self.spent[round_.pk]
            if round_.is_anonymous and round_.state == RoundState.CLOSED:
                continue
            if seat.guest_voice in voices:
                together = voices.pop(seat.guest_voice) + voices.get(seat.voice, 0)
                row = Point.objects.filter(round=round_, voter=round_.voter_of(seat))
                told = sum(point.count for point in row)
                assert told <= min(BUDGET, together)
                voices[seat.voice] = told

    @invariant()
    def every_post_is_there_once(self) -> None:
        rows = {post.key: post for post in Post.objects.exclude(pk__in=self.typed)}
        assert set(rows) == set(self.kept)
        for key, sent in self.kept.items():
            assert (rows[key].text, rows[key].round_id) == (sent.text, sent.round_id)
            assert (rows[key].taken_back_at is not None) == sent.is_taken_back
        assert Post.objects.filter(pk__in=self.typed).count() == len(self.typed)
        assert FactRow.objects.filter(name="PostMade").count() == self.made_count

    @invariant()
    def words_stay_with_who_said_them(self) -> None:
        rounds = {round_.pk: round_ for round_ in Round.objects.filter(room=self.hall.room)}
        for post in Post.objects.exclude(pk__in=self.typed):
            round_, seat = rounds[post.round_id], self.phones[self.kept[post.key].phone].seat
            if not round_.is_anonymous:
                assert (post.seat_id, post.voter) == (seat.pk, seat.voice)
            elif round_.state == RoundState.CLOSED:
                assert (post.seat_id, post.voter) == (None, "")
            else:
                assert (post.seat_id, post.voter) in {(None, ""), (None, round_.voter_of(seat))}

    @invariant()
    def every_point_is_there_once(self) -> None:
        for round_ in self.rounds:
            told = {voice: count for voice, count in self.spent[round_.pk].items() if count}
            kept: defaultdict[str, int] = defaultdict(int)
            for point in Point.objects.filter(round=round_, count__gt=0):
                kept[point.voter] += point.count
            assert sorted(kept.values()) == sorted(told.values())
            assert all(count <= BUDGET for count in kept.values())
            if not round_.is_anonymous:
                assert kept == told

    @invariant()
    def every_post_and_point_lies_on_at_most_one_pile(self) -> None:
        piles = Piles.of(self.hall.room.pk)
        living = {cluster.pk for cluster in piles.living}
        for cluster_id in Post.objects.filter(cluster__isnull=False).values_list("cluster_id", flat=True):
            assert piles.final(cluster_id) in living, "a post lies on a pile that nobody sees"
        for cluster_id in Point.objects.filter(count__gt=0).values_list("cluster_id", flat=True):
            assert piles.final(cluster_id) in living, "a point lies on a pile that nobody sees"

    @invariant()
    def at_most_one_round_is_open_and_secrets_live_no_longer(self) -> None:
        rounds = list(Round.objects.filter(room=self.hall.room))
        assert sum(round_.is_open for round_ in rounds) <= 1
        assert all((round_.secret is not None) == (round_.is_open and round_.is_anonymous) for round_ in rounds)


@pytest.mark.django_db
def test_nothing_is_lost_and_nothing_is_doubled() -> None:
    run_state_machine_as_test(
        RoomMachine,
        settings=settings(
            max_examples=25, stateful_step_count=30, deadline=None, derandomize=True, database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )  # fmt: skip
