"""What happens in a room. Of an anonymous round a fact bears no person, no seat and no voter."""

from dataclasses import dataclass

from leerkring.platform.facts import Fact


@dataclass(frozen=True, kw_only=True)
class RoomFact(Fact):
    room_id: int


@dataclass(frozen=True, kw_only=True)
class RoomPrepared(RoomFact):
    meeting_id: int


@dataclass(frozen=True, kw_only=True)
class RoomBegun(RoomFact):
    pass


@dataclass(frozen=True, kw_only=True)
class RoomEnded(RoomFact):
    pass


@dataclass(frozen=True, kw_only=True)
class RoomHarvested(RoomFact):
    question_count: int
    line_count: int


@dataclass(frozen=True, kw_only=True)
class ScreeningSet(RoomFact):
    is_on: bool


@dataclass(frozen=True, kw_only=True)
class StepUndone(RoomFact):
    step_id: int
    verb: str


@dataclass(frozen=True, kw_only=True)
class VoicesJoined(RoomFact):
    """What a guest said is now what the person who signed in said."""


@dataclass(frozen=True, kw_only=True)
class RoundFact(RoomFact):
    round_id: int


@dataclass(frozen=True, kw_only=True)
class RoundAdded(RoundFact):
    kind: str


@dataclass(frozen=True, kw_only=True)
class RoundChanged(RoundFact):
    revision: int


@dataclass(frozen=True, kw_only=True)
class RoundMoved(RoundFact):
    position: int


@dataclass(frozen=True, kw_only=True)
class RoundRemoved(RoundFact):
    pass


@dataclass(frozen=True, kw_only=True)
class RoundSkipped(RoundFact):
    pass


@dataclass(frozen=True, kw_only=True)
class RoundOpened(RoundFact):
    kind: str


@dataclass(frozen=True, kw_only=True)
class RoundClosed(RoundFact):
    pass


@dataclass(frozen=True, kw_only=True)
class RoundRepeated(RoundFact):
    pass


@dataclass(frozen=True, kw_only=True)
class ResultsShown(RoundFact):
    pass


@dataclass(frozen=True, kw_only=True)
class ResultsHidden(RoundFact):
    pass


@dataclass(frozen=True, kw_only=True)
class TimerSet(RoundFact):
    is_paused: bool


@dataclass(frozen=True, kw_only=True)
class PostFact(RoundFact):
    post_id: int


@dataclass(frozen=True, kw_only=True)
class PostMade(PostFact):
    pass


@dataclass(frozen=True, kw_only=True)
class PostTyped(PostFact):
    pass


@dataclass(frozen=True, kw_only=True)
class PostTakenBack(PostFact):
    pass


@dataclass(frozen=True, kw_only=True)
class PostReleased(PostFact):
    pass


@dataclass(frozen=True, kw_only=True)
class PostHeld(PostFact):
    pass


@dataclass(frozen=True, kw_only=True)
class AllReleased(RoomFact):
    post_count: int


@dataclass(frozen=True, kw_only=True)
class ClusterFact(RoomFact):
    cluster_id: int


@dataclass(frozen=True, kw_only=True)
class PostsClustered(ClusterFact):
    post_count: int


@dataclass(frozen=True, kw_only=True)
class PostsPutWith(ClusterFact):
    post_count: int


@dataclass(frozen=True, kw_only=True)
class PostTakenOut(ClusterFact):
    post_id: int


@dataclass(frozen=True, kw_only=True)
class ClusterNamed(ClusterFact):
    pass


@dataclass(frozen=True, kw_only=True)
class ClustersMerged(ClusterFact):
    into_id: int


@dataclass(frozen=True, kw_only=True)
class ClusterDissolved(ClusterFact):
    pass


@dataclass(frozen=True, kw_only=True)
class ClustersOrdered(RoomFact):
    pass


@dataclass(frozen=True, kw_only=True)
class PointsGiven(RoundFact):
    cluster_id: int | None
    post_id: int | None


@dataclass(frozen=True, kw_only=True)
class PointsTyped(RoundFact):
    """A facilitator entered a sheet of paper."""


@dataclass(frozen=True, kw_only=True)
class QuestionWalked(RoundFact):
    question_id: int
    verdict: str


@dataclass(frozen=True, kw_only=True)
class PresentationFact(RoundFact):
    group_id: int


@dataclass(frozen=True, kw_only=True)
class PresentationPut(PresentationFact):
    pass


@dataclass(frozen=True, kw_only=True)
class PresentationRemoved(PresentationFact):
    pass


@dataclass(frozen=True, kw_only=True)
class PresentationBegun(PresentationFact):
    pass


@dataclass(frozen=True, kw_only=True)
class PresentationEnded(PresentationFact):
    pass


@dataclass(frozen=True, kw_only=True)
class TableFact(RoomFact):
    table_id: int


@dataclass(frozen=True, kw_only=True)
class TablePut(TableFact):
    pass


@dataclass(frozen=True, kw_only=True)
class TableChanged(TableFact):
    pass


@dataclass(frozen=True, kw_only=True)
class TableRemoved(TableFact):
    pass


@dataclass(frozen=True, kw_only=True)
class GroupOfTableFormed(TableFact):
    group_id: int


@dataclass(frozen=True, kw_only=True)
class Wished(RoundFact):
    wish_count: int


@dataclass(frozen=True, kw_only=True)
class Placed(RoomFact):
    table_id: int | None


@dataclass(frozen=True, kw_only=True)
class PlacesDivided(RoomFact):
    placing_count: int


@dataclass(frozen=True, kw_only=True)
class PlacesAnnounced(RoomFact):
    pass


@dataclass(frozen=True, kw_only=True)
class PilePlaced(RoomFact):
    """A pile stands on the draft agenda."""

    cluster_id: int
    question_id: int


@dataclass(frozen=True, kw_only=True)
class VersionSetInRoom(RoundFact):
    version_id: int


@dataclass(frozen=True, kw_only=True)
class AskPut(RoundFact):
    ask_id: int


@dataclass(frozen=True, kw_only=True)
class AskRemoved(RoundFact):
    ask_id: int


@dataclass(frozen=True, kw_only=True)
class Replied(RoundFact):
    ask_id: int


@dataclass(frozen=True, kw_only=True)
class RepliesTyped(RoundFact):
    """A facilitator entered a sheet of paper."""


@dataclass(frozen=True, kw_only=True)
class DivisionAsked(RoomFact):
    """Somebody asked the group former to divide the room; PlacesDivided tells that it did."""

    forming_id: int


@dataclass(frozen=True, kw_only=True)
class DivisionThrownAway(RoomFact):
    """Nobody sits at a table by the division any more; who was put somewhere by hand stays."""

    forming_id: int


@dataclass(frozen=True, kw_only=True)
class DivisionFailed(RoomFact):
    forming_id: int


OF_ONE_PHONE = (PostMade, PointsGiven, Wished, Replied)
"""What one phone does changes nothing on the others: their shared screen is not made anew for it."""
