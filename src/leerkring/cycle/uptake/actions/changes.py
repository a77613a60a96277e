from __future__ import annotations

from collections.abc import Iterable

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from leerkring.community.memberships.enums import Label
from leerkring.community.memberships.models import Community, Labelled
from leerkring.community.memberships.queries import standing_of
from leerkring.community.people.models import Person
from leerkring.cycle.insights.models import Insight
from leerkring.cycle.questions.models import Theme
from leerkring.cycle.uptake import access, facts
from leerkring.cycle.uptake.enums import AnchorKind, ChangeKind
from leerkring.cycle.uptake.models import Change
from leerkring.direction.strategy.models import Activity, Goal
from leerkring.platform import clock
from leerkring.platform.facts import record
from leerkring.platform.rules import EditedMeanwhile, Refused


def put_change(
    *,
    community: Community,
    title: str,
    kind: ChangeKind,
    by: Person,
    anchor_kind: AnchorKind | str = "",
    anchor: str = "",
    carrier: Person | None = None,
    theme: Theme | None = None,
    insights: Iterable[Insight] = (),
    label: Label = Label.PROGRAMME,
    explanation: str = "",
) -> Change:
    """Add a way of working that is to change.

    Raises PermissionDenied for who does not take part; Refused when a participant names another as carrier, or when
    something linked belongs elsewhere.
    """
    if not access.may_put_change(by, community):
        raise PermissionDenied
    if community.root_id is not None:
        raise Refused(_("A change belongs to the programme. Add it there."))
    if carrier != by and not access.may_name_carriers(by, community):
        raise Refused(_("You can add a change that you carry yourself. For another carrier, ask the programme team."))
    _check_title(title)
    check_label(label)
    _check_theme(theme, community)
    _check_carrier(carrier, Change(community=community, label=label))
    linked = list(insights)
    for insight in linked:
        _check_readable(insight, community, by)
    with transaction.atomic():
        change = Change.objects.create(
            community=community,
            label=label,
            title=title.strip(),
            kind=kind,
            explanation=explanation.strip(),
            anchor_kind=anchor_kind,
            anchor=anchor.strip(),
            carrier=carrier,
            theme=theme,
            made_at=clock.now(),
            by=by,
        )
        change.insights.set(linked)
        record(facts.ChangePut(community_id=community.pk, by_id=by.pk, change_id=change.pk))
    return change


def change_change(
    *,
    change: Change,
    revision: int,
    title: str,
    kind: ChangeKind,
    by: Person,
    anchor_kind: AnchorKind | str = "",
    anchor: str = "",
    carrier: Person | None = None,
    theme: Theme | None = None,
    label: Label = Label.PROGRAMME,
    explanation: str = "",
) -> Change:
    """Change what a change says. Raises PermissionDenied, Refused, or EditedMeanwhile with both texts."""
    if not access.may_carry(by, change):
        raise PermissionDenied
    _check_title(title)
    check_label(label)
    with transaction.atomic():
        change = Change.objects.select_for_update().get(pk=change.pk)
        community = change.community
        if change.revision != revision:
            raise EditedMeanwhile(
                theirs="\n".join(filter(None, [change.title, change.anchor, change.explanation])),
                mine="\n".join(filter(None, [title.strip(), anchor.strip(), explanation.strip()])),
                by_name=change.changed_by.name if change.changed_by else _("Somebody"),
                at=change.changed_at or change.made_at,
                revision=change.revision,
            )
        if carrier != change.carrier and not access.may_name_carriers(by, community):
            raise Refused(_("Ask the programme team to name another carrier."))
        _check_theme(theme, community)
        change.label = label
        _check_carrier(carrier, change)
        change.title, change.kind, change.explanation = title.strip(), kind, explanation.strip()
        change.anchor_kind, change.anchor = anchor_kind, anchor.strip()
        change.carrier, change.theme = carrier, theme
        change.revision += 1
        change.changed_at, change.changed_by = clock.now(), by
        change.save()
        record(facts.ChangeChanged(community_id=community.pk, by_id=by.pk, change_id=change.pk))
    return change


def link_insight(*, change: Change, insight: Insight, by: Person) -> None:
    """Say that the change rests on this insight. Raises PermissionDenied or Refused."""
    _check_may_link(change, insight, by)
    with transaction.atomic():
        change.insights.add(insight)
        record(_linked(change, by, insight_id=insight.pk))


def link_goal(*, change: Change, goal: Goal, by: Person) -> None:
    """Say that the change serves this goal. Raises PermissionDenied or Refused."""
    _check_may_link(change, goal, by)
    with transaction.atomic():
        change.goals.add(goal)
        record(_linked(change, by, goal_id=goal.pk))


def link_activity(*, change: Change, activity: Activity, by: Person) -> None:
    """Say that the change belongs to this activity. Raises PermissionDenied or Refused."""
    _check_may_link(change, activity, by)
    with transaction.atomic():
        change.activities.add(activity)
        record(_linked(change, by, activity_id=activity.pk))


def loosen_link(
    *,
    change: Change,
    by: Person,
    insight: Insight | None = None,
    goal: Goal | None = None,
    activity: Activity | None = None,
) -> None:
    """Take one link away again. Raises PermissionDenied."""
    if not access.may_carry(by, change):
        raise PermissionDenied
    with transaction.atomic():
        if insight is not None:
            change.insights.remove(insight)
            record(_linked(change, by, insight_id=insight.pk, is_linked=False))
        if goal is not None:
            change.goals.remove(goal)
            record(_linked(change, by, goal_id=goal.pk, is_linked=False))
        if activity is not None:
            change.activities.remove(activity)
            record(_linked(change, by, activity_id=activity.pk, is_linked=False))


def _linked(
    change: Change,
    by: Person,
    *,
    insight_id: int | None = None,
    goal_id: int | None = None,
    activity_id: int | None = None,
    is_linked: bool = True,
) -> facts.ChangeLinked:
    return facts.ChangeLinked(
        community_id=change.community_id,
        by_id=by.pk,
        change_id=change.pk,
        insight_id=insight_id,
        goal_id=goal_id,
        activity_id=activity_id,
        is_linked=is_linked,
    )


def _check_may_link(change: Change, item: Labelled, by: Person) -> None:
    if not access.may_carry(by, change):
        raise PermissionDenied
    _check_readable(item, change.community, by)


def _check_readable(item: Labelled, community: Community, by: Person) -> None:
    if item.community.root_pk != community.root_pk or not standing_of(by).may_read(item):
        raise Refused(_("Choose something from this programme that you can read."))


def check_label(label: str) -> None:
    if label not in Label.values or label == Label.GROUP:
        raise Refused(_("Choose who may see it: the programme, its organisations, or everybody."))


def _check_title(title: str) -> None:
    if not title.strip():
        raise Refused(_("Write the new way of working in a few words."))


def _check_theme(theme: Theme | None, community: Community) -> None:
    if theme is not None and theme.community_id != community.pk:
        raise Refused(_("Choose a theme of this programme."))


def _check_carrier(carrier: Person | None, change: Change) -> None:
    if carrier is not None and not standing_of(carrier).may_read(change):
        raise Refused(_("The carrier cannot read this change. Widen who may see it, or choose somebody else."))
