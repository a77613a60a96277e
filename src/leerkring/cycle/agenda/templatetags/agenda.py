"""`{% load agenda %}`: the words of frozen rows."""

from django import template

from leerkring.cycle.agenda.enums import Fate
from leerkring.cycle.agenda.models import AgendaEntry
from leerkring.cycle.agenda.words import reason_words

register = template.Library()


@register.filter
def why_gone(entry: AgendaEntry) -> str:
    """Why a question is no longer on the agenda."""
    return reason_words(entry)


@register.filter
def fate_name(fate: Fate) -> str:
    return str(fate.label)
