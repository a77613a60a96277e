"""`{% load questions %}`: the words of questions and what changed in them."""

from collections.abc import Iterable

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from leerkring.cycle.questions.enums import DropReason, QuestionState
from leerkring.cycle.questions.wordings import marked_words

register = template.Library()


@register.simple_tag
def marked(pieces: Iterable[tuple[str, bool]]) -> SafeString:
    """A wording in pieces, with the changed words marked."""
    return format_html_join(" ", "{}", ((format_html("<mark>{}</mark>", t) if new else t,) for t, new in pieces))


@register.simple_tag
def reworded(old: str, new: str) -> SafeString:
    """The new wording with the words marked that were said otherwise before."""
    return marked(marked_words(old, new))


@register.filter
def state_words(state: str) -> str:
    """A stored state in words."""
    return str(QuestionState(state).label)


@register.filter
def reason_words(reason: str) -> str:
    """A stored reason for letting go in words."""
    return str(DropReason(reason).label) if reason else ""
