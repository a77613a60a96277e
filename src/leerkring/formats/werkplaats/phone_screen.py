"""The screen of a phone: what is on for everybody, in words. The page and the live topic show the same.

Nothing personal is in what `screen_of` makes; `give`, `wish_for` and `answer` add what one seat did, for its page.
"""

from __future__ import annotations

from copy import copy
from dataclasses import dataclass, field, replace
from hashlib import sha256
from typing import Any

from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from leerkring.cycle.questions.enums import QuestionState
from leerkring.formats.werkplaats import queries
from leerkring.formats.werkplaats.enums import AskKind, PostKind, RoundKind, Verdict
from leerkring.formats.werkplaats.ground import SENTENCE
from leerkring.formats.werkplaats.models import Room
from leerkring.formats.werkplaats.phone_rows import AskLine, Choice, Line, RankButton, Result, Stack, VersionLines
from leerkring.formats.werkplaats.queries import on_phone
from leerkring.formats.werkplaats.snapshots import (
    PhoneView,
    PresentationView,
    QuestionView,
    RoundView,
    TableView,
    TargetView,
)
from leerkring.platform import clock
from leerkring.platform.ui.days import date_words, time_words
from leerkring.platform.ui.marks import letter_state

RANKS = (1, 2, 3)
PARTS = {
    RoundKind.WELCOME: "welcome",
    RoundKind.RAISE: "raise",
    RoundKind.SCREEN: "wait",
    RoundKind.CLUSTER: "wait",
    RoundKind.POINTS: "points",
    RoundKind.WALK: "walk",
    RoundKind.PRESENT: "present",
    RoundKind.WISH: "wish",
    RoundKind.FORM: "wait",
    RoundKind.ANNOUNCE: "announce",
    RoundKind.SET_VERSION: "set_version",
    RoundKind.LOOK_BACK: "look_back",
}
"""The template of each kind of round."""
SIGNS = {RoundKind.SCREEN: "i-ask", RoundKind.CLUSTER: "l-prov", RoundKind.FORM: "i-people"}
CHIPS = {Verdict.ANSWERED: "done", Verdict.PROVISIONAL: "done", Verdict.DROPPED: "stop"}


