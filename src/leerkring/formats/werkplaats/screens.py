"""What the desk shows, its paper sheets and proposals: read once, and made in one language for all who look."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.template.loader import render_to_string
from django.utils import timezone

from leerkring.cycle.agenda import queries as agenda
from leerkring.cycle.questions.enums import DropReason
from leerkring.cycle.questions.models import LearningQuestion
from leerkring.formats.werkplaats.doorway import Doorway
from leerkring.formats.werkplaats.enums import AskKind, PostKind, RoundKind, RoundState
from leerkring.formats.werkplaats.models import Cluster, Room, Round
from leerkring.formats.werkplaats.proposing import propose_clusters
from leerkring.formats.werkplaats.queries import desk_view, looks, on_phone, unfinished
from leerkring.formats.werkplaats.queries.divisions import division_of
from leerkring.formats.werkplaats.queries.scene import Brought, Scene, is_released
from leerkring.formats.werkplaats.snapshots import (
    DeskView,
    PresentationView,
    QuestionView,
    RoomView,
    RoundView,
    StepView,
)
from leerkring.formats.werkplaats.words import said

PARTS = ("bar", "run", "work", "paper", "door", "steps")
SEATS_SHOWN = 12
WAITING_SHOWN = 40
RELEASED_SHOWN = 24
LINES_ON_A_SHEET = 6
SLIPS_ON_A_SHEET = 8


@dataclass(frozen=True)
class Listed:
    """A round in the run, with the clock time at which it ends when all goes to plan."""

    round: RoundView
    ends_at: datetime
    is_now: bool
    is_first: bool
    is_last: bool

    @property
    def is_to_come(self) -> bool:
        return self.round.state in (RoundState.WAITING, RoundState.SKIPPED)


@dataclass(frozen=True)
class Done:
    """Something a facilitator did."""

    step: StepView
    title: Any


def desk(room: Room) -> dict[str, Any]:
    """All that the desk shows, whoever of the facilitators looks."""
    view = desk_view(room)
    now = view.round
    takes = paper_round(view)
    minutes = sum(round_.minutes for round_ in view.rounds if round_.state != RoundState.SKIPPED)
    stage = stage_of(view)
    return {
        "room": room,
        "meeting": room.meeting,
        "community": room.meeting.community,
        "view": view,
        "stage": stage,
        "rows": rows_of(room, view),
        "minutes": minutes,
        "minutes_over": minutes - room.meeting.minutes,
        "minutes_off": abs(minutes - room.meeting.minutes),
        "kinds": RoundKind.choices,
        "now": now,
        "next": next_of(view),
        "released_count": len(view.posts) + sum(pile.count for pile in view.piles),
        "doorway": Doorway(view.door.code) if view.door else None,
        "seats": looks.last_in(room.meeting, SEATS_SHOWN) if stage == "during" else [],
        "steps": [Done(step, said(step)) for step in view.steps],
        "paper": takes,
        "paper_kinds": [(kind, kind.label) for kind in takes.takes] if takes else [],
        "work": now.kind.replace(" ", "_") if now else "",
        "todo": unfinished(room) if stage == "after" else [],
        **(work_of(room, view) if stage != "before" else {}),
    }


def stage_of(view: RoomView) -> str:
    if view.ended_at is not None:
        return "after"
    return "during" if view.began_at is not None else "before"


def rows_of(room: Room, view: DeskView) -> list[Listed]:
    found, at = [], timezone.localtime(room.meeting.starts_at)
    last = len(view.rounds)
    for round_ in view.rounds:
        if round_.state != RoundState.SKIPPED:
            at += timedelta(minutes=round_.minutes)
        is_now = view.round is not None and round_.id == view.round.id
        found.append(Listed(round_, at, is_now, round_.number == 1, round_.number == last))
    return found


def next_of(view: DeskView) -> RoundView | None:
    """The first one to come after where we are."""
    begin = view.round.number if view.round else 0
    to_come = [*view.rounds[begin:], *view.rounds[:begin]]
    return next((round_ for round_ in to_come if round_.state == RoundState.WAITING), None)


def paper_round(view: DeskView) -> RoundView | None:
    """Where what is on paper goes: the open round if it takes something, else the last one that did, or will."""
    if view.round is not None and view.round.is_open and view.round.takes:
        return view.round
    taking = [round_ for round_ in view.rounds if round_.kind == RoundKind.RAISE and round_.state != RoundState.SKIPPED]
    closed = [round_ for round_ in taking if round_.state == RoundState.CLOSED]
    return closed[-1] if closed else next(iter(taking), None)


def work_of(room: Room, view: DeskView) -> dict[str, Any]:
    """What the kind of the round needs beside what every round shows."""
    part = WORK.get(view.round.kind) if view.round else None
    return part(room, view) if part else {}


def raising(room: Room, view: DeskView) -> dict[str, Any]:
    lying = [*view.posts, *(post for pile in view.piles for post in pile.posts)]
    waiting = view.waiting[:WAITING_SHOWN]
    return {
        "waiting": waiting,
        "last_waiting": waiting[-1] if waiting else None,
        "released": sorted(lying, key=lambda post: -post.id)[:RELEASED_SHOWN],
    }


def walking(room: Room, view: DeskView) -> dict[str, Any]:
    return walk_context(view.questions) | {"reasons": DropReason.choices}


def presentations(room: Room, view: DeskView) -> dict[str, Any]:
    if view.round is None:
        return {}
    return presenting(view.presentations) | {
        "words": looks.words_for(view.round.id),
        "groups": list(looks.groups_to_present(room, view.round.id)),
    }


def seating(room: Room, view: DeskView) -> dict[str, Any]:
    spots = looks.spots_of(room)
    return {
        "spots": spots,
        "has_placed": any(spot.count for spot in spots),
        "unplaced": looks.seats_without_table(room),
        "division": division_of(room),
    }


def versions(room: Room, view: DeskView) -> dict[str, Any]:
    return version_of_agenda(room) | {"to_place": looks.piles_to_place(room)}


def looking_back(room: Room, view: DeskView) -> dict[str, Any]:
    return {"ask_kinds": AskKind.choices}


WORK: dict[RoundKind, Callable[[Room, DeskView], dict[str, Any]]] = {
    RoundKind.RAISE: raising,
    RoundKind.SCREEN: raising,
    RoundKind.WALK: walking,
    RoundKind.PRESENT: presentations,
    RoundKind.FORM: seating,
    RoundKind.ANNOUNCE: seating,
    RoundKind.SET_VERSION: versions,
    RoundKind.LOOK_BACK: looking_back,
}


def walk_context(rows: Sequence[QuestionView]) -> dict[str, Any]:
    """The first one that nobody spoke of yet is the one on the wall."""
    current = next((row for row in rows if row.verdict is None), None)
    walked = [row for row in rows if row.verdict is not None]
    return {"current": current, "walked_count": len(walked), "questions": rows}


def presenting(rows: Sequence[PresentationView]) -> dict[str, Any]:
    return {
        "presents_now": next((row for row in rows if row.is_on), None),
        "presents_next": next((row for row in rows if not row.is_on and not row.is_done), None),
        "has_presented": any(row.is_done for row in rows),
    }


@dataclass(frozen=True)
class Drafted:
    """A question on the draft, beside the version of now."""

    question: LearningQuestion
    is_new: bool
    is_reworded: bool


def version_of_agenda(room: Room) -> dict[str, Any]:
    living = agenda.agenda_of(room.meeting.community)
    last = agenda.last_version(living) if living else None
    draft = looks.open_questions(room)
    entries = list(looks.entries_of(last)) if last else []
    before = {entry.code: entry.wording for entry in entries}
    is_here = last is not None and last.meeting_id == room.meeting_id
    return {
        "agenda": living,
        "last": last,
        "set_here": last if is_here else None,
        "set_count": looks.listed_count(last) if last else 0,
        "number_next": last.number + 1 if last else 1,
        "draft": draft,
        "entries": entries,
        "draft_rows": [
            Drafted(row, row.code not in before, before.get(row.code or "", row.wording) != row.wording)
            for row in draft
        ],
    }


def data_of(room: Room, html: dict[str, str]) -> dict[str, Any]:
    """A snapshot as every screen of a room gets it: no moment of now in it, and nobody's own."""
    now = room.current_round
    return {
        "round": {"id": now.pk, "kind": now.kind, "minutes": now.minutes} if now else None,
        "ends_at": now.ends_at if now else None,
        "left_seconds": now.left_seconds if now else None,
        "stage": "after" if room.ended_at else "during" if room.began_at else "before",
        "html": html,
    }


