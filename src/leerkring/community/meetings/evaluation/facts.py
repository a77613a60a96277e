from dataclasses import dataclass

from leerkring.platform.facts import Fact


@dataclass(frozen=True, kw_only=True)
class EvaluationFact(Fact):
    meeting_id: int


@dataclass(frozen=True, kw_only=True)
class EvaluationPrepared(EvaluationFact):
    pass


@dataclass(frozen=True, kw_only=True)
class EvaluationDropped(EvaluationFact):
    pass


@dataclass(frozen=True, kw_only=True)
class EvaluationOpened(EvaluationFact):
    """The meeting is over: whoever was there may be asked. Once for each meeting."""


@dataclass(frozen=True, kw_only=True)
class EvaluationAnswered(EvaluationFact):
    """Somebody answered. Bears nobody, on purpose."""


@dataclass(frozen=True, kw_only=True)
class EvaluationTypedOver(EvaluationFact):
    """An answer on paper was typed over, by whom; whose it is nobody wrote down."""


@dataclass(frozen=True, kw_only=True)
class GuestAddressLeft(EvaluationFact):
    """A guest wants the questions by mail."""


@dataclass(frozen=True, kw_only=True)
class EvaluationClosed(EvaluationFact):
    """Nothing ties an answer to a person from here on."""
