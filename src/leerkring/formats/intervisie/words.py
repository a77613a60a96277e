"""Sentences that need some thought."""

from __future__ import annotations

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from leerkring.community.meetings.models import Meeting
from leerkring.community.memberships.enums import Label
from leerkring.community.people.models import Organisation, Person
from leerkring.formats.intervisie.dividing import Concern
from leerkring.formats.intervisie.library import Sheet
from leerkring.formats.intervisie.queries import Audience


def audience(each: Audience) -> str:
    match each.label:
        case Label.GROUP:
            return _("The group and the programme team: %(names)s.") % {"names": ", ".join(each.names)}
        case Label.PROGRAMME:
            return ngettext(
                "Everyone in the programme: %(n)d person today. Your name is not beside it.",
                "Everyone in the programme: %(n)d people today. Your name is not beside it.",
                each.count,
            ) % {"n": each.count}
        case Label.ORGANISATIONS:
            return ngettext(
                "Whoever signs in from the organisation that takes part. Your name is not beside it.",
                "Whoever signs in from one of the %(n)d organisations that take part. Your name is not beside it.",
                each.count,
            ) % {"n": each.count}
        case _label:
            return _("Everybody, also without an account. Your name is not beside it.")


def method_choice(sheet: Sheet) -> str:
    return _("%(name)s, %(minutes)d minutes") % {"name": sheet.name, "minutes": sheet.minutes}


def meeting_choice(meeting: Meeting) -> str:
    begins = localtime(meeting.starts_at)
    return _("%(title)s, %(day)s at %(time)s") % {
        "title": meeting.title,
        "day": date_format(begins, "j F"),
        "time": date_format(begins, "H.i"),
    }


def concern(each: Concern, people: list[Person], organisations: dict[int, Organisation]) -> str:
    """`people` are those of the group, in order."""
    if each.organisation_id is None:
        return ngettext(
            "This group has %(n)d person. Five or six is best.",
            "This group has %(n)d people. Five or six is best.",
            each.size,
        ) % {"n": each.size}
    same = [person for person in people if _works_at(person, each.organisation_id, organisations)]
    return _("%(names)s are of the same organisation: %(organisation)s.") % {
        "names": _listed([person.name for person in same]),
        "organisation": organisations[same[0].pk].name,
    }


def _works_at(person: Person, organisation_id: int, organisations: dict[int, Organisation]) -> bool:
    found = organisations.get(person.pk)
    return found is not None and found.pk == organisation_id


def _listed(names: list[str]) -> str:
    if len(names) < 2:
        return "".join(names)
    return _("%(some)s and %(last)s") % {"some": ", ".join(names[:-1]), "last": names[-1]}
