from dataclasses import dataclass

from leerkring.platform.facts import Fact


@dataclass(frozen=True, kw_only=True)
class ReportFact(Fact):
    report_id: int


@dataclass(frozen=True, kw_only=True)
class ReportMade(ReportFact):
    edition_id: int | None


@dataclass(frozen=True, kw_only=True)
class ReportReleased(ReportFact):
    pass


@dataclass(frozen=True, kw_only=True)
class ReportWithdrawn(ReportFact):
    pass
