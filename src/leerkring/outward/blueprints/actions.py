from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import repeat

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from leerkring.community.meetings import actions as meetings
from leerkring.community.meetings.actions.run_sheet import Line
from leerkring.community.meetings.enums import MeetingKind
from leerkring.community.meetings.models import Meeting
from leerkring.community.meetings.rhythm.actions import set_rhythm
from leerkring.community.meetings.workforms import actions as workforms
from leerkring.community.meetings.workforms.card import Card
from leerkring.community.meetings.workforms.cards import own_card
from leerkring.community.meetings.workforms.library import CARDS
from leerkring.community.meetings.workforms.models import Workform
from leerkring.community.memberships.enums import Label
from leerkring.community.memberships.models import Community
from leerkring.community.people.models import Person
from leerkring.direction.programmes import actions as programmes
from leerkring.direction.programmes.models import Edition, Programme
from leerkring.formats.intervisie import actions as intervisie
from leerkring.outward.blueprints import access, queries
from leerkring.outward.blueprints.blueprint import Blueprint, Moment
from leerkring.outward.blueprints.comparing import Chosen, Compared
from leerkring.outward.blueprints.document import as_document
from leerkring.outward.blueprints.enums import Choice
from leerkring.outward.blueprints.facts import BlueprintKept, BlueprintRemoved, BlueprintRestored, MeetingsPlanned
from leerkring.outward.blueprints.models import KeptBlueprint
from leerkring.platform import clock, facts
from leerkring.platform.rules import Refused

MOST_KEPT = 50


@dataclass(frozen=True)
class Planned:
    edition: Edition | None
    meetings: list[Meeting]


def keep_blueprint(*, community: Community, blueprint: Blueprint, by: Person) -> KeptBlueprint:
    """Keep a method that came in as a file. Raises PermissionDenied and Refused."""
    _require(by, community)
    if queries.kept_blueprints(community).count() >= MOST_KEPT:
        raise Refused(_("You keep %(count)d methods already. Remove one first.") % {"count": MOST_KEPT})
    with transaction.atomic():
        kept = KeptBlueprint.objects.create(
            community=community,
            name=blueprint.name,
            document=as_document(blueprint),
            kept_by=by,
            kept_at=clock.now(),
        )
        facts.record(BlueprintKept(community_id=community.pk, by_id=by.pk, blueprint_id=kept.pk))
    return kept


def remove_blueprint(*, kept: KeptBlueprint, by: Person) -> None:
    """Take it off the list; what was planned from it stays. Twice is once. Raises PermissionDenied."""
    _require(by, kept.community)
    with transaction.atomic():
        if KeptBlueprint.objects.filter(pk=kept.pk, removed_at__isnull=True).update(removed_at=clock.now()):
            facts.record(BlueprintRemoved(community_id=kept.community_id, by_id=by.pk, blueprint_id=kept.pk))


def restore_blueprint(*, kept: KeptBlueprint, by: Person) -> None:
    """Put it back on the list. Raises PermissionDenied."""
    _require(by, kept.community)
    with transaction.atomic():
        if KeptBlueprint.objects.filter(pk=kept.pk, removed_at__isnull=False).update(removed_at=None):
            facts.record(BlueprintRestored(community_id=kept.community_id, by_id=by.pk, blueprint_id=kept.pk))


def plan_from_blueprint(
    *,
    programme: Programme,
    blueprint: Blueprint,
    name: str,
    begins: Sequence[datetime | None],
    place: str,
    places_count: int | None,
    by: Person,
    takes_mails: bool = False,
    choices: Mapping[str, Chosen] | None = None,
) -> Planned:
    """Plan every meeting that has a moment in `begins` (one for each of the blueprint, None leaves it out).

    All of it or nothing: meetings with their run sheets, own methods and working forms that are not there yet, and for
    a learning programme an edition as a draft, with its rule and its invitation. With `takes_mails` the letters around
    all meetings of the programme become those of the blueprint; `choices` as in `take_along`. Raises PermissionDenied
    and Refused.
    """
    community = programme.community
    _require(by, community)
    chosen = [(moment, at) for moment, at in zip(blueprint.moments, begins, strict=True) if at is not None]
    if not chosen:
        raise Refused(_("Keep at least one meeting."))
    with transaction.atomic():
        cards, _new_count = _bring_workforms(community, blueprint, choices or {}, by)
        in_order = sorted(chosen, key=lambda each: each[1])
        numbers = _numbers([moment for moment, _at in in_order]) if blueprint.makes_edition else repeat(None)
        planned = [
            _plan(community, moment, at, place, cards, number, by)
            for (moment, at), number in zip(in_order, numbers, strict=False)
        ]
        _bring_methods(community, blueprint, choices or {}, by)
        if takes_mails and blueprint.mails is not None:
            set_rhythm(community=community, letters=blueprint.mails, by=by)
        edition = _open(programme, blueprint, name, planned, places_count, by) if blueprint.makes_edition else None
        facts.record(
            MeetingsPlanned(
                community_id=community.pk,
                by_id=by.pk,
                meeting_ids=[meeting.pk for meeting in planned],
                edition_id=edition.pk if edition else None,
            )
        )
    return Planned(edition, planned)


