"""A person's meetings as a subscription, in their language."""

from __future__ import annotations

from django.utils import translation
from django.utils.translation import gettext as _

from leerkring.community.meetings import calendar
from leerkring.community.meetings import queries as meetings
from leerkring.community.meetings.entries import entry_for
from leerkring.community.people.models import Person


def feed_of(person: Person) -> bytes:
    """The same bytes as long as nothing changed, so that a calendar program need not read them again."""
    found = meetings.meetings_in_calendar_of(person)
    language = person.account.language if person.account else None
    with translation.override(language):
        name = _("My meetings in Leerkring")
    entries = [entry_for(person, meeting, is_sure=vars(meeting)["is_expected"]) for meeting in found]
    return calendar.feed(entries=entries, name=name)
