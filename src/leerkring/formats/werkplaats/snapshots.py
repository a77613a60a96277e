"""What each audience of a room sees, as plain values: made once for all who look, with nothing personal in it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from leerkring.formats.werkplaats.enums import (
    HANDING_IN_KINDS,
    AskKind,
    PostKind,
    PostState,
    RoundKind,
    RoundState,
    Verdict,
)


@dataclass(frozen=True)
class RoundView:
    id: int
    kind: RoundKind
    state: RoundState
    number: int
    title: str
    prompt: str
    minutes: int
    takes: tuple[PostKind, ...]
    is_anonymous: bool
    is_open: bool
    is_shown: bool
    budget: int
    most_per_target: int | None
    ends_at: datetime | None
    left_seconds: int | None
    deadline_at: datetime | None
    revision: int

    @property
    def has_paper(self) -> bool:
        return self.kind in HANDING_IN_KINDS


@dataclass(frozen=True)
class PostView:
    id: int
    kind: PostKind
    text: str
    state: PostState
    round_id: int
    at: datetime
    is_typed: bool
    author: str
    """Empty but on the desk, and there too in a round without names."""


@dataclass(frozen=True)
class PileView:
    id: int
    title: str
    posts: tuple[PostView, ...]
    question_id: int | None

    @property
    def count(self) -> int:
        return len(self.posts)

    @property
    def name(self) -> str:
        """Its title, or what lies on top."""
        return self.title or (self.posts[0].text if self.posts else "")


@dataclass(frozen=True)
class TargetView:
    """What can be given points: a pile or a post. `count` is the number of posts in it."""

    cluster_id: int | None
    post_id: int | None
    text: str
    count: int

    @property
    def field(self) -> str:
        """How a form names it."""
        return f"post-{self.post_id}" if self.cluster_id is None else f"cluster-{self.cluster_id}"


@dataclass(frozen=True)
class ResultView:
    target: TargetView
    points: int
    voters: int
    share: int
    """Of the largest, in a hundred."""


@dataclass(frozen=True)
class QuestionView:
    """A question on the agenda in the walk; `verdict` is empty until the room said something."""

    id: int
    code: str
    wording: str
    state: str
    ring: str
    revision: int
    theme: str
    theme_position: int | None
    verdict: Verdict | None


@dataclass(frozen=True)
class PresentationView:
    id: int
    group_id: int
    group: str
    minutes: int
    is_on: bool
    is_done: bool
    words: int
    """How many words were said to this group."""


@dataclass(frozen=True)
class TableView:
    id: int
    name: str
    table: str
    theme: str
    theme_position: int | None
    question: str
    min: int
    max: int
    seated: int
    """How many sit there: 0 for phones and projector before it is announced."""
    wishes: int
    """First wishes; on the desk only, 0 elsewhere."""
    first_at: datetime | None
    group_id: int | None


@dataclass(frozen=True)
class AskView:
    """Something to look back with. The figures are there from five replies on, once they are shown."""

    id: int
    text: str
    kind: AskKind
    replies: int
    average: float | None
    spread: tuple[int, ...]
    """How many said 1, 2, 3, 4, 5."""
    lines: tuple[str, ...]

    @property
    def field(self) -> str:
        """How a form names it."""
        return f"ask-{self.id}"


@dataclass(frozen=True)
class DoorView:
    code: str
    is_locked: bool
    admits_guests: bool


@dataclass(frozen=True)
class Presence:
    people: int
    guests: int

    @property
    def count(self) -> int:
        return self.people + self.guests


@dataclass(frozen=True)
class RoomView:
    """What every audience has in common: where the room is, and what the round of now is about.

    Only the parts that this round is about are filled.
    """

    version: int
    now: datetime
    room_id: int
    meeting_id: int
    title: str
    is_screened: bool
    began_at: datetime | None
    ended_at: datetime | None
    announced_at: datetime | None
    door: DoorView | None
    presence: Presence
    round: RoundView | None
    """The round that is open, else the one that closed last."""
    round_count: int
    posts: tuple[PostView, ...]
    """Those that lie on no pile."""
    piles: tuple[PileView, ...]
    targets: tuple[TargetView, ...]
    givers: int
    """How many gave points (or replied, or wished) in this round; says nothing about for what. 0 on phones."""
    results: tuple[ResultView, ...] | None
    """None until they are shown."""
    questions: tuple[QuestionView, ...]
    presentations: tuple[PresentationView, ...]
    tables: tuple[TableView, ...]
    asks: tuple[AskView, ...]
    version_number: int | None
    """The number of the version of the agenda that was set in this meeting."""


@dataclass(frozen=True)
class ProjectorView(RoomView):
    """Never holds a post that is not released, or was taken back; nor points before they are shown."""


@dataclass(frozen=True)
class PhoneView(RoomView):
    """As the projector, without the words of others in rounds of their own; what is one's own comes from `mine`."""

    early: tuple[RoundView, ...]
    """Rounds in which members can bring something in before the meeting."""


@dataclass(frozen=True)
class StepView:
    id: int
    verb: str
    by: str
    at: datetime
    is_undone: bool
    undone_by: str
    thing: str
    """What it was about, by its name of now; empty when that is not there any more."""
    other: str
    count: int
    verdict: str


@dataclass(frozen=True)
class DeskView(RoomView):
    """Everything that a facilitator works with."""

    rounds: tuple[RoundView, ...]
    waiting: tuple[PostView, ...]
    held: tuple[PostView, ...]
    steps: tuple[StepView, ...]
    seated: int


@dataclass(frozen=True)
class OwnPost:
    id: int
    key: str
    round_id: int
    kind: PostKind
    text: str
    state: PostState
    at: datetime
    is_taken_back: bool
    can_take_back: bool


@dataclass(frozen=True)
class Companion:
    name: str
    works_at: str
    is_me: bool


@dataclass(frozen=True)
class FirstWish:
    """What one wished first, how many places there are, and how many wished it first."""

    table_id: int
    name: str
    places: int
    people: int


@dataclass(frozen=True)
class OwnPlace:
    table_id: int
    name: str
    table: str
    theme: str
    theme_position: int | None
    first_at: datetime | None
    rank: int | None
    """Which wish this was; None when it was no wish."""
    first_wish: FirstWish | None
    why: dict[str, Any]
    is_pinned: bool
    """A facilitator put them there."""
    count: int
    companions: tuple[Companion, ...]
    """Who else sits there; empty for guests, who see the number."""


@dataclass(frozen=True)
class Mine:
    """What only this device may see of itself."""

    seat_id: int
    name: str
    is_guest: bool
    is_out: bool
    round_id: int | None
    round_kind: RoundKind | None
    posts: tuple[OwnPost, ...]
    points: dict[str, int] | None
    """By target: "cluster:<id>" or "post:<id>". None when it is not about points, or nobody can tell any more."""
    points_left: int | None
    wishes: tuple[int, ...]
    replies: dict[int, int | str]
    place: OwnPlace | None
