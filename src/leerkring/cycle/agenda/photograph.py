"""Taking the photograph: from the living questions of a programme to the rows of a version, not yet saved."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from leerkring.community.memberships.queries import in_programme
from leerkring.cycle.agenda import queries
from leerkring.cycle.agenda.codes import number_of
from leerkring.cycle.agenda.models import Agenda, AgendaEntry, AgendaVersion
from leerkring.cycle.questions.enums import GONE_STATES, LISTED_OPEN_STATES, QuestionState
from leerkring.cycle.questions.models import LearningQuestion, Succession

CLOSED_STATES = GONE_STATES | {QuestionState.ANSWERED}


def photograph(agenda: Agenda, last: AgendaVersion | None, before: Iterable[AgendaEntry]) -> list[AgendaEntry]:
    """Every question with a code as it is now, as the version after `last` would show it: listed ones first, in order.

    `before` are the rows of `last`.
    """
    coded: list[Any] = list(queries.to_photograph(agenda.community))
    listed = [question for question in coded if question.is_on_draft]
    unlisted = sorted((q for q in coded if not q.is_on_draft), key=lambda question: number_of(question.code or ""))
    rows_before = {entry.question_id: entry for entry in before}
    came_from, went_to = _successions(agenda)
    return [
        _entry(
            question,
            position=position,
            is_listed=question.is_on_draft,
            number=last.number + 1 if last else 1,
            before=rows_before.get(question.pk),
            came_from=came_from.get(question.pk, []),
            went_to=went_to.get(question.pk, []),
        )
        for position, question in enumerate([*listed, *unlisted], start=1)
    ]


def _successions(agenda: Agenda) -> tuple[dict[int, list[str]], dict[int, list[str]]]:
    questions = in_programme(agenda.community, LearningQuestion.objects.all())
    links = Succession.objects.filter(predecessor__in=questions.values("id")).order_by("id")
    came_from: defaultdict[int, list[str]] = defaultdict(list)
    went_to: defaultdict[int, list[str]] = defaultdict(list)
    for old, old_code, new, new_code in links.values_list(
        "predecessor_id", "predecessor__code", "successor_id", "successor__code"
    ):
        if old_code:
            came_from[new].append(old_code)
        if new_code:
            went_to[old].append(new_code)
    return came_from, went_to


def _entry(
    question: LearningQuestion,
    *,
    position: int,
    is_listed: bool,
    number: int,
    before: AgendaEntry | None,
    came_from: list[str],
    went_to: list[str],
) -> AgendaEntry:
    is_open = is_listed and question.state in LISTED_OPEN_STATES
    is_closed = question.state in CLOSED_STATES
    closed_before = before.closed_in if before and before.state == question.state and not is_listed else None
    owner = question.owner_unit or question.owner
    return AgendaEntry(
        question=question,
        code=question.code or "",
        position=position,
        is_listed=is_listed,
        wording=question.wording,
        barrier=question.barrier,
        state=question.state,
        theme_name=question.theme.name if question.theme else "",
        theme_position=question.theme.position if question.theme else None,
        owner_name=owner.name if owner else "",
        owner_is_unit=question.owner_unit is not None,
        answer=question.answer,
        drop_reason=question.drop_reason,
        drop_note=question.drop_note,
        came_from=came_from,
        went_to=went_to,
        origin=question.origin,
        open_count=(before.open_count if before else 0) + 1 if is_open else 0,
        closed_in=(closed_before or number) if is_closed else None,
    )
