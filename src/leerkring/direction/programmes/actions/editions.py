from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from leerkring.community.meetings.actions import expect_participants
from leerkring.community.meetings.models import Meeting
from leerkring.community.people.models import Person
from leerkring.direction.programmes import access, queries, rules
from leerkring.direction.programmes.actions.dates import fit
from leerkring.direction.programmes.actions.places import fill_up, locked
from leerkring.direction.programmes.enums import EditionState, EnrolmentState
from leerkring.direction.programmes.facts import EditionChanged, EditionMoved, EditionOpened
from leerkring.direction.programmes.models import Edition, Programme
from leerkring.platform import facts
from leerkring.platform.rules import Refused


def open_edition(
    *,
    programme: Programme,
    name: str,
    starts_on: date,
    ends_on: date,
    fully_from_count: int,
    by: Person,
    places_count: int | None = None,
    meetings: Iterable[Meeting] = (),
) -> Edition:
    """Open an edition as a draft, with the rule of completion announced up front. Raises PermissionDenied, Refused."""
    rules.require(access.may_change_programme(by, programme))
    edition = Edition(
        programme=programme,
        name=name.strip(),
        starts_on=starts_on,
        ends_on=ends_on,
        fully_from_count=fully_from_count,
        places_count=places_count,
    )
    rules.check_edition(edition)
    chosen = list(meetings)
    for meeting in chosen:
        _require_own(edition, meeting)
    with transaction.atomic():
        edition.save()
        edition.meetings.set(chosen)
        _refit(edition, None)
        facts.record(EditionOpened(community_id=programme.community_id, by_id=by.pk, edition_id=edition.pk))
    return edition


def change_edition(
    *, edition: Edition, name: str, starts_on: date, ends_on: date, places_count: int | None, by: Person
) -> Edition:
    """The rule of completion stays as it was announced. Raises PermissionDenied and Refused."""
    rules.require(access.may_change_programme(by, edition.programme))
    with transaction.atomic():
        theirs = locked(edition)
        theirs.name, theirs.starts_on, theirs.ends_on = name.strip(), starts_on, ends_on
        theirs.places_count = places_count
        rules.check_edition(theirs)
        rules.check_frame(theirs, queries.span_of(theirs))
        theirs.save()
        facts.record(EditionChanged(community_id=edition.community.pk, by_id=by.pk, edition_id=edition.pk))
        fill_up(theirs)
    edition.refresh_from_db()
    return edition


def add_meeting(*, edition: Edition, meeting: Meeting, by: Person) -> None:
    """Let a meeting of the programme count for the edition. Raises PermissionDenied and Refused."""
    rules.require(access.may_change_programme(by, edition.programme))
    _require_own(edition, meeting)
    with transaction.atomic():
        theirs = locked(edition)
        before = queries.span_of(theirs)
        edition.meetings.add(meeting)
        _refit(theirs, before)
        _expect_everybody(edition, [meeting], by)
        facts.record(EditionChanged(community_id=edition.community.pk, by_id=by.pk, edition_id=edition.pk))


def remove_meeting(*, edition: Edition, meeting: Meeting, by: Person) -> None:
    """The meeting stays; it no longer counts for the edition. Raises PermissionDenied."""
    rules.require(access.may_change_programme(by, edition.programme))
    with transaction.atomic():
        theirs = locked(edition)
        before = queries.span_of(theirs)
        edition.meetings.remove(meeting)
        _refit(theirs, before)
        facts.record(EditionChanged(community_id=edition.community.pk, by_id=by.pk, edition_id=edition.pk))


def set_meetings(*, edition: Edition, meetings: Iterable[Meeting], by: Person) -> None:
    """Say at once which meetings of the programme count for the edition. Raises PermissionDenied and Refused."""
    rules.require(access.may_change_programme(by, edition.programme))
    chosen = list(meetings)
    for meeting in chosen:
        _require_own(edition, meeting)
    with transaction.atomic():
        theirs = locked(edition)
        before = queries.span_of(theirs)
        edition.meetings.set(chosen)
        _refit(theirs, before)
        _expect_everybody(edition, chosen, by)
        facts.record(EditionChanged(community_id=edition.community.pk, by_id=by.pk, edition_id=edition.pk))


def move_edition(*, edition: Edition, state: EditionState, by: Person) -> Edition:
    """One step ahead; a learning community skips recruiting. Once it runs, confirmed people take part.

    A second click on the same state changes nothing. Raises PermissionDenied and Refused.
    """
    rules.require(access.may_change_programme(by, edition.programme))
    with transaction.atomic():
        theirs = Edition.objects.select_for_update().get(pk=edition.pk)
        theirs.programme = edition.programme
        before = EditionState(theirs.state)
        if before != state:
            if theirs.next_state != state:
                raise Refused(
                    _("An edition that is %(before)s cannot become %(state)s.")
                    % {"before": before.label, "state": EditionState(state).label}
                )
            theirs.state = state
            theirs.save(update_fields=["state"])
            if state == EditionState.RUNNING:
                theirs.enrolments.filter(state=EnrolmentState.CONFIRMED).update(state=EnrolmentState.ACTIVE)
            facts.record(
                EditionMoved(
                    community_id=edition.community.pk, by_id=by.pk, edition_id=edition.pk, before=before, state=state
                )
            )
    edition.state = state
    return edition


def _refit(edition: Edition, before: queries.Span | None) -> None:
    if fit(edition, before):
        edition.save(update_fields=["starts_on", "ends_on"])


def _expect_everybody(edition: Edition, meetings: Iterable[Meeting], by: Person) -> None:
    """Who has a place already hears of a meeting that comes on top."""
    people = [enrolment.person for enrolment in queries.enrolments_of(edition).filter(state__in=queries.UNDER_WAY)]
    if people:
        expect_participants(meetings=meetings, people=people, by=by)


def _require_own(edition: Edition, meeting: Meeting) -> None:
    if meeting.community_id != edition.community.pk:
        raise Refused(_("This meeting belongs to another programme, or to a group."))
