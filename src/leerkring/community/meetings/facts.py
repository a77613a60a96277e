from dataclasses import dataclass

from leerkring.platform.facts import Fact


@dataclass(frozen=True, kw_only=True)
class MeetingPlanned(Fact):
    meeting_id: int
    kind: str


@dataclass(frozen=True, kw_only=True)
class MeetingChanged(Fact):
    meeting_id: int
    revision: int
    in_calendars: list[str]
    """Names of the columns among what people's own calendars show."""
    day_before: str
    last_day_before: str
    """When it was, as 2025-03-13: what lay on that day may go along."""


@dataclass(frozen=True, kw_only=True)
class MeetingMoved(Fact):
    meeting_id: int
    before: str
    state: str


@dataclass(frozen=True, kw_only=True)
class RunSheetItemPut(Fact):
    meeting_id: int
    item_id: int


@dataclass(frozen=True, kw_only=True)
class RunSheetItemChanged(Fact):
    meeting_id: int
    item_id: int


@dataclass(frozen=True, kw_only=True)
class RunSheetItemMoved(Fact):
    meeting_id: int
    item_id: int
    position: int


@dataclass(frozen=True, kw_only=True)
class RunSheetItemRemoved(Fact):
    meeting_id: int
    item_id: int


@dataclass(frozen=True, kw_only=True)
class PeopleExpected(Fact):
    meeting_id: int
    people_count: int


@dataclass(frozen=True, kw_only=True)
class PeopleReleased(Fact):
    """They left, or have no place any more in the series of which it is a part; who had signed off is among them."""

    meeting_id: int
    people_count: int
    person_ids: list[int]


@dataclass(frozen=True, kw_only=True)
class AttendanceNoted(Fact):
    meeting_id: int
    people_count: int


@dataclass(frozen=True, kw_only=True)
class PartsNoted(Fact):
    """For which parts of the run sheet somebody was there."""

    meeting_id: int
    attendance_id: int
    parts_count: int


@dataclass(frozen=True, kw_only=True)
class SignedUp(Fact):
    meeting_id: int


@dataclass(frozen=True, kw_only=True)
class SignedOff(Fact):
    meeting_id: int


@dataclass(frozen=True, kw_only=True)
class MaterialAdded(Fact):
    meeting_id: int
    material_id: int


@dataclass(frozen=True, kw_only=True)
class MaterialRemoved(Fact):
    meeting_id: int
    material_id: int


@dataclass(frozen=True, kw_only=True)
class RunSheetItemRestored(Fact):
    meeting_id: int
    item_id: int


@dataclass(frozen=True, kw_only=True)
class MaterialRestored(Fact):
    meeting_id: int
    material_id: int


@dataclass(frozen=True, kw_only=True)
class DoorFact(Fact):
    meeting_id: int


@dataclass(frozen=True, kw_only=True)
class DoorOpened(DoorFact):
    pass


@dataclass(frozen=True, kw_only=True)
class DoorClosed(DoorFact):
    pass


@dataclass(frozen=True, kw_only=True)
class CodeRotated(DoorFact):
    pass


@dataclass(frozen=True, kw_only=True)
class DoorLocked(DoorFact):
    pass


@dataclass(frozen=True, kw_only=True)
class DoorUnlocked(DoorFact):
    pass


@dataclass(frozen=True, kw_only=True)
class GuestsAdmitted(DoorFact):
    is_on: bool


@dataclass(frozen=True, kw_only=True)
class SeatFact(Fact):
    meeting_id: int
    seat_id: int


@dataclass(frozen=True, kw_only=True)
class CheckedIn(SeatFact):
    pass


@dataclass(frozen=True, kw_only=True)
class SeatTaken(SeatFact):
    """Before the meeting, by somebody of the programme."""


@dataclass(frozen=True, kw_only=True)
class SeatClaimed(SeatFact):
    """Somebody signed in where a guest sat."""


@dataclass(frozen=True, kw_only=True)
class SeatPutOut(SeatFact):
    pass


@dataclass(frozen=True, kw_only=True)
class SeatLetBackIn(SeatFact):
    pass


@dataclass(frozen=True, kw_only=True)
class PollFact(Fact):
    poll_id: int


@dataclass(frozen=True, kw_only=True)
class PollOpened(PollFact):
    pass


@dataclass(frozen=True, kw_only=True)
class PollDatesAdded(PollFact):
    count: int


@dataclass(frozen=True, kw_only=True)
class PollOptionRemoved(PollFact):
    option_id: int


@dataclass(frozen=True, kw_only=True)
class PollOptionRestored(PollFact):
    option_id: int


@dataclass(frozen=True, kw_only=True)
class PollAnswered(PollFact):
    voice_id: int


@dataclass(frozen=True, kw_only=True)
class PollVoiceRemoved(PollFact):
    voice_id: int


@dataclass(frozen=True, kw_only=True)
class PollNeeds(PollFact):
    """Somebody must be there, or need not be any more."""

    voice_id: int
    is_needed: bool


@dataclass(frozen=True, kw_only=True)
class PollDecided(PollFact):
    """A date was chosen: those who answered are told."""

    option_id: int
    meeting_id: int


@dataclass(frozen=True, kw_only=True)
class PollChanged(PollFact):
    pass


@dataclass(frozen=True, kw_only=True)
class PollClosed(PollFact):
    pass


@dataclass(frozen=True, kw_only=True)
class PollReopened(PollFact):
    pass


@dataclass(frozen=True, kw_only=True)
class SpeakerFact(Fact):
    meeting_id: int
    speaker_id: int


@dataclass(frozen=True, kw_only=True)
class SpeakerInvited(SpeakerFact):
    pass


@dataclass(frozen=True, kw_only=True)
class SpeakerEnded(SpeakerFact):
    pass


@dataclass(frozen=True, kw_only=True)
class SpeakerRestored(SpeakerFact):
    pass