def take_along(
    *, community: Community, blueprint: Blueprint, by: Person, choices: Mapping[str, Chosen] | None = None
) -> int:
    """Take over its working forms and methods without planning anything; says how many came in.

    `choices` says by the key of what is here with other words whether ours stays, theirs takes its place, or theirs
    comes beside it; nothing said is ours. Raises PermissionDenied and Refused.
    """
    _require(by, community)
    with transaction.atomic():
        forms_count = _bring_workforms(community, blueprint, choices or {}, by)[1]
        return forms_count + _bring_methods(community, blueprint, choices or {}, by)


def _numbers(moments: Iterable[Moment]) -> Iterator[int | None]:
    """Each edition counts its intervisies from one."""
    count = 0
    for moment in moments:
        is_intervisie = moment.kind == MeetingKind.INTERVISIE
        count += is_intervisie
        yield count if is_intervisie else None


def _plan(
    community: Community,
    moment: Moment,
    at: datetime,
    place: str,
    cards: Mapping[str, Card],
    number: int | None,
    by: Person,
) -> Meeting:
    meeting = meetings.plan_meeting(
        community=community,
        kind=moment.kind,
        title=moment.title,
        purpose=moment.purpose,
        starts_at=at,
        ends_at=at + timedelta(minutes=moment.minutes),
        place=place,
        number=number,
        by=by,
    )
    lines = [
        Line(part.minutes, part.title, part.step, part.note, part.facilitator_note, cards.get(part.workform))
        for part in moment.parts
    ]
    if lines:
        meetings.put_run_sheet_items(meeting=meeting, lines=lines, by=by)
    return meeting


def _open(
    programme: Programme, blueprint: Blueprint, name: str, planned: list[Meeting], places_count: int | None, by: Person
) -> Edition:
    edition = programmes.open_edition(
        programme=programme,
        name=name,
        starts_on=timezone.localtime(planned[0].starts_at).date(),
        ends_on=timezone.localtime(planned[-1].ends_at).date(),
        fully_from_count=min(blueprint.fully_from, len(planned)),
        places_count=places_count,
        meetings=planned,
        by=by,
    )
    if blueprint.invitation_nl or blueprint.invitation_en:
        programmes.change_registration(
            edition=edition,
            is_open_to_all=edition.is_open_to_all,
            confirms_at_once=edition.confirms_at_once,
            offer_days=edition.offer_days,
            by=by,
            invitation_nl=blueprint.invitation_nl,
            invitation_en=blueprint.invitation_en,
        )
    return edition


def _bring_workforms(
    community: Community, blueprint: Blueprint, choices: Mapping[str, Chosen], by: Person
) -> tuple[dict[str, Card], int]:
    """By the word that parts use: those of the library and those of the blueprint; and how many came in.

    The row of the community is held, so that two people who plan at once bring a form once.
    """
    Community.objects.select_for_update().get(pk=community.pk)
    cards, brought = dict(CARDS), dict[str, Workform]()
    for each in queries.compared_forms(community, blueprint):
        name = _name_to_bring(each, choices)
        if name is None and each.is_built_in:
            cards[each.theirs.key] = each.ours
            continue
        row = each.ours if name is None else brought.get(name)
        if name is not None and row is None:
            if _takes_the_place(each, choices):
                workforms.retire_workform(workform=each.ours, by=by)
            label = Label.GROUP if each.theirs.is_for_team else Label.PROGRAMME
            texts = replace(each.theirs.texts, name=name)
            row = brought[name] = workforms.write_workform(community=community, texts=texts, label=label, by=by)
        if row is not None:
            cards[each.theirs.key] = own_card(row)
    return cards, len(brought)


def _bring_methods(community: Community, blueprint: Blueprint, choices: Mapping[str, Chosen], by: Person) -> int:
    brought, here = set[str](), {method.name for method in queries.own_methods(community)}
    for each in queries.compared_methods(community, blueprint):
        method, name = each.theirs, _name_to_bring(each, choices)
        if name is None or name in brought:
            continue
        if name in here and not _takes_the_place(each, choices):
            raise Refused(_("There is a method of this name already. Give theirs another name."))
        if _takes_the_place(each, choices):
            intervisie.remove_method(method=each.ours, by=by)
        brought.add(name)
        intervisie.put_method(
            community=community,
            name=name,
            fits=method.fits,
            experience=method.experience,
            size_min=method.size_min,
            size_max=method.size_max,
            steps=[
                intervisie.StepText(step.name, step.minutes, step.speaker, step.say, step.not_now)
                for step in method.steps
            ],
            by=by,
        )
    return len(brought)


def _takes_the_place(each: Compared, choices: Mapping[str, Chosen]) -> bool:
    is_ours_to_put_away = each.differs and not each.is_built_in
    return is_ours_to_put_away and choices.get(each.key, Chosen()).choice == Choice.THEIRS


def _name_to_bring(each: Compared, choices: Mapping[str, Chosen]) -> str | None:
    """Under which name theirs comes in; None where what is here serves."""
    if each.is_new:
        return each.name
    chosen = choices.get(each.key, Chosen())
    if each.is_same or chosen.choice == Choice.OURS:
        return None
    return each.name if _takes_the_place(each, choices) else " ".join(chosen.name.split()) or each.free_name


def _require(by: Person, community: Community) -> None:
    if not access.may_plan_from_blueprints(by, community):
        raise PermissionDenied
