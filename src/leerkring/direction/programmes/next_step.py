"""The one clear next step of an edition, by its state and by who looks."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from leerkring.community.meetings.models import Meeting
from leerkring.direction.programmes.enums import EditionState, EnrolmentState
from leerkring.direction.programmes.models import Edition, Enrolment
from leerkring.platform import clock


@dataclass(frozen=True)
class Act:
    """A button: a link, or a form that posts `state` when it changes something."""

    label: str
    url: str
    posts: bool = False
    state: str = ""


@dataclass(frozen=True)
class NextStep:
    title: str
    text: str = ""
    acts: tuple[Act, ...] = ()


@dataclass(frozen=True)
class Known:
    """What the page has read already."""

    slug: str
    meetings_count: int
    held_count: int
    under_way_count: int
    waiting_count: int
    applied_count: int = 0
    next_meeting: Meeting | None = None
    has_free_places: bool = False


def step_for_team(edition: Edition, known: Known) -> NextStep | None:
    if not known.meetings_count and edition.takes_enrolments:
        return NextStep(
            _("Say which meetings count"),
            _("Completion is based on them."),
            (Act(_("Choose the meetings"), _url("edition_meetings", edition, known)),),
        )
    match edition.state:
        case EditionState.DRAFT | EditionState.RECRUITING:
            return _before_it_runs(edition, known)
        case EditionState.RUNNING | EditionState.FINISHED if (
            known.under_way_count and known.held_count == known.meetings_count
        ):
            return NextStep(
                _("All meetings were held"),
                ngettext(
                    "Count what %(count)d person attended, by the rule that was announced.",
                    "Count what %(count)d people attended, by the rule that was announced.",
                    known.under_way_count,
                )
                % {"count": known.under_way_count},
                (Act(_("Count and complete"), _url("edition_complete", edition, known), posts=True),),
            )
        case EditionState.RUNNING if known.under_way_count:
            left = known.meetings_count - known.held_count
            return NextStep(
                ngettext("%(count)d meeting to go", "%(count)d meetings to go", left) % {"count": left},
                _("After the last one you complete the edition here, for everybody at once."),
                _to_next(known),
            )
    return _move_on(edition, known)


def _to_next(known: Known) -> tuple[Act, ...]:
    if known.next_meeting is None:
        return ()
    url = reverse("meetings:meeting_page", args=[known.slug, known.next_meeting.pk])
    return (Act(_("To %(title)s") % {"title": known.next_meeting.title}, url),)


def _before_it_runs(edition: Edition, known: Known) -> NextStep | None:
    if edition.state == EditionState.RECRUITING and known.applied_count:
        return _to_answer(edition, known)
    if not known.under_way_count:
        return _to_fill(edition, known)
    if edition.state == EditionState.RECRUITING and known.has_free_places and edition.starts_on > clock.today():
        begin = _url("edition_move", edition, known)
        return NextStep(
            _("There are places left"),
            _("See who is missing, and invite them. Or begin with who is there."),
            (
                Act(_("See who is missing"), _url("recruit_page", edition, known)),
                Act(_("Begin the edition"), begin, posts=True, state=EditionState.RUNNING.value),
            ),
        )
    return _move_on(edition, known)


def _to_answer(edition: Edition, known: Known) -> NextStep:
    title = ngettext(
        "%(count)d person is waiting for your answer",
        "%(count)d people are waiting for your answer",
        known.applied_count,
    )
    return NextStep(
        title % {"count": known.applied_count},
        _("Whoever gets a yes is in, or goes on the waiting list when all places are taken."),
        (Act(_("Look at the applications"), _url("waiting_page", edition, known)),),
    )


def _to_fill(edition: Edition, known: Known) -> NextStep:
    acts = [
        Act(_("Invite people"), _url("recruit_page", edition, known)),
        Act(_("Choose people"), _url("people_enrol", edition, known)),
    ]
    if edition.state == EditionState.DRAFT and edition.next_state == EditionState.RECRUITING:
        acts.append(
            Act(_("Let people apply"), _url("edition_move", edition, known), True, EditionState.RECRUITING.value)
        )
    return NextStep(
        _("Who takes part?"), _("Invite people by organisation, or choose people of the programme."), tuple(acts)
    )


def _move_on(edition: Edition, known: Known) -> NextStep | None:
    state = edition.next_state
    if state is None:
        return None
    words = {
        EditionState.RECRUITING: (_("Let people apply"), _("People see this edition and can apply.")),
        EditionState.RUNNING: (_("Begin the edition"), _("Everyone who is confirmed then takes part.")),
        EditionState.FINISHED: (_("Finish the edition"), _("The series is over.")),
        EditionState.AFTERCARE: (
            _("Go on with aftercare"),
            _("Commitments are looked back at after six and twelve weeks."),
        ),
        EditionState.ARCHIVED: (_("Archive the edition"), _("You can still read everything here.")),
    }
    label, text = words[state]
    return NextStep(label, text, (Act(label, _url("edition_move", edition, known), posts=True, state=state.value),))


def step_for_person(
    edition: Edition, own: Enrolment | None, may_apply: bool, is_full: bool, slug: str
) -> NextStep | None:
    """What one can do for oneself: apply, answer an invitation, step out."""
    if own is None:
        return _to_apply(edition, is_full, slug) if may_apply else None
    if edition.ends_on < clock.today():
        return None
    return _own_step(edition, own, slug)


def _own_step(edition: Edition, own: Enrolment, slug: str) -> NextStep | None:
    move = reverse("programmes:enrolment_move", args=[slug, edition.pk, own.pk])
    out = Act(_("I will not take part"), move, posts=True, state=EnrolmentState.LEFT.value)
    stop = Act(_("Stop taking part"), move, posts=True, state=EnrolmentState.LEFT.value)
    register = _register_url(edition, slug)
    match own.state:
        case EnrolmentState.INVITED:
            acts = (Act(_("I will take part"), register), out)
            return NextStep(_("You are invited"), _("Say whether you take part. No need to explain."), acts)
        case EnrolmentState.APPLIED:
            return NextStep(_("You applied"), _("The programme team will answer you."), (out,))
        case EnrolmentState.WAITING:
            text = _("If a place comes free, you get a mail with some days to answer.")
            return NextStep(_("You are on the waiting list"), text, (Act(_("See where you stand"), register), out))
        case EnrolmentState.CONFIRMED | EnrolmentState.ACTIVE:
            text = _("Something came up? One click is enough; no need to explain.")
            return NextStep(_("You take part"), text, (stop,))
    return None


def _to_apply(edition: Edition, is_full: bool, slug: str) -> NextStep:
    text = _("All places are taken; whoever applies now goes on the waiting list.") if is_full else ""
    return NextStep(_("Would you like to take part?"), text, (Act(_("Apply"), _register_url(edition, slug)),))


def _register_url(edition: Edition, slug: str) -> str:
    return reverse("programmes:edition_register", args=[slug, edition.pk])


def _url(name: str, edition: Edition, known: Known) -> str:
    return reverse(f"programmes:{name}", args=[known.slug, edition.pk])
