from dataclasses import dataclass

from leerkring.platform.facts import Fact


@dataclass(frozen=True, kw_only=True)
class PublicationFact(Fact):
    publication_id: int


@dataclass(frozen=True, kw_only=True)
class PublicationWritten(PublicationFact):
    pass


@dataclass(frozen=True, kw_only=True)
class PublicationChanged(PublicationFact):
    revision: int


@dataclass(frozen=True, kw_only=True)
class PublicationFilesChanged(PublicationFact):
    pass


@dataclass(frozen=True, kw_only=True)
class PublicationPublished(PublicationFact):
    pass


@dataclass(frozen=True, kw_only=True)
class PublicationWithdrawn(PublicationFact):
    pass


@dataclass(frozen=True, kw_only=True)
class PublicationPutBack(PublicationFact):
    pass


@dataclass(frozen=True, kw_only=True)
class AuthorFact(PublicationFact):
    person_id: int


@dataclass(frozen=True, kw_only=True)
class AuthorAsked(AuthorFact):
    pass


@dataclass(frozen=True, kw_only=True)
class AuthorAgreed(AuthorFact):
    pass


@dataclass(frozen=True, kw_only=True)
class AuthorDeclined(AuthorFact):
    pass


@dataclass(frozen=True, kw_only=True)
class AuthorRemoved(AuthorFact):
    pass


@dataclass(frozen=True, kw_only=True)
class ReactionFact(PublicationFact):
    reaction_id: int


@dataclass(frozen=True, kw_only=True)
class ReactionWritten(ReactionFact):
    pass


@dataclass(frozen=True, kw_only=True)
class ReactionShown(ReactionFact):
    pass


@dataclass(frozen=True, kw_only=True)
class ReactionRemoved(ReactionFact):
    pass


@dataclass(frozen=True, kw_only=True)
class ReactionTakenBack(ReactionFact):
    pass


@dataclass(frozen=True, kw_only=True)
class ReactionsChosen(Fact):
    """The team said whether it reads reactions before others do."""

    are_screened: bool
