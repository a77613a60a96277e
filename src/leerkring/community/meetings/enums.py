from django.db import models
from django.utils.translation import gettext_lazy as _


class MeetingKind(models.TextChoices):
    WORKSHOP = "workshop", _("workshop")
    LECTURE = "lecture", _("lecture")
    WORKING_SESSION = "working session", _("working session")
    INTERVISIE = "intervisie", _("intervisie")
    WERKPLAATS = "werkplaats", _("werkplaats")
    FOLLOW_UP = "follow-up", _("follow-up")
    GROUP_MEETING = "group meeting", _("group meeting")


class MeetingState(models.TextChoices):
    PLANNED = "planned", _("planned")
    PREPARED = "prepared", _("prepared")
    LIVE = "live", _("live")
    HELD = "held", _("held")
    HARVESTED = "harvested", _("harvested")
    CLOSED = "closed", _("closed")
    CANCELLED = "cancelled", _("cancelled")


class Presence(models.TextChoices):
    EXPECTED = "expected", _("expected")
    PRESENT = "present", _("present")
    PARTLY = "partly", _("partly present")
    EXCUSED = "excused", _("excused")
    ABSENT = "absent", _("absent")


class AttendanceWay(models.TextChoices):
    """How it came that something was noted of somebody."""

    LIST = "list", _("noted by the facilitator or the team")
    CHECK_IN = "check-in", _("checked in at the door")
    OWN_WORD = "own word", _("own word")


class PollReply(models.TextChoices):
    """Whether somebody can come on a proposed date."""

    YES = "yes", _("yes")
    IF_NEED_BE = "if need be", _("if need be")
    NO = "no", _("no")


class IntervisieStep(models.TextChoices):
    """The parts of the published methods; the only words that the run sheet of an intervisie can hold."""

    LOOK_BACK = "look back", _("look back")
    PITCHES = "pitches", _("pitches")
    CHOICE = "choice", _("choose a case")
    CASE = "case", _("the case bringer tells")
    QUESTIONS = "questions", _("questions to clarify")
    EXPLORATION = "exploration", _("exploration")
    ANALYSIS = "analysis", _("analysis without the case bringer")
    CORE = "core", _("the core in each one's words")
    REACTION = "reaction", _("the case bringer reacts")
    ADVICE = "advice", _("advice")
    AGREEMENTS = "agreements", _("agreements")
    EVALUATION = "evaluation", _("evaluation")
    BREAK = "break", _("break")


MEETING_TRANSITIONS: dict[MeetingState, frozenset[MeetingState]] = {
    MeetingState.PLANNED: frozenset(
        {MeetingState.PREPARED, MeetingState.LIVE, MeetingState.HELD, MeetingState.CANCELLED}
    ),
    MeetingState.PREPARED: frozenset({MeetingState.LIVE, MeetingState.HELD, MeetingState.CANCELLED}),
    MeetingState.LIVE: frozenset({MeetingState.HELD}),
    MeetingState.HELD: frozenset({MeetingState.HARVESTED}),
    MeetingState.HARVESTED: frozenset({MeetingState.CLOSED, MeetingState.HELD}),
    MeetingState.CLOSED: frozenset(),
    MeetingState.CANCELLED: frozenset({MeetingState.PLANNED}),
}
