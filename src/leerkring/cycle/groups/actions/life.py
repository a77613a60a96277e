from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from leerkring.community.meetings.models import Meeting
from leerkring.community.memberships import actions as memberships
from leerkring.community.memberships.enums import Label, Level, Role
from leerkring.community.memberships.models import Community
from leerkring.community.memberships.queries import membership_of
from leerkring.community.people.models import Organisation, Person
from leerkring.cycle.groups import access, queries
from leerkring.cycle.groups.enums import GroupState, Guidance
from leerkring.cycle.groups.facts import GroupChanged, GroupFormed, GroupMoved, GroupProposed
from leerkring.cycle.groups.models import GroupStateChange, LearningGroup
from leerkring.cycle.questions.models import LearningQuestion, Theme
from leerkring.platform import clock, facts
from leerkring.platform.rules import Refused, check_fields

UNDOABLE = frozenset(GroupState) - {GroupState.SPLIT, GroupState.MERGED}


def propose_group(
    *,
    community: Community,
    name: str,
    by: Person,
    purpose: str = "",
    theme: Theme | None = None,
    questions: Sequence[LearningQuestion] = (),
    label: Label = Label.PROGRAMME,
) -> LearningGroup:
    """Propose a group; who proposes it is its first member and its contact. Proposing it twice gives the same group.

    Raises PermissionDenied for who does not take part, Refused for a name in use or a theme from elsewhere.
    """
    if not access.may_propose_group(by, community):
        raise PermissionDenied
    with transaction.atomic():
        group, is_new = _open_group(
            community, name, by=by, purpose=purpose, theme=theme, questions=questions, label=label
        )
        if is_new:
            _bring_in(group, [by], by=by)
            memberships.grant_role(community=group.circle, person=by, role=Role.CONTACT, by=by)
            _note_state(group, before="", by=by)
            facts.record(GroupProposed(community_id=group.community_id, by_id=by.pk, group_id=group.pk))
    return group


def form_group(
    *,
    community: Community,
    name: str,
    by: Person,
    purpose: str = "",
    theme: Theme | None = None,
    questions: Sequence[LearningQuestion] = (),
    people: Iterable[Person] = (),
    contact: Person | None = None,
    guidance: Guidance = Guidance.OWN,
    guide: Person | None = None,
    guide_organisation: Organisation | None = None,
    meeting: Meeting | None = None,
    label: Label = Label.PROGRAMME,
) -> LearningGroup:
    """Form a group by hand, of people of the programme. Forming it twice gives the same group.

    Raises PermissionDenied below facilitator; Refused for a name in use, people from elsewhere, a contact who is
    not in it, or guidance without a guide.
    """
    if not access.may_form_group(by, community):
        raise PermissionDenied
    members = list(dict.fromkeys([*people, contact] if contact else people))
    with transaction.atomic():
        _refuse_strangers(community, members)
        _refuse_lonely_guidance(guidance, guide, guide_organisation)
        if meeting is not None and meeting.community.root_pk != community.root_pk:
            raise Refused(_("This meeting belongs to another programme. Choose one of this programme."))
        group, is_new = _open_group(
            community, name, by=by, purpose=purpose, theme=theme, questions=questions, label=label,
            state=GroupState.FORMED, guidance=guidance, guide=guide, guide_organisation=guide_organisation,
            formed_in=meeting, formed_on=clock.today(),
        )  # fmt: skip
        if is_new:
            _bring_in(group, members, by=by)
            _let_guide_in(group, by=by)
            if contact is not None:
                memberships.grant_role(community=group.circle, person=contact, role=Role.CONTACT, by=by)
            _note_state(group, before="", by=by)
            facts.record(
                GroupFormed(community_id=group.community_id, by_id=by.pk, group_id=group.pk, people_count=len(members))
            )
    return group


def move_group(*, group: LearningGroup, state: GroupState, by: Person) -> LearningGroup:
    """Bring the group to another state by the table of transitions. Twice is once.

    Raises PermissionDenied, or Refused when there is no way from here to there.
    """
    if not access.may_move_group(by, group, state):
        raise PermissionDenied
    with transaction.atomic():
        group.lock()
        if group.state == state:
            return group
        if not group.may_become(state) or state in (GroupState.SPLIT, GroupState.MERGED):
            raise Refused(
                _("From %(before)s a group cannot become %(after)s. Look at the page again and choose another step.")
                % {"before": group.get_state_display(), "after": state.label}
            )
        _become(group, state, by=by)
    return group


def undo_move(*, group: LearningGroup, by: Person) -> LearningGroup:
    """Put a group back in the state it was in before the last move, for a day. Twice is once.

    Raises PermissionDenied, or Refused when it moved on, was split or merged, or a day has passed.
    """
    if not access.may_change_group(by, group):
        raise PermissionDenied
    with transaction.atomic():
        group.lock()
        last = queries.last_move(group)
        if last is None or not _can_be_put_back(last) or not access.may_move_group(by, group, GroupState(last.after)):
            raise Refused(_("This can no longer be put back. Choose another step."))
        _become(group, GroupState(last.before), by=by)
    return group


def _can_be_put_back(last: GroupStateChange) -> bool:
    return last.before in UNDOABLE and last.after in UNDOABLE and queries.is_fresh(last.at)


