from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from leerkring.community.meetings.models import Meeting
from leerkring.community.memberships.enums import Label
from leerkring.community.memberships.models import Community
from leerkring.community.people.models import Person
from leerkring.cycle.agenda import access, queries
from leerkring.cycle.agenda.codes import code_of
from leerkring.cycle.agenda.enums import Origin, VersionState
from leerkring.cycle.agenda.facts import (
    AgendaOpened,
    QuestionMoved,
    StubbornAfterSet,
    VersionSet,
)
from leerkring.cycle.agenda.models import Agenda, AgendaEntry, AgendaVersion, DraftPlace
from leerkring.cycle.agenda.photograph import photograph
from leerkring.cycle.questions import access as questions_access
from leerkring.cycle.questions import actions as questions_actions
from leerkring.cycle.questions.enums import LISTED_OPEN_STATES, ON_AGENDA_STATES, QuestionState
from leerkring.cycle.questions.models import LearningQuestion
from leerkring.platform import clock, facts
from leerkring.platform.rules import Refused

MOST_VERSIONS_IN_A_ROW = 9


class AlreadySet(Refused):
    """The version was set a moment ago, by a second click or by a second person. Nothing was doubled."""

    def __init__(self, version: AgendaVersion) -> None:
        self.version = version
        super().__init__(
            _("Version %(number)d has just been set by %(name)s. Nothing was doubled. Look at it first.")
            % {"number": version.number, "name": version.set_by_name}
        )


def open_agenda(*, community: Community, by: Person, stubborn_after: int = 3) -> Agenda:
    """The agenda of the programme, opened when there is none yet. Raises PermissionDenied or Refused."""
    _allow(access.may_place_question(by, community))
    _check_stubborn_after(stubborn_after)
    with transaction.atomic():
        return _opened(community, by, stubborn_after)


def set_stubborn_after(*, agenda: Agenda, stubborn_after: int, by: Person) -> Agenda:
    """After how many versions in a row an open question is called stubborn; set versions keep theirs (rule 4).

    Raises PermissionDenied or Refused.
    """
    _allow(access.may_keep_agenda(by, agenda.community))
    _check_stubborn_after(stubborn_after)
    with transaction.atomic():
        _lock(agenda)
        agenda.stubborn_after = stubborn_after
        _save_changed(agenda)
        facts.record(
            StubbornAfterSet(
                community_id=agenda.community_id,
                by_id=by.pk,
                agenda_id=agenda.pk,
                stubborn_after=stubborn_after,
            )
        )
    return agenda


def place_question(*, question: LearningQuestion, by: Person, origin: Origin | None = None) -> LearningQuestion:
    """Put a raised or sharpened question at the end of the draft; it gets its code, for life (rule 2).

    One that comes from a blocked change is placed by whoever may ask it. Raises PermissionDenied, or Refused when its
    state does not allow it.
    """
    community = _programme_of(question)
    from_block = origin == Origin.BLOCK and questions_access.may_raise_question(by, community)
    _allow(from_block or access.may_place_question(by, community))
    with transaction.atomic():
        agenda = _opened(community, by)
        _lock(agenda)
        if origin is not None:
            question.origin = origin
            question.save(update_fields=["origin"])
        _place(agenda, question, by)
        _save_changed(agenda)
    return question


def take_off(*, question: LearningQuestion, by: Person) -> LearningQuestion:
    """Undo a placing. Raises PermissionDenied, or Refused once a set version has shown the question."""
    agenda = _agenda_with(question)
    _allow(access.may_keep_agenda(by, agenda.community))
    with transaction.atomic():
        _lock(agenda)
        if queries.was_set(question):
            raise Refused(_("A set version shows this question. Answer it, split it, merge it or let it go."))
        questions_actions.take_back(question=question, by=by)
        DraftPlace.objects.filter(question=question).delete()
        _save_changed(agenda)
    return question


def move_question(*, question: LearningQuestion, position: int, by: Person) -> LearningQuestion:
    """Give a question another place in the order of the draft, counted from 1.

    Raises PermissionDenied, or Refused when it does not stand on the draft.
    """
    agenda = _agenda_with(question)
    _allow(access.may_keep_agenda(by, agenda.community))
    with transaction.atomic():
        _lock(agenda)
        order = [other for other in queries.draft_of(agenda.community) if other.pk != question.pk]
        question.refresh_from_db()
        if question.state not in ON_AGENDA_STATES:
            raise Refused(_("This question is not on the draft."))
        position = max(1, min(position, len(order) + 1))
        order.insert(position - 1, question)
        _write_order(agenda, order, by)
        _save_changed(agenda)
        facts.record(
            QuestionMoved(
                community_id=agenda.community_id,
                by_id=by.pk,
                agenda_id=agenda.pk,
                question_id=question.pk,
                position=position,
            )
        )
    return question


