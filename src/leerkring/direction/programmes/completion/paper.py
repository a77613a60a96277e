"""A certificate on paper: its words in the language that was asked for, from what was kept when it was issued."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from leerkring.community.meetings.enums import MeetingKind
from leerkring.direction.programmes.completion.models import Certificate
from leerkring.direction.programmes.completion.words import hours
from leerkring.direction.programmes.enums import Completion
from leerkring.platform.documents import Document
from leerkring.platform.documents.making import qr

TEMPLATE = Path(__file__).with_name("documents") / "certificate.typ"


def address_of(certificate: Certificate) -> str:
    """Where anybody can check it."""
    return settings.BASE_URL + reverse("programmes:certificate_check", args=[certificate.spelled_code])


def paper_of(certificate: Certificate, language: str) -> Document:
    with translation.override(language):
        return Document(TEMPLATE, _data(certificate), language, certificate.issued_at)


def _data(certificate: Certificate) -> dict[str, Any]:
    kept, address = certificate.data, address_of(certificate)
    is_full = certificate.completion == Completion.FULLY
    issued_on = _day(timezone.localtime(certificate.issued_at).date())
    attended, total = kept["attended_count"], kept["meetings_count"]
    minutes = sum(meeting["minutes"] for meeting in kept["meetings"])
    said = {"attended": attended, "total": total, "hours": hours(minutes)}
    return {
        "title": _("Certificate of %(name)s") % {"name": certificate.name},
        "host": kept["host"],
        "kind": _("Certificate of participation"),
        "name": certificate.name,
        "took_part": _("took part fully in") if is_full else _("took part partly in"),
        "programme": kept["programme"],
        "edition": _("%(name)s, %(start)s to %(end)s")
        % {"name": kept["edition"], "start": _day_of(kept["starts_on"]), "end": _day_of(kept["ends_on"])},
        "part": max(total, 1) if is_full else attended,
        "whole": max(total, 1),
        "attended": attended,
        "of_all": _("of %(total)d") % said,
        "sum": ngettext(
            "Attended %(attended)d of %(total)d meeting, %(hours)s together.",
            "Attended %(attended)d of %(total)d meetings, %(hours)s together.",
            total,
        )
        % said,
        "attended_head": _("Attended"),
        "heads": [_("Date"), _("Meeting"), _("Hours")],
        "lines": [_line(meeting) for meeting in kept["meetings"]],
        "nothing": _("No meeting of this edition."),
        "rule": _rule(kept),
        "facts": [
            [_("Issued by"), kept["host"]],
            [_("Issued on"), issued_on],
            [_("Number"), certificate.number],
            [_("Code"), certificate.spelled_code],
        ],
        "check": _("Is it genuine? Check it at"),
        "address": address,
        "address_words": address.partition("://")[2],
        "qr": qr(address),
        "qr_words": _("QR code of the page where this certificate can be checked"),
        "foot": _("Certificate %(number)s of %(host)s, issued on %(day)s")
        % {"number": certificate.number, "host": kept["host"], "day": issued_on},
    }


def _line(meeting: dict[str, Any]) -> dict[str, str]:
    kind = str(capfirst(MeetingKind(meeting["kind"]).label))
    return {
        "day": _day_of(meeting["day"]),
        "title": meeting["title"],
        "more": "" if meeting["title"].lower().startswith(kind.lower()) else kind,
        "hours": hours(meeting["minutes"]),
    }


def _rule(kept: dict[str, Any]) -> str:
    rule = ngettext(
        "The rule, announced before: fully from %(count)d meeting, half of a meeting counts as being there.",
        "The rule, announced before: fully from %(count)d meetings, half of a meeting counts as being there.",
        kept["needed_count"],
    ) % {"count": kept["needed_count"]}
    if kept["is_by_team"]:
        return rule + " " + _("The programme team made an exception to it.")
    return rule


def _day(day: date) -> str:
    return date_format(day, "j F Y")


def _day_of(text: str) -> str:
    return _day(date.fromisoformat(text))
