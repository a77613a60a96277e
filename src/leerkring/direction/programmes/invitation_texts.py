"""What a call says: the text of the organisation, else of the edition, else ours; in both languages."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils import translation
from django.utils.translation import gettext as _

from leerkring.community.meetings.models import Meeting
from leerkring.direction.programmes.models import Call, Edition
from leerkring.direction.programmes.words import rule_in_words
from leerkring.platform.ui.days import date_words

LANGUAGES = ("nl", "en")


def default_text(edition: Edition, language: str) -> str:
    """The invitation of the edition, else the one that we propose."""
    own = edition.invitation_nl if language == "nl" else edition.invitation_en
    if own:
        return own
    with translation.override(language):
        return _(
            "Dear colleague,\n\n"
            "%(programme)s: %(headline)s.\n\n"
            "A new edition is about to begin, and we would like you to join."
        ) % {"programme": edition.community.name, "headline": _as_part(edition.programme.headline)}


def text_of(call: Call, language: str) -> str:
    """The words of this call."""
    own = call.text_nl if language == "nl" else call.text_en
    return own or default_text(call.edition, language)


def letter_of(call: Call, language: str, link: str, meetings: Sequence[Meeting]) -> str:
    """The whole: the words, whom we look for, when it is, the rule, and the link."""
    edition = call.edition
    with translation.override(language):
        parts = [text_of(call, language)]
        if call.policy_field is not None:
            parts.append(
                _("We are looking in particular for people who work on this: %(field)s.")
                % {"field": call.policy_field.name}
            )
        days = [date_words(meeting.starts_at, "day") for meeting in meetings]
        when = _("From %(first)s to %(last)s.") % {
            "first": date_words(edition.starts_on, "long"),
            "last": date_words(edition.ends_on, "long"),
        }
        if days:
            when += " " + _("Meetings: %(days)s.") % {"days": ", ".join(days)}
        parts.append(f"{edition.name}. {when} {rule_in_words(edition, len(days))}")
        parts.append(_("Read more and register here. It takes two minutes:") + f"\n{link}")
    return "\n\n".join(parts)


def _as_part(sentence: str) -> str:
    """A sentence inside another one: without its full stop."""
    return sentence.strip().rstrip(".")