def split_on_agenda(
    *, question: LearningQuestion, wordings: Sequence[str], by: Person, note: str = ""
) -> list[LearningQuestion]:
    """Split a question; when it stood on the draft, its successors get their codes there, in its place.

    Raises PermissionDenied or Refused.
    """
    with transaction.atomic():
        place = _place_of([question])
        successors = questions_actions.split_question(question=question, wordings=wordings, by=by, note=note)
        _place_successors(place, successors, by)
    return successors


def merge_on_agenda(
    *, questions: Iterable[LearningQuestion], wording: str, by: Person, note: str = ""
) -> LearningQuestion:
    """Merge questions; when one of them stood on the draft, the successor gets its code there.

    Raises PermissionDenied or Refused.
    """
    merged = list(questions)
    with transaction.atomic():
        place = _place_of(merged)
        successor = questions_actions.merge_questions(questions=merged, wording=wording, by=by, note=note)
        _place_successors(place, [successor], by)
    return successor


def set_version(
    *,
    community: Community,
    by: Person,
    revision: int,
    meeting: Meeting | None = None,
    decision: str = "",
    set_on: date | None = None,
    note: str = "",
    label: Label = Label.PROGRAMME,
) -> AgendaVersion:
    """Freeze the draft as the next version, tied to a meeting or to a dated decision (rule 1).

    `revision` is that of the agenda that the keeper saw. Raises PermissionDenied; AlreadySet when a version was set
    since; Refused when the draft is empty or has changed since, or when meeting, decision or day do not fit.
    """
    agenda = queries.agenda_of(community)
    _allow(access.may_set_version(by, community))
    if agenda is None:
        raise Refused(_("Place a question on the draft first."))
    with transaction.atomic():
        _lock(agenda)
        last = queries.last_version(agenda)
        _check_revision(agenda, last, revision)
        number = last.number + 1 if last else 1
        entries = photograph(agenda, last, last.entries.all() if last else [])
        if not any(entry.is_listed for entry in entries):
            raise Refused(_("Place a question on the draft first."))
        AgendaVersion.objects.filter(agenda=agenda, state=VersionState.SET).update(state=VersionState.SUPERSEDED)
        version = AgendaVersion.objects.create(
            community_id=agenda.community_id,
            agenda=agenda,
            number=number,
            meeting=_fitting_meeting(meeting, agenda.community),
            meeting_title=meeting.title if meeting else "",
            decision=_fitting_decision(decision, meeting),
            set_on=_fitting_day(set_on, meeting, last),
            set_at=clock.now(),
            set_by=by,
            set_by_name=by.name,
            stubborn_after=agenda.stubborn_after,
            note=note.strip(),
            label=label,
        )
        for entry in entries:
            entry.version = version
        AgendaEntry.objects.bulk_create(entries)
        _clear_answered(agenda, by)
        agenda.version_revision = agenda.revision + 1
        _save_changed(agenda)
        facts.record(
            VersionSet(
                community_id=agenda.community_id,
                by_id=by.pk,
                version_id=version.pk,
                number=version.number,
                meeting_id=version.meeting_id,
            )
        )
    return version


def _allow(admitted: bool) -> None:
    if not admitted:
        raise PermissionDenied


def _programme_of(question: LearningQuestion) -> Community:
    community = question.community
    return community if community.root_id is None else Community.objects.get(pk=community.root_pk)


def _agenda_with(question: LearningQuestion) -> Agenda:
    agenda = queries.agenda_of(question.community)
    if agenda is None:
        raise Refused(_("This question is not on the draft."))
    return agenda


def _opened(community: Community, by: Person, stubborn_after: int = 3) -> Agenda:
    programme = Community.objects.select_for_update().get(pk=community.root_pk)
    agenda, is_new = Agenda.objects.get_or_create(community=programme, defaults={"stubborn_after": stubborn_after})
    if is_new:
        facts.record(AgendaOpened(community_id=programme.pk, by_id=by.pk, agenda_id=agenda.pk))
    return agenda


def _lock(agenda: Agenda) -> None:
    community = agenda.community
    agenda.refresh_from_db(from_queryset=Agenda.objects.select_for_update())
    agenda.community = community