@dataclass
class PhoneScreen:
    room: Room
    view: PhoneView
    part: str
    round: RoundView | None = None
    """The round that is on, or whose result is shown; None between rounds, before and after."""
    is_early: bool = False
    stacks: list[Stack] = field(default_factory=list)
    results: list[Result] = field(default_factory=list)
    points_left: int = 0
    tables: list[Choice] = field(default_factory=list)
    asked: Line | None = None
    walked: list[Line] = field(default_factory=list)
    presents: PresentationView | None = None
    later: list[PresentationView] = field(default_factory=list)
    version: VersionLines | None = None
    asks: list[AskLine] = field(default_factory=list)
    chosen: str = ""
    seating: str = ""
    """Changes when somebody is put at another table."""
    html: str = ""

    most = SENTENCE

    @property
    def template(self) -> str:
        return f"werkplaats/phone/part_{self.part}.html"

    @property
    def key(self) -> str:
        """The key of the live topic."""
        return f"{self.room.pk}-early" if self.is_early else str(self.room.pk)

    @property
    def round_id(self) -> int:
        return self.round.id if self.round else 0

    @property
    def name(self) -> str:
        return self.view.title

    @property
    def title(self) -> str:
        if self.round is not None:
            return self.round.title
        return {"over": _("Thank you, it is done"), "before": _("You are in")}.get(self.part, self.name)

    @property
    def count(self) -> str:
        if self.is_early:
            return _("before the meeting")
        if self.round is None:
            return ""
        return _("Round %(number)d of %(all)d") % {"number": self.round.number, "all": self.view.round_count}

    @property
    def kinds(self) -> list[PostKind]:
        return [kind for kind in self.round.takes if kind != PostKind.FEEDBACK] if self.round else []

    @property
    def begins(self) -> str:
        starts_at = self.room.meeting.starts_at
        day, time = date_words(starts_at, "full"), time_words(starts_at)
        return _("It begins on %(day)s at %(time)s.") % {"day": day, "time": time}

    @property
    def until(self) -> str:
        """Before the meeting: until when something can be brought in."""
        at = self.round.deadline_at if self.round and self.is_early else None
        if at is None:
            return ""
        return _("Open until %(day)s, %(time)s.") % {"day": date_words(at, "full"), "time": time_words(at)}

    @property
    def sign(self) -> str:
        return SIGNS.get(self.round.kind, "l-open") if self.round else "l-open"

    @property
    def now_words(self) -> str:
        """What happens now, when nobody wrote an explanation."""
        match self.round.kind if self.round else "":
            case RoundKind.SCREEN:
                return _("The facilitator reads everything before it comes on the big screen.")
            case RoundKind.CLUSTER:
                return _("On the big screen we put together what belongs together. Say it when something lies wrong.")
            case RoundKind.FORM:
                return _("The groups are being formed from your wishes. In a moment you see your table here.")
            case _other:
                return _("In a moment you see your table here.")

    @property
    def points_words(self) -> str:
        budget = self.round.budget if self.round else 0
        most = self.round.most_per_target if self.round else None
        words = ngettext("Give your %(count)d point.", "Divide your %(count)d points.", budget) % {"count": budget}
        return f"{words} {_('At most %(count)d on one.') % {'count': most}}" if most and most < budget else words

    @property
    def results_words(self) -> str:
        points = sum(row.points for row in self.results)
        if not points:
            return _("Nobody gave a point in this round.")
        words = ngettext("%(count)d point was given.", "%(count)d points were given.", points)
        return f"{words % {'count': points}} {_('The most stand first.')}"

    # The timer: the page shows what is left when it is made, the script goes on by the server's clock.

    @property
    def left(self) -> int | None:
        if self.round is None or not self.round.is_open:
            return None
        if self.round.left_seconds is not None:
            return self.round.left_seconds
        if self.round.ends_at is None:
            return None
        return max(0, int((self.round.ends_at - clock.now()).total_seconds()))

    @property
    def total(self) -> int:
        if self.presents is not None and self.presents.is_on:
            return self.presents.minutes * 60
        return self.round.minutes * 60 if self.round else 0

    @property
    def is_last(self) -> bool:
        """The last minute, or over it."""
        return self.left is not None and self.left <= 60

    @property
    def clock_text(self) -> str:
        left = self.left or 0
        return f"{left // 60}:{left % 60:02d}"

    @property
    def share(self) -> int:
        return min(100, round(100 * (self.left or 0) / max(1, self.total)))

    @property
    def clock_word(self) -> str:
        if self.left is None or self.round is None:
            return ""
        if self.round.left_seconds is not None:
            return _("paused")
        if self.left == 0:
            return _("time is up")
        return _("last minute") if self.is_last else ""

    @property
    def stamp(self) -> str:
        """Tells one screen from another."""
        return sha256(f"{self.title}|{self.count}|{self.html}".encode()).hexdigest()[:16]

    @property
    def ask(self) -> str:
        """What is personal is asked for again when this changes."""
        announced = self.view.announced_at.isoformat() if self.view.announced_at else ""
        return f"{self.round_id}:{self.part}:{announced}:{self.seating}"

    def of_one(self) -> PhoneScreen:
        """To show on it what one seat did."""
        stacks, results = [copy(row) for row in self.stacks], [copy(row) for row in self.results]
        tables, asks = [copy(row) for row in self.tables], [copy(row) for row in self.asks]
        return replace(self, stacks=stacks, results=results, tables=tables, asks=asks)

    def data(self) -> dict[str, Any]:
        """What the live topic sends to every phone."""
        running = self.round if self.round and self.round.is_open else None
        return {
            "html": self.html,
            "stamp": self.stamp,
            "round": self.round_id,
            "title": self.title,
            "count": self.count,
            "ask": self.ask,
            "ends_at": running.ends_at.timestamp() if running and running.ends_at else None,
            "left_seconds": running.left_seconds if running else None,
            "total": self.total,
        }


def screen_of(room: Room, *, is_early: bool = False) -> PhoneScreen:
    """What is on now, for everybody. `is_early`: for who may bring something in before the meeting."""
    view = queries.phone_view(room)
    screen = PhoneScreen(room=room, view=view, part="between")
    if view.ended_at is not None:
        screen.part = "over"
    elif view.round is not None and view.round.is_open:
        screen.round = view.round
        screen.part = PARTS[view.round.kind]
    elif view.round is not None and view.results is not None:
        screen.round, screen.part = view.round, "results"
    elif view.began_at is None:
        screen.part = "before"
        if is_early and view.early:
            screen.round, screen.is_early, screen.part = view.early[0], True, "raise"
    elif view.announced_at is not None:
        screen.part = "announce"
    if screen.part == "announce" and view.announced_at is None:
        screen.part = "wait"
    _fill(screen)
    screen.html = render_to_string("werkplaats/phone/round.html", {"screen": screen})
    return screen


