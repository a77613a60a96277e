from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from leerkring.community.meetings import actions as meetings
from leerkring.community.meetings.actions.run_sheet import Line
from leerkring.community.meetings.models import Meeting
from leerkring.community.meetings.rhythm.actions import set_rhythm
from leerkring.community.meetings.workforms import actions as workforms
from leerkring.community.meetings.workforms.card import Card
from leerkring.community.meetings.workforms.cards import own_card
from leerkring.community.meetings.workforms.library import CARDS
from leerkring.community.meetings.workforms.queries import workforms_of
from leerkring.community.memberships.enums import Label
from leerkring.community.memberships.models import Community
from leerkring.community.people.models import Person
from leerkring.direction.programmes import actions as programmes
from leerkring.direction.programmes.models import Edition, Programme
from leerkring.formats.intervisie import actions as intervisie
from leerkring.outward.blueprints import access, queries
from leerkring.outward.blueprints.blueprint import Blueprint, Moment
from leerkring.outward.blueprints.document import as_document
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
) -> Planned:
    """Plan every meeting that has a moment in `begins` (one for each of the blueprint, None leaves it out).

    All of it or nothing: meetings with their run sheets, own methods and working forms that are not there yet, and for
    a learning programme an edition as a draft, with its rule and its invitation. With `takes_mails` the letters around
    all meetings of the programme become those of the blueprint. Raises PermissionDenied and Refused.
    """
    community = programme.community
    _require(by, community)
    chosen = [(moment, at) for moment, at in zip(blueprint.moments, begins, strict=True) if at is not None]
    if not chosen:
        raise Refused(_("Keep at least one meeting."))
    with transaction.atomic():
        cards, _new_count = _bring_workforms(community, blueprint, by)
        in_order = sorted(chosen, key=lambda each: each[1])
        planned = [_plan(community, moment, at, place, cards, by) for moment, at in in_order]
        _bring_methods(community, blueprint, by)
        if takes_mails and blueprint.mails is not None:
            set_rhythm(community=community, moments=blueprint.mails, by=by)
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


def take_workforms(*, community: Community, blueprint: Blueprint, by: Person) -> int:
    """Put its working forms in the library without planning anything; says how many were new.

    Raises PermissionDenied and Refused.
    """
    _require(by, community)
    with transaction.atomic():
        return _bring_workforms(community, blueprint, by)[1]


def _plan(
    community: Community, moment: Moment, at: datetime, place: str, cards: Mapping[str, Card], by: Person
) -> Meeting:
    meeting = meetings.plan_meeting(
        community=community,
        kind=moment.kind,
        title=moment.title,
        purpose=moment.purpose,
        starts_at=at,
        ends_at=at + timedelta(minutes=moment.minutes),
        place=place,
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


def _bring_workforms(community: Community, blueprint: Blueprint, by: Person) -> tuple[dict[str, Card], int]:
    """By the word that parts use: those of the library and those of the blueprint; and how many were new.

    One of a name that is here already is the one that is here; the row of the community is held, so that two people
    who plan at once bring it once.
    """
    Community.objects.select_for_update().get(pk=community.pk)
    here = {form.name: form for form in workforms_of(community).filter(retired_at__isnull=True)}
    cards, known_count = dict(CARDS), len(here)
    for form in blueprint.workforms:
        name = form.texts.name
        if name not in here:
            label = Label.GROUP if form.is_for_team else Label.PROGRAMME
            here[name] = workforms.write_workform(community=community, texts=form.texts, label=label, by=by)
        cards[form.key] = own_card(here[name])
    return cards, len(here) - known_count


def _bring_methods(community: Community, blueprint: Blueprint, by: Person) -> None:
    known = {method.name for method in queries.own_methods(community)}
    for method in blueprint.methods:
        if method.name not in known:
            intervisie.put_method(
                community=community,
                name=method.name,
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


def _require(by: Person, community: Community) -> None:
    if not access.may_plan_from_blueprints(by, community):
        raise PermissionDenied
