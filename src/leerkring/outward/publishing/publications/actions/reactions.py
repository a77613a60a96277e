from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from leerkring.community.memberships.models import Community
from leerkring.community.people.models import Person
from leerkring.outward.publishing.publications import access, limits, queries
from leerkring.outward.publishing.publications.enums import ReactionState
from leerkring.outward.publishing.publications.facts import (
    ReactionRemoved,
    ReactionsChosen,
    ReactionShown,
    ReactionTakenBack,
    ReactionWritten,
)
from leerkring.outward.publishing.publications.models import Publication, Reaction, ReactionChoice
from leerkring.outward.publishing.publications.writing import lines, one_line
from leerkring.platform import clock, facts
from leerkring.platform.rules import Refused, check_fields


def write_reaction(*, publication: Publication, text: str, device: str, by: Person) -> Reaction:
    """Say something to it. Where the team reads first it waits, unless the team says it. The same once more is once.

    Raises PermissionDenied, Refused for an empty text, and TooMuch.
    """
    if not access.may_react(by, publication):
        raise PermissionDenied
    said = lines(text)
    if not said:
        raise Refused(_("Write your reaction first."))
    with transaction.atomic():
        Person.objects.select_for_update().get(pk=by.pk)
        known = queries.reactions_visible_to(by, publication).filter(person=by, text=said).first()
        if known is not None:
            return known
        limits.check(by, device)
        waits = queries.are_screened(publication.community) and not access.may_publish(by, publication.community)
        reaction = Reaction(
            publication=publication,
            person=by,
            text=said,
            state=ReactionState.WAITING if waits else ReactionState.SHOWN,
            label=publication.label,
            device=device,
            written_at=clock.now(),
        )
        check_fields(reaction)
        reaction.save()
        facts.record(ReactionWritten(**_ids(reaction, by)))
    return reaction


def show_reaction(*, reaction: Reaction, by: Person) -> None:
    """Let readers see what waited, or what was removed. Raises PermissionDenied."""
    if not access.may_publish(by, reaction.publication.community):
        raise PermissionDenied
    with transaction.atomic():
        hidden = Reaction.objects.filter(pk=reaction.pk, state__in=[ReactionState.WAITING, ReactionState.REMOVED])
        if hidden.update(state=ReactionState.SHOWN, reason="", decided_by=by, decided_at=clock.now()):
            facts.record(ReactionShown(**_ids(reaction, by)))


def remove_reaction(*, reaction: Reaction, reason: str, by: Person) -> None:
    """Take it away from readers; its writer sees why. Raises PermissionDenied, and Refused without a reason."""
    if not access.may_publish(by, reaction.publication.community):
        raise PermissionDenied
    why = one_line(reason)
    if not why:
        raise Refused(_("Say why, so that its writer knows."))
    reaction.reason = why
    check_fields(reaction)
    with transaction.atomic():
        there = Reaction.objects.filter(pk=reaction.pk, state__in=[ReactionState.WAITING, ReactionState.SHOWN])
        if there.update(state=ReactionState.REMOVED, reason=why, decided_by=by, decided_at=clock.now()):
            facts.record(ReactionRemoved(**_ids(reaction, by)))


def take_back_reaction(*, reaction: Reaction, by: Person) -> None:
    """One's own: its text is gone. Raises PermissionDenied for anybody else."""
    if not access.may_take_back(by, reaction):
        raise PermissionDenied
    with transaction.atomic():
        there = Reaction.objects.filter(pk=reaction.pk).exclude(state=ReactionState.TAKEN_BACK)
        if there.update(state=ReactionState.TAKEN_BACK, text="", reason=""):
            facts.record(ReactionTakenBack(**_ids(reaction, by)))


def choose_screening(*, community: Community, are_screened: bool, by: Person) -> None:
    """Whether the team reads reactions first. What waits already keeps waiting. Raises PermissionDenied."""
    if not access.may_publish(by, community):
        raise PermissionDenied
    with transaction.atomic():
        if queries.are_screened(community) == are_screened:
            return
        ReactionChoice.objects.update_or_create(community=community, defaults={"are_screened": are_screened})
        facts.record(ReactionsChosen(community_id=community.pk, by_id=by.pk, are_screened=are_screened))


def _ids(reaction: Reaction, by: Person) -> dict[str, int]:
    return {
        "community_id": reaction.publication.community_id,
        "by_id": by.pk,
        "publication_id": reaction.publication_id,
        "reaction_id": reaction.pk,
    }
