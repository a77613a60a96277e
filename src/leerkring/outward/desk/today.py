"""A whole first screen, put together from the four lists, the one thing to begin with and the cycle."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from leerkring.community.meetings.enums import MeetingState
from leerkring.community.meetings.models import Meeting
from leerkring.community.memberships.models import Community
from leerkring.community.people.models import Person
from leerkring.cycle.questions.enums import Origin
from leerkring.cycle.questions.models import LearningQuestion
from leerkring.outward.desk import cycle, queries
from leerkring.outward.desk.changed import changed_lines
from leerkring.outward.desk.lines import Line, Section
from leerkring.outward.desk.now import Proposal, proposals
from leerkring.outward.desk.stuck import is_quiet, stuck_lines
from leerkring.outward.desk.turns import my_lines, turn_lines
from leerkring.platform import clock
from leerkring.platform.ui.days import date_words, local_day
from leerkring.platform.ui.pictures import Step

QUIET_START = timedelta(days=30)
MOST_WEEKS = 60
"""A cycle or an edition takes less than a year or so."""
TO_COME = (MeetingState.PLANNED, MeetingState.PREPARED, MeetingState.LIVE)


@dataclass(frozen=True)
class Today:
    day: date
    title: str
    lead: str
    proposal: Proposal
    next_proposal: int
    changed: Section
    stuck: Section
    turns: Section
    mine: Section
    counts: dict[str, int]
    stations: list[cycle.Station]
    large: cycle.Drawing
    small: cycle.Drawing
    came_back: str
    """Letter of a question that came of a blocked cell and is open, or empty."""
    days_left: int | None
    days_until: str
    path: list[Step]


def last_gathering(meetings: list[Meeting], community: Community) -> Meeting | None:
    """The werkplaats or workshop from which 'since' counts."""
    return next(
        (m for m in meetings if m.is_held and m.kind in queries.GATHERING and m.community_id == community.pk), None
    )


def since_of(gathering: Meeting | None) -> datetime:
    return gathering.starts_at if gathering else clock.now() - QUIET_START


def today_of(person: Person, community: Community, skip: int) -> Today:
    slug = community.slug or ""
    meetings = list(queries.meetings_around(person, community))
    gathering = last_gathering(meetings, community)
    since = since_of(gathering)
    own = [m for m in reversed(meetings) if m.state in TO_COME and m.community_id == community.pk]
    coming = next((m for m in own if m.starts_at >= clock.now()), None)
    counts = queries.counts_of(person, community, since)
    questions = queries.agenda_questions(person, community)
    blocks = list(queries.open_blocks(person, community)[: queries.MOST])
    groups = queries.living_groups(person, community)
    counts |= {
        "questions": sum(not question.is_answered for question in questions),
        "ownerless": sum(question.needs_owner for question in questions),
        "groups": len(groups),
        "quiet": sum(is_quiet(group) for group in groups),
    }
    actions = list(queries.open_actions(person, community)[: queries.MOST])
    commitments = list(queries.commitments_of(person, community))
    ideas = proposals(
        slug,
        person,
        community,
        meetings=meetings,
        questions=questions,
        blocks=blocks,
        commitments=commitments,
        coming=coming,
        counts=counts,
    )
    found = cycle.stations(slug, counts)
    changed = changed_lines(
        slug,
        steps=queries.steps_since(person, community, since)[: queries.MOST * 2],
        states=queries.question_changes_since(person, community, since)[: queries.MOST],
        groups=groups,
        since=since,
        newcomers_count=counts["members_new"] if counts["members_new"] >= 5 else 0,
        members_count=counts["members"],
    )
    stuck = stuck_lines(slug, blocks=blocks, questions=questions, groups=groups)
    is_new = not (meetings or questions or changed)
    return Today(
        day=clock.today(),
        title=_title(gathering, is_new=is_new),
        lead=_("Nothing has happened yet. Begin with one thing.") if is_new else _lead(len(changed), len(stuck)),
        proposal=ideas[skip % len(ideas)],
        next_proposal=(skip + 1) % len(ideas),
        changed=Section.mixed(changed, 6),
        stuck=Section.of(stuck, 4),
        turns=Section.of(turn_lines(slug, actions=actions, reviews=queries.norms_to_review(person, community)), 4),
        mine=Section.of(
            my_lines(
                slug,
                person,
                meetings=meetings,
                line_counts=partial(queries.line_counts, community),
                questions=questions,
                actions=actions,
                blocks=blocks,
                groups=groups,
                commitments=commitments,
            ),
            5,
        ),
        counts=counts,
        stations=found,
        large=cycle.draw(found, is_small=False),
        small=cycle.draw(found, is_small=True),
        came_back=_came_back(questions),
        days_left=(local_day(coming.starts_at) - clock.today()).days if coming else None,
        days_until=date_words(coming.starts_at, "day_month") if coming else "",
        path=_path(slug, gathering, own),
    )


def _came_back(questions: Sequence[LearningQuestion]) -> str:
    """The code of the newest open question that came of a block."""
    from_blocks = [question for question in questions if question.is_open and question.origin == Origin.BLOCK]
    return max(from_blocks, key=lambda question: question.raised_at).code or "" if from_blocks else ""


def _title(gathering: Meeting | None, *, is_new: bool = False) -> str:
    if is_new:
        return _("Here it begins")
    if gathering is None:
        return _("The last four weeks")
    kind = {"werkplaats": _("Since the werkplaats of %(day)s")}.get(gathering.kind, _("Since the meeting of %(day)s"))
    return kind % {"day": date_words(gathering.starts_at, "day_month")}


def _lead(changed: int, stuck: int) -> str:
    if not changed and not stuck:
        return _("Nothing changed and nothing is stuck. A good day to read along.")
    parts = [ngettext("%(n)s thing changed.", "%(n)s things changed.", changed) % {"n": changed}]
    if stuck:
        parts.append(f"{how_many_are_stuck(stuck)}.")
    parts.append(_("Begin with one thing."))
    return " ".join(parts)


def how_many_are_stuck(count: int) -> str:
    if not count:
        return _("Nothing is stuck")
    return ngettext("%(n)s thing is stuck", "%(n)s things are stuck", count) % {"n": count}


def _path(slug: str, gathering: Meeting | None, own: list[Meeting]) -> list[Step]:
    """Where we are between two gatherings: past, now and the next meetings of the programme."""
    coming = [m for m in own if m.starts_at >= clock.now()][:2]
    if gathering is None and not coming:
        return []
    steps = []
    if gathering is not None:
        address = reverse("meetings:meeting_page", args=[slug, gathering.pk])
        steps.append(Step(date_words(gathering.starts_at), gathering.title, "past", address))
    steps.append(Step(_("Today"), _week(gathering, coming), "is"))
    steps += [
        Step(date_words(m.starts_at), m.title, "", reverse("meetings:meeting_page", args=[slug, m.pk])) for m in coming
    ]
    return steps


def _week(gathering: Meeting | None, coming: list[Meeting]) -> str:
    """Of a cycle; between one edition and a next one nobody counts weeks."""
    if gathering is None or not coming:
        return ""
    weeks = max(1, (local_day(coming[-1].starts_at) - local_day(gathering.starts_at)).days // 7)
    if weeks > MOST_WEEKS:
        return ""
    passed = (clock.today() - local_day(gathering.starts_at)).days // 7 + 1
    return _("Week %(now)s of %(all)s") % {"now": min(passed, weeks), "all": weeks}


def all_changed(person: Person, community: Community) -> tuple[str, list[Line]]:
    """Everything since the last gathering, for the page behind the first list."""
    meetings = list(queries.meetings_around(person, community))
    gathering = last_gathering(meetings, community)
    since = since_of(gathering)
    lines = changed_lines(
        community.slug or "",
        steps=queries.steps_since(person, community, since),
        states=queries.question_changes_since(person, community, since),
        groups=queries.living_groups(person, community),
        since=since,
        newcomers_count=0,
        members_count=0,
    )
    return _title(gathering), lines


def all_stuck(person: Person, community: Community) -> list[Line]:
    return stuck_lines(
        community.slug or "",
        blocks=queries.open_blocks(person, community),
        questions=queries.agenda_questions(person, community),
        groups=queries.living_groups(person, community),
    )
