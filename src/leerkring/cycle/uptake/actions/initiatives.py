from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from leerkring.community.meetings.models import Meeting
from leerkring.community.memberships.enums import Label
from leerkring.community.memberships.models import Community
from leerkring.community.memberships.queries import standing_of
from leerkring.community.people.models import Organisation, Person
from leerkring.cycle.questions.enums import Size
from leerkring.cycle.uptake import access, facts
from leerkring.cycle.uptake.actions.changes import check_label
from leerkring.cycle.uptake.models import Change, Initiative, InitiativeJudgement
from leerkring.direction.strategy.models import Goal
from leerkring.platform import clock
from leerkring.platform.facts import record
from leerkring.platform.rules import EditedMeanwhile, Refused


def put_initiative(
    *,
    community: Community,
    title: str,
    by: Person,
    description: str = "",
    effort: Size = Size.MEDIUM,
    impact: Size = Size.MEDIUM,
    partners: str = "",
    organisations: Iterable[Organisation] = (),
    next_step: str = "",
    next_step_by: Person | None = None,
    next_step_on: date | None = None,
    carrier: Person | None = None,
    meeting: Meeting | None = None,
    goals: Iterable[Goal] = (),
    label: Label = Label.PROGRAMME,
) -> Initiative:
    """Add a promising plan. Raises PermissionDenied for who does not take part, Refused when something is elsewhere."""
    if not access.may_put_initiative(by, community):
        raise PermissionDenied
    if community.root_id is not None:
        raise Refused(_("An initiative belongs to the programme. Add it there."))
    initiative = Initiative(community=community, label=label, made_at=clock.now(), by=by, meeting=meeting)
    _check(initiative, title, carrier, meeting, by)
    _fill(initiative, title, description, effort, impact, partners, next_step, carrier)
    _plan(initiative, next_step_by, next_step_on)
    with transaction.atomic():
        initiative.save()
        initiative.organisations.set(organisations, through_defaults={"joined_on": clock.today()})
        initiative.goals.set(goals)
        record(facts.InitiativePut(community_id=community.pk, by_id=by.pk, initiative_id=initiative.pk))
    return initiative


def change_initiative(
    *,
    initiative: Initiative,
    revision: int,
    title: str,
    by: Person,
    description: str = "",
    effort: Size = Size.MEDIUM,
    impact: Size = Size.MEDIUM,
    partners: str = "",
    next_step: str = "",
    next_step_by: Person | None = None,
    next_step_on: date | None = None,
    carrier: Person | None = None,
    label: Label = Label.PROGRAMME,
) -> Initiative:
    """Change what an initiative says. Raises PermissionDenied, Refused, or EditedMeanwhile with both texts."""
    if not access.may_change_initiative(by, initiative):
        raise PermissionDenied
    with transaction.atomic():
        initiative = (
            Initiative.objects.select_for_update(of=("self",)).select_related("community").get(pk=initiative.pk)
        )
        if initiative.revision != revision:
            raise EditedMeanwhile(
                theirs="\n".join(filter(None, [initiative.title, initiative.description, initiative.next_step])),
                mine="\n".join(filter(None, [title.strip(), description.strip(), next_step.strip()])),
                by_name=initiative.changed_by.name if initiative.changed_by else _("Somebody"),
                at=initiative.changed_at or initiative.made_at,
                revision=initiative.revision,
            )
        initiative.label = label
        _check(initiative, title, carrier, None, by)
        _fill(initiative, title, description, effort, impact, partners, next_step, carrier)
        _plan(initiative, next_step_by, next_step_on)
        initiative.revision += 1
        initiative.changed_at, initiative.changed_by = clock.now(), by
        initiative.save()
        record(facts.InitiativeChanged(community_id=initiative.community_id, by_id=by.pk, initiative_id=initiative.pk))
    return initiative


def join_initiative(*, initiative: Initiative, organisation: Organisation, by: Person) -> None:
    """Say that an organisation joins in. Raises PermissionDenied or Refused."""
    if not access.may_join_initiative(by, initiative, organisation):
        raise PermissionDenied
    if not initiative.community.organisations.filter(pk=organisation.pk).exists():
        raise Refused(_("This organisation does not take part in the programme. Choose one that does."))
    with transaction.atomic():
        initiative.organisations.add(organisation, through_defaults={"joined_on": clock.today()})
        record(_joined(initiative, organisation, by, is_joined=True))