def _save_changed(agenda: Agenda) -> None:
    agenda.revision += 1
    agenda.save()


def _check_stubborn_after(stubborn_after: int) -> None:
    if not 1 <= stubborn_after <= MOST_VERSIONS_IN_A_ROW:
        raise Refused(_("Choose a number of versions from 1 to %(most)d.") % {"most": MOST_VERSIONS_IN_A_ROW})


def _place(agenda: Agenda, question: LearningQuestion, by: Person, position: int | None = None) -> None:
    is_new = question.code is None
    questions_actions.give_code(question=question, code=code_of(agenda.last_code_number + 1), by=by)
    if is_new:
        agenda.last_code_number += 1
    if position is None:
        position = (agenda.places.aggregate(last=Max("position"))["last"] or 0) + 1
    DraftPlace.objects.update_or_create(
        question=question,
        defaults={"agenda": agenda, "position": position, "placed_at": clock.now(), "placed_by": by},
    )


def _write_order(agenda: Agenda, order: Sequence[LearningQuestion], by: Person) -> None:
    """Number the places from 1, and give one to whoever came back without."""
    places = {place.question_id: place for place in agenda.places.all()}
    changed, new = [], []
    for position, question in enumerate(order, start=1):
        place = places.get(question.pk)
        if place is None:
            new.append(
                DraftPlace(agenda=agenda, question=question, position=position, placed_at=clock.now(), placed_by=by)
            )
        elif place.position != position:
            place.position = position
            changed.append(place)
    DraftPlace.objects.bulk_update(changed, ["position"])
    DraftPlace.objects.bulk_create(new)


def _place_of(questions: Sequence[LearningQuestion]) -> tuple[Agenda, int] | None:
    """The agenda (locked) and the first position that these questions have on it, if they stand there."""
    if not questions:
        return None
    agenda = queries.agenda_of(questions[0].community)
    if agenda is None:
        return None
    _lock(agenda)
    ids = {question.pk for question in questions}
    for position, question in enumerate(queries.draft_of(agenda.community), start=1):
        if question.pk in ids:
            return agenda, position
    return None


def _place_successors(place: tuple[Agenda, int] | None, successors: Sequence[LearningQuestion], by: Person) -> None:
    if place is None:
        return
    agenda, position = place
    for successor in successors:
        _place(agenda, successor, by)
    new = {successor.pk for successor in successors}
    order = [question for question in queries.draft_of(agenda.community) if question.pk not in new]
    order[position - 1 : position - 1] = successors
    _write_order(agenda, order, by)
    _save_changed(agenda)


def _check_revision(agenda: Agenda, last: AgendaVersion | None, revision: int) -> None:
    if revision == agenda.revision:
        return
    if last is not None and revision < agenda.version_revision:
        raise AlreadySet(last)
    raise Refused(_("The draft has changed since you opened it. Look at it once more and set it then."))


def _fitting_meeting(meeting: Meeting | None, community: Community) -> Meeting | None:
    if meeting is None:
        return None
    if meeting.community.root_pk != community.pk:
        raise Refused(_("Choose a meeting of this programme."))
    if meeting.is_cancelled:
        raise Refused(_("This meeting was cancelled. Choose another one, or write down the decision."))
    return meeting


def _fitting_decision(decision: str, meeting: Meeting | None) -> str:
    decision = " ".join(decision.split())
    if meeting is None and not decision:
        raise Refused(_("Choose the meeting in which this version is set, or write down the decision."))
    if len(decision) > 300:
        raise Refused(_("Make it shorter: at most %(count)d characters.") % {"count": 300})
    return decision


def _fitting_day(set_on: date | None, meeting: Meeting | None, last: AgendaVersion | None) -> date:
    today = clock.today()
    if set_on is None:
        set_on = min(timezone.localtime(meeting.starts_at).date(), today) if meeting else today
        if last is not None:
            set_on = max(set_on, last.set_on)
    if set_on > today:
        raise Refused(_("This day is still to come. Choose today or an earlier day."))
    if last is not None and set_on < last.set_on:
        raise Refused(_("The version before this one is of a later day. Choose that day or a later one."))
    return set_on


def _clear_answered(agenda: Agenda, by: Person) -> None:
    """What this version showed as answered, and what is gone, leaves the draft."""
    agenda.places.exclude(question__state__in=LISTED_OPEN_STATES | {QuestionState.PROVISIONAL}).delete()
    _write_order(agenda, list(queries.draft_of(agenda.community)), by)