def _become(group: LearningGroup, state: GroupState, *, by: Person) -> None:
    before = group.state
    group.state = state
    if state == GroupState.FORMED:
        group.formed_on = group.formed_on or clock.today()
    group.ended_on = None if group.is_living else clock.today()
    group.save(update_fields=["state", "formed_on", "ended_on"])
    _note_state(group, before=before, by=by)
    facts.record(
        GroupMoved(community_id=group.community_id, by_id=by.pk, group_id=group.pk, before=before, after=state)
    )


def change_group(
    *,
    group: LearningGroup,
    by: Person,
    name: str,
    purpose: str,
    theme: Theme | None,
    guidance: Guidance,
    guide: Person | None = None,
    guide_organisation: Organisation | None = None,
    label: Label | None = None,
    revision: int | None = None,
) -> LearningGroup:
    """Change what a group says of itself.

    Raises PermissionDenied, Refused, and EditedMeanwhile when somebody else did since `revision`.
    """
    if not access.may_change_group(by, group):
        raise PermissionDenied
    with transaction.atomic():
        group.lock()
        group.check_revision(revision, name=name, purpose=purpose, theme=theme)
        _refuse_foreign_theme(group.community, theme)
        _refuse_lonely_guidance(guidance, guide, guide_organisation)
        _refuse_name_in_use(group.community, name, by=by, own=group)
        before = group.guide
        if group.name != name:
            memberships.edit_community(community=group.circle, name=name, by=by)
        group.name = name
        group.purpose = purpose
        group.theme = theme
        group.guidance = guidance
        group.guide = guide if guidance == Guidance.GUIDED else None
        group.guide_organisation = guide_organisation if guidance == Guidance.GUIDED else None
        group.label = label or group.label
        group.changed(by=by, at=clock.now())
        check_fields(group)
        group.save()
        if before is not None and before != group.guide:
            _let_guide_out(group, before, by=by)
        _let_guide_in(group, by=by)
        facts.record(
            GroupChanged(community_id=group.community_id, by_id=by.pk, group_id=group.pk, revision=group.revision)
        )
    return group


def _open_group(
    community: Community,
    name: str,
    *,
    by: Person,
    theme: Theme | None,
    questions: Sequence[LearningQuestion],
    **values: object,
) -> tuple[LearningGroup, bool]:
    """A new group with a circle of its own, or the one that the same person opened a moment ago."""
    root = Community.objects.select_for_update().get(pk=community.root_pk)
    _refuse_foreign_theme(root, theme)
    _refuse_foreign_questions(root, questions)
    own = queries.living(LearningGroup.objects.filter(community=root, name=name, proposed_by=by)).first()
    if own is not None:
        return own, False
    _refuse_name_in_use(root, name, by=by)
    circle = memberships.open_circle(root=root, name=name, by=by)
    group = LearningGroup(
        community=root, circle=circle, name=name, theme=theme, proposed_by=by,
        changed_at=clock.now(), changed_by=by, **values,
    )  # fmt: skip
    check_fields(group)
    group.save()
    group.questions.set(questions)
    return group, True


def _bring_in(group: LearningGroup, people: Iterable[Person], *, by: Person) -> None:
    for person in people:
        memberships.join(community=group.circle, person=person, level=Level.ACTIVE, by=by)


def _let_guide_in(group: LearningGroup, *, by: Person) -> None:
    """A guide belongs to the circle, so as to read what the group keeps to itself, without counting as a member."""
    if group.guide is not None:
        memberships.join(community=group.circle, person=group.guide, level=Level.EXTERNAL, by=by)


def _let_guide_out(group: LearningGroup, guide: Person, *, by: Person) -> None:
    membership = membership_of(guide, group.circle)
    if membership is not None and membership.level == Level.EXTERNAL:
        memberships.leave_community(membership=membership, by=by)


def _note_state(group: LearningGroup, *, before: str, by: Person) -> None:
    GroupStateChange.objects.create(group=group, before=before, after=group.state, at=clock.now(), by=by)


def _refuse_name_in_use(community: Community, name: str, *, by: Person, own: LearningGroup | None = None) -> None:
    others = queries.living(queries.groups_visible_to(by, community)).filter(name__iexact=name)
    if own is not None:
        others = others.exclude(pk=own.pk)
    if others.exists():
        raise Refused(_("There is a group called %(name)s already. Join it, or choose another name.") % {"name": name})


def _refuse_foreign_theme(community: Community, theme: Theme | None) -> None:
    if theme is not None and theme.community_id != community.root_pk:
        raise Refused(_("This theme belongs to another programme. Choose one of this programme."))


def _refuse_foreign_questions(community: Community, questions: Iterable[LearningQuestion]) -> None:
    if any(question.community.root_pk != community.root_pk for question in questions):
        raise Refused(_("One of these questions belongs to another programme. Choose questions of this programme."))


def _refuse_strangers(community: Community, people: Sequence[Person]) -> None:
    known = set(queries.people_to_form_with(community).values_list("pk", flat=True))
    strangers = [person.name for person in people if person.pk not in known]
    if strangers:
        raise Refused(_("Not in this programme yet: %(names)s. Invite them first.") % {"names": ", ".join(strangers)})


def _refuse_lonely_guidance(guidance: str, guide: Person | None, organisation: Organisation | None) -> None:
    if guidance == Guidance.GUIDED and guide is None and organisation is None:
        raise Refused(_("Say who guides the group: a person or an organisation."))