def leave_initiative(*, initiative: Initiative, organisation: Organisation, by: Person) -> None:
    """Say that an organisation no longer joins in. Raises PermissionDenied."""
    if not access.may_join_initiative(by, initiative, organisation):
        raise PermissionDenied
    with transaction.atomic():
        initiative.organisations.remove(organisation)
        record(_joined(initiative, organisation, by, is_joined=False))


def judge_initiative(*, initiative: Initiative, effort: Size, impact: Size, by: Person) -> InitiativeJudgement:
    """Say what it asks and what it brings, each for oneself; the last word counts. Raises PermissionDenied."""
    if not access.may_judge_initiative(by, initiative):
        raise PermissionDenied
    with transaction.atomic():
        judgement, _is_new = InitiativeJudgement.objects.update_or_create(
            initiative=initiative, person=by, defaults={"effort": effort, "impact": impact, "at": clock.now()}
        )
        record(facts.InitiativeJudged(community_id=initiative.community_id, by_id=by.pk, initiative_id=initiative.pk))
    return judgement


def link_initiative(
    *, initiative: Initiative, by: Person, goal: Goal | None = None, change: Change | None = None
) -> None:
    """To a goal that it serves or a change that came of it. Raises PermissionDenied or Refused."""
    if not access.may_change_initiative(by, initiative):
        raise PermissionDenied
    for row in filter(None, (goal, change)):
        if row.community_id != initiative.community_id or not standing_of(by).may_read(row):
            raise Refused(_("Choose something of this programme."))
    with transaction.atomic():
        if goal is not None:
            initiative.goals.add(goal)
        if change is not None:
            initiative.changes.add(change)
        record(_linked(initiative, by, goal, change, is_linked=True))


def loosen_initiative(
    *, initiative: Initiative, by: Person, goal: Goal | None = None, change: Change | None = None
) -> None:
    """The inverse of `link_initiative`. Raises PermissionDenied."""
    if not access.may_change_initiative(by, initiative):
        raise PermissionDenied
    with transaction.atomic():
        if goal is not None:
            initiative.goals.remove(goal)
        if change is not None:
            initiative.changes.remove(change)
        record(_linked(initiative, by, goal, change, is_linked=False))


def _linked(
    initiative: Initiative, by: Person, goal: Goal | None, change: Change | None, *, is_linked: bool
) -> facts.InitiativeLinked:
    return facts.InitiativeLinked(
        community_id=initiative.community_id,
        by_id=by.pk,
        initiative_id=initiative.pk,
        goal_id=goal.pk if goal else None,
        change_id=change.pk if change else None,
        is_linked=is_linked,
    )


def _plan(initiative: Initiative, who: Person | None, day: date | None) -> None:
    """The next step has somebody who does it and a day; without a step neither."""
    if not initiative.next_step and (who is not None or day is not None):
        raise Refused(_("Write the next step first, then who does it and before when."))
    if who is not None and not standing_of(who).may_read(initiative):
        raise Refused(_("Who does the next step cannot read this initiative. Choose somebody else."))
    initiative.next_step_by, initiative.next_step_on = who, day


def _joined(
    initiative: Initiative, organisation: Organisation, by: Person, *, is_joined: bool
) -> facts.InitiativeJoined:
    return facts.InitiativeJoined(
        community_id=initiative.community_id,
        by_id=by.pk,
        initiative_id=initiative.pk,
        organisation_id=organisation.pk,
        is_joined=is_joined,
    )


def _check(initiative: Initiative, title: str, carrier: Person | None, meeting: Meeting | None, by: Person) -> None:
    check_label(initiative.label)
    if not title.strip():
        raise Refused(_("Give the initiative a name."))
    if carrier is not None and not standing_of(carrier).may_read(initiative):
        raise Refused(_("The carrier cannot read this initiative. Choose somebody else, or widen who may see it."))
    if meeting is not None and (
        meeting.community.root_pk != initiative.community.root_pk or not standing_of(by).may_read(meeting)
    ):
        raise Refused(_("Choose a meeting of this programme."))


def _fill(
    initiative: Initiative,
    title: str,
    description: str,
    effort: Size,
    impact: Size,
    partners: str,
    next_step: str,
    carrier: Person | None,
) -> None:
    initiative.title, initiative.description = title.strip(), description.strip()
    initiative.effort, initiative.impact = effort, impact
    initiative.partners, initiative.next_step, initiative.carrier = partners.strip(), next_step.strip(), carrier
