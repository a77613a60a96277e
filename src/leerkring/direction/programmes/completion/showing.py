"""What the pages of completion show, gathered."""

from __future__ import annotations

from dataclasses import dataclass

from leerkring.community.meetings.models import Attendance, Meeting
from leerkring.direction.programmes.completion import queries, words
from leerkring.direction.programmes.completion.models import Certificate
from leerkring.direction.programmes.completion.tally import Line, Tally
from leerkring.direction.programmes.enums import Completion, EnrolmentState
from leerkring.direction.programmes.models import Edition, Enrolment


@dataclass(frozen=True)
class Row:
    """One person on the page of the team."""

    enrolment: Enrolment
    tally: Tally
    certificate: Certificate | None

    @property
    def is_counted(self) -> bool:
        return self.enrolment.meetings_count is not None

    @property
    def completion(self) -> Completion | None:
        """As it was counted, else as it stands now."""
        if self.is_counted:
            return Completion(self.enrolment.completion) if self.enrolment.completion else None
        return self.tally.completion

    @property
    def change(self) -> str:
        """What another certificate would say today; nothing when it is the same."""
        if self.certificate is None or self.certificate.says_the_same_as(self.tally.as_data()):
            return ""
        return words.change_in_words(self.certificate, self.tally)

    @property
    def waits_for_certificate(self) -> bool:
        return self.certificate is None and self.enrolment.state == EnrolmentState.COMPLETED


@dataclass(frozen=True)
class Overview:
    """Everybody of an edition, for the team."""

    rows: list[Row]

    @property
    def changed(self) -> list[Row]:
        return [row for row in self.rows if row.change]

    @property
    def waiting_count(self) -> int:
        return sum(1 for row in self.rows if row.waits_for_certificate)

    @property
    def issued_count(self) -> int:
        return sum(1 for row in self.rows if row.certificate is not None)

    def count(self, completion: Completion | None) -> int:
        return sum(1 for row in self.rows if row.completion == completion)

    @property
    def fully_count(self) -> int:
        return self.count(Completion.FULLY)

    @property
    def partly_count(self) -> int:
        return self.count(Completion.PARTLY)

    @property
    def is_counted(self) -> bool:
        return any(row.is_counted for row in self.rows)

    @property
    def can_be_counted(self) -> bool:
        """Every meeting was held, and somebody is still under way."""
        lines = self.rows[0].tally.lines if self.rows else []
        held = bool(lines) and all(line.meeting.is_held for line in lines)
        return held and any(not row.is_counted for row in self.rows)


def overview_of(
    edition: Edition, meetings: list[Meeting] | None = None, attendances: list[Attendance] | None = None
) -> Overview:
    """In five queries, however many take part; fewer where a page read what counts for the edition already."""
    enrolments = list(queries.enrolments_to_weigh(edition))
    tallies = queries.tallies_of(edition, enrolments, meetings, attendances)
    certificates = {certificate.enrolment_id: certificate for certificate in queries.standing_certificates(edition)}
    return Overview([Row(e, tallies[e.pk], certificates.get(e.pk)) for e in enrolments])


def lines_in_words(tally: Tally) -> list[tuple[Line, str]]:
    return [(line, words.line_in_words(line)) for line in tally.lines]
