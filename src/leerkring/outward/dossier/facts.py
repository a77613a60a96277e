from dataclasses import dataclass

from leerkring.platform.facts import Fact


@dataclass(frozen=True, kw_only=True)
class DossierFact(Fact):
    dossier_id: int


@dataclass(frozen=True, kw_only=True)
class DossierAsked(DossierFact):
    narrowest: str


@dataclass(frozen=True, kw_only=True)
class DossierMade(DossierFact):
    pass


@dataclass(frozen=True, kw_only=True)
class DossierFailed(DossierFact):
    pass


@dataclass(frozen=True, kw_only=True)
class DossierRemoved(DossierFact):
    pass