def _fill(screen: PhoneScreen) -> None:
    view = screen.view
    match screen.part:
        case "raise":
            screen.chosen = screen.kinds[0] if screen.kinds else ""
        case "points":
            screen.stacks = [_stack(target) for target in view.targets]
            screen.points_left = screen.round.budget if screen.round else 0
        case "results":
            screen.results = [
                Result(_key(row.target), row.target.text, row.points, row.share) for row in view.results or ()
            ]
        case "walk":
            screen.asked = next((_line(row) for row in view.questions if row.verdict is None), None)
            screen.walked = [_line(row) for row in view.questions if row.verdict is not None]
        case "present":
            begun = [row for row in view.presentations if row.is_on or row.is_done]
            screen.presents = next((row for row in begun if row.is_on), begun[-1] if begun else None)
            screen.later = [row for row in view.presentations if row not in begun]
        case "wish":
            screen.tables = [_choice(table) for table in view.tables]
            _rank(screen.tables, [])
        case "announce":
            screen.seating = on_phone.seating_stamp(screen.room)
        case "set_version":
            screen.version = _version(screen.room) if view.version_number else None
        case "look_back":
            screen.asks = [AskLine(ask.id, ask.text, ask.kind == AskKind.SCALE) for ask in view.asks]


def _key(target: TargetView) -> str:
    return f"post-{target.post_id}" if target.cluster_id is None else f"cluster-{target.cluster_id}"


def _stack(target: TargetView) -> Stack:
    if target.cluster_id is None:
        return Stack(_key(target), target.text)
    lines = ngettext("%(count)d line", "%(count)d lines", target.count) % {"count": target.count}
    return Stack(_key(target), target.text, lines)


def _line(row: QuestionView) -> Line:
    verdict = Verdict(row.verdict) if row.verdict else None
    return Line(
        row.code, row.ring, row.wording, str(verdict.label).capitalize() if verdict else "",
        CHIPS.get(verdict, "") if verdict else "",
    )  # fmt: skip


def _choice(table: TableView) -> Choice:
    text = table.question if table.question != table.name else ""
    return Choice(table.id, table.name, text, table.theme, table.theme_position or 1)


def _version(room: Room) -> VersionLines | None:
    found = on_phone.version_set_in(room)
    if found is None:
        return None
    version, entries = found
    rows = [Line(entry.code, _ring(entry.state), entry.wording) for entry in entries]
    return VersionLines(
        _("Version %(number)d is set") % {"number": version.number},
        ngettext("%(count)d question. Thank you.", "%(count)d questions. Thank you.", len(rows)) % {"count": len(rows)},
        rows,
    )


def _ring(state: str) -> str:
    return letter_state(
        {QuestionState.ANSWERED: "answered", QuestionState.PROVISIONAL: "prov"}.get(QuestionState(state), state)
    )


def give(screen: PhoneScreen, points: dict[str, int]) -> None:
    """Show on the page what this seat gave."""
    budget = screen.round.budget if screen.round else 0
    most = (screen.round.most_per_target if screen.round else None) or budget
    screen.points_left = budget - sum(points.values())
    for stack in screen.stacks:
        stack.given = points.get(stack.key, 0)
        stack.may_more = screen.points_left > 0 and stack.given < most
    for row in screen.results:
        row.given = points.get(row.key, 0)


def wish_for(screen: PhoneScreen, chosen: list[int]) -> None:
    """Show on the page what this seat would like."""
    _rank(screen.tables, chosen)


def answer(screen: PhoneScreen, replies: dict[int, int | str]) -> None:
    """Show on the page what this seat answered."""
    for ask in screen.asks:
        ask.answer = replies.get(ask.id, "")


def _rank(tables: list[Choice], chosen: list[int]) -> None:
    for table in tables:
        table.choices = [_button(table.id, rank, chosen) for rank in RANKS]


def _button(table: int, rank: int, chosen: list[int]) -> RankButton:
    """A button makes a table the first, second or third wish; pressed again it takes it off. phone.js does the same."""
    is_pressed = chosen[rank - 1 : rank] == [table]
    others = [each for each in chosen if each != table]
    if not is_pressed:
        others.insert(rank - 1, table)
    may = rank <= len(chosen) + (0 if table in chosen else 1)
    return RankButton(rank, ",".join(str(each) for each in others[: len(RANKS)]), is_pressed, may)
