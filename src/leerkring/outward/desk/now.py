"""What now: the one thing to begin with, out of everything that waits. Each person sees what fits who they are."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from leerkring.community.meetings.models import Meeting
from leerkring.community.memberships.models import Community
from leerkring.community.memberships.queries import standing_of
from leerkring.community.people.models import Person
from leerkring.cycle.questions.models import LearningQuestion
from leerkring.cycle.uptake.models import Block, Commitment
from leerkring.outward.desk.lines import Mark, letter, ring, symbol
from leerkring.outward.desk.turns import waits_for_harvest
from leerkring.platform import clock
from leerkring.platform.ui.days import date_words, since_words


@dataclass(frozen=True)
class Proposal:
    title: str
    why: str
    button: str
    url: str
    mark: Mark


def proposals(
    slug: str,
    person: Person,
    community: Community,
    *,
    meetings: Iterable[Meeting],
    questions: Iterable[LearningQuestion],
    blocks: Iterable[Block],
    commitments: Iterable[Commitment],
    coming: Meeting | None,
    counts: Mapping[str, int],
) -> list[Proposal]:
    """Everything this person could begin with, most urgent first; never empty."""
    standing = standing_of(person)
    meetings = list(meetings)
    found = _first_steps(slug, counts["members"], meetings) if standing.is_team(community) else []
    found += [_harvest(slug, meeting) for meeting in meetings if waits_for_harvest(meeting, person)]
    if standing.is_keeper(community):
        found += [_owner(slug, question) for question in questions if question.is_open and not question.has_owner]
    if standing.is_facilitator(community):
        found += [_block(slug, block) for block in blocks if not getattr(block, "is_asked", False)]
    found += [_commitment(slug, item) for item in commitments if item.due_on <= clock.today()]
    found += [_own(slug, question) for question in questions if question.owner_id == person.pk and question.is_open]
    if coming is not None:
        found.append(_coming(slug, coming))
    if counts["insights"]:
        found.append(_read(slug))
    elif standing.takes_part(community):
        found.append(_ask(slug))
    return found or [_read(slug)]


def _first_steps(slug: str, members_count: int, meetings: Sequence[Meeting]) -> list[Proposal]:
    """A programme that has nothing yet begins with people and with days to meet."""
    steps = []
    if not members_count:
        steps.append(
            Proposal(
                _("Invite the first people"),
                _("Mail them a link, or bring in the list that you have. It takes five minutes."),
                _("Invite people"),
                reverse("memberships:people_page", args=[slug]),
                symbol("i-plus"),
            )
        )
    if not meetings:
        steps.append(
            Proposal(
                _("Plan the first meetings"),
                _("Take a series that is ready, with its run sheets, or begin with one meeting."),
                _("Plan a series"),
                reverse("programmes:editions_page", args=[slug]),
                symbol("i-day"),
            )
        )
    return steps


def _harvest(slug: str, meeting: Meeting) -> Proposal:
    return Proposal(
        _("Finish the harvest of %(title)s") % {"title": meeting.title},
        _("What was said is still fresh. It takes about ten minutes, and the group can go on with it."),
        _("Open the harvest"),
        reverse("insights:harvest_page", args=[slug, meeting.pk]),
        symbol("l-open"),
    )


def _owner(slug: str, question: LearningQuestion) -> Proposal:
    return Proposal(
        _("Give question %(code)s an owner") % {"code": question.code},
        f"‘{question.wording}’",
        _("Choose an owner"),
        reverse("questions:question_page", args=[slug, question.pk]),
        letter(question.code, question.state),
    )


def _block(slug: str, block: Block) -> Proposal:
    cell = block.uptake
    return Proposal(
        _("Help %(unit)s on") % {"unit": cell.unit.name},
        f"{cell.change.title}. {block.reason}, {since_words(block.since_on)}.",
        _("See what holds it up"),
        reverse("uptake:uptake_page", args=[slug, cell.pk]),
        ring(cell.step, blocked=True),
    )


def _commitment(slug: str, commitment: Commitment) -> Proposal:
    return Proposal(
        _("How did it go?"),
        _("You wrote: ‘%(text)s’") % {"text": commitment.text},
        _("Look back"),
        reverse("uptake:commitments_page", args=[slug]),
        symbol("l-open"),
    )


def _own(slug: str, question: LearningQuestion) -> Proposal:
    return Proposal(
        _("Take question %(code)s one step further") % {"code": question.code or ""},
        f"‘{question.wording}’",
        _("Open the question"),
        reverse("questions:question_page", args=[slug, question.pk]),
        letter(question.code, question.state),
    )


def _coming(slug: str, meeting: Meeting) -> Proposal:
    return Proposal(
        _("Come to %(title)s") % {"title": meeting.title},
        _("%(day)s. You are welcome, also if you never came before.") % {"day": date_words(meeting.starts_at, "full")},
        _("See the meeting"),
        reverse("meetings:meeting_page", args=[slug, meeting.pk]),
        symbol("i-day"),
    )


def _ask(slug: str) -> Proposal:
    return Proposal(
        _("What do you want to learn?"),
        _("One question is a start. It need not be perfect."),
        _("Raise a question"),
        reverse("questions:question_new", args=[slug]),
        symbol("i-ask"),
    )


def _read(slug: str) -> Proposal:
    return Proposal(
        _("Read what others found out"),
        _("Insights from meetings and groups, one sentence each. Half a minute is enough."),
        _("Read the insights"),
        reverse("insights:insights_page", args=[slug]),
        symbol("i-ask"),
    )