def desk_html(room: Room) -> dict[str, str]:
    """The parts of the desk, without anything of who looks."""
    context = desk(room)
    return {part: render_to_string(f"werkplaats/desk/{part}.html", context) for part in PARTS}


def sheet(room: Room, round_: Round) -> dict[str, Any]:
    """Paper for in the room: what is asked, and where to write."""
    kind = RoundKind(round_.kind)
    context: dict[str, Any] = {
        "room": room,
        "meeting": room.meeting,
        "round": round_,
        "kinds": [PostKind(each).label for each in round_.post_kinds],
        "slips": range(SLIPS_ON_A_SHEET) if kind in (RoundKind.RAISE, RoundKind.PRESENT) else (),
        "lines": range(LINES_ON_A_SHEET),
        "is_for_one": kind in (RoundKind.POINTS, RoundKind.WISH, RoundKind.LOOK_BACK),
    }
    match kind:
        case RoundKind.POINTS:
            scene = Scene(room)
            context["choices"] = [target.text for target in scene.targets(*scene.lying(is_released))]
        case RoundKind.WISH:
            context["choices"] = [table.name for table in looks.tables_of(room)]
        case RoundKind.WALK:
            context["questions"] = looks.open_questions(room)
        case RoundKind.LOOK_BACK:
            context["asks"] = on_phone.asks_of(round_)
        case _other:
            pass
    return context


@dataclass(frozen=True)
class Proposed:
    """What the machine would put together, with the words that the posts share."""

    posts: list[Brought]
    cluster: Cluster | None
    words: str


def proposals(room: Room) -> dict[str, Any]:
    scene = Scene(room)
    posts = {post.id: post for post in scene.posts}
    piles = scene.piles.rows
    found = [
        Proposed(
            [posts[id_] for id_ in proposal.post_ids if id_ in posts],
            piles.get(proposal.cluster_id) if proposal.cluster_id else None,
            ", ".join(proposal.words),
        )
        for proposal in propose_clusters(room)
    ]
    return {"room": room, "proposals": found}
