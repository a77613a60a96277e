from __future__ import annotations

from collections.abc import Iterable

from django.db.models import QuerySet

from leerkring.community.meetings import access
from leerkring.community.meetings.enums import MeetingState
from leerkring.community.meetings.models import Meeting, RunSheetItem
from leerkring.community.meetings.queries import meetings_visible_to, upcoming
from leerkring.community.meetings.workforms.card import Card
from leerkring.community.meetings.workforms.cards import every_card, own_card
from leerkring.community.meetings.workforms.library import CARDS
from leerkring.community.meetings.workforms.models import Workform
from leerkring.community.memberships import queries as memberships
from leerkring.community.memberships.models import Community
from leerkring.community.people.models import Person


def workforms_visible_to(person: Person | None, community: Community) -> QuerySet[Workform]:
    """Those of the programme that are in use and that this person may read."""
    return workforms_to_restore(person, community).filter(retired_at__isnull=True)


def workforms_to_restore(person: Person | None, community: Community) -> QuerySet[Workform]:
    """Retired ones too; those that are in use do no harm."""
    own = workforms_of(community)
    return memberships.labelled_visible_to(person, own).select_related("community", "made_by", "changed_by")


def workforms_put_away(person: Person | None, community: Community) -> QuerySet[Workform]:
    """Retired ones that this person may read, the last first."""
    return workforms_to_restore(person, community).filter(retired_at__isnull=False).order_by("-retired_at", "-pk")


def workforms_of(community: Community) -> QuerySet[Workform]:
    """Every one that the programme ever had, whoever may read it; of a group, those of its programme."""
    return Workform.objects.filter(community=community.root_pk)


def workform_numbered(workforms: QuerySet[Workform], key: str) -> Workform | None:
    """None too for a word that is no number."""
    is_number = key.isascii() and key.isdigit() and len(key) <= 15
    return workforms.filter(pk=int(key)).first() if is_number else None


def cards_for(person: Person | None, community: Community) -> list[Card]:
    """What this person can choose from, those of the programme first."""
    return every_card(workforms_visible_to(person, community))


def card_named(person: Person | None, community: Community, key: str) -> Card | None:
    """By the word of its address; a retired one too, because run sheets have it."""
    if key in CARDS:
        return CARDS[key]
    workform = workform_numbered(workforms_to_restore(person, community), key)
    return own_card(workform) if workform else None


def cards_of(items: Iterable[RunSheetItem], person: Person | None) -> dict[int, Card]:
    """By id of the part: its card, as far as this person may read it."""
    standing = memberships.standing_of(person)
    found: dict[int, Card] = {}
    for item in items:
        if item.built_in_form in CARDS:
            found[item.pk] = CARDS[item.built_in_form]
        elif item.own_form is not None and standing.may_read(item.own_form):
            found[item.pk] = own_card(item.own_form)
    return found


def meeting_to_fill(person: Person | None, community: Community) -> Meeting | None:
    """The next one on whose run sheet this person can put a form."""
    meetings = upcoming(meetings_visible_to(person, community)).filter(keeps_text=True)
    coming = meetings.exclude(state=MeetingState.CANCELLED)[:20]
    return next((meeting for meeting in coming if access.may_change_meeting(person, meeting)), None)


def is_used(workform: Workform) -> bool:
    return RunSheetItem.objects.filter(own_form=workform, removed_at__isnull=True).exists()
