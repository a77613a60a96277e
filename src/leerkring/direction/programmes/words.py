"""Sentences about registering: the rule of completion, the places, and who sees what."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext_lazy

from leerkring.direction.programmes.models import Edition

NUMBERS = (
    pgettext_lazy("number", "none"),
    pgettext_lazy("number", "one"),
    pgettext_lazy("number", "two"),
    pgettext_lazy("number", "three"),
    pgettext_lazy("number", "four"),
    pgettext_lazy("number", "five"),
    pgettext_lazy("number", "six"),
    pgettext_lazy("number", "seven"),
    pgettext_lazy("number", "eight"),
    pgettext_lazy("number", "nine"),
    pgettext_lazy("number", "ten"),
    pgettext_lazy("number", "eleven"),
    pgettext_lazy("number", "twelve"),
)
FEW_LEFT = 5
FEWEST_SHOWN = 5


def number(count: int) -> str:
    """A small number as a word, as one says it."""
    return str(NUMBERS[count]) if count < len(NUMBERS) else str(count)


def rule_in_words(edition: Edition, meetings_count: int) -> str:
    """ "Five of six meetings is completed fully." """
    needed = edition.fully_from_count
    if meetings_count < needed:
        said = ngettext(
            "You complete it fully by attending %(n)s meeting.",
            "You complete it fully by attending %(n)s meetings.",
            needed,
        )
        return said % {"n": number(needed)}
    if meetings_count == needed:
        return _("You complete it fully when you attend every meeting.")
    said = ngettext(
        "%(n)s of %(total)s meetings is enough to complete it fully.",
        "%(n)s of %(total)s meetings are enough to complete it fully.",
        needed,
    ) % {"n": number(needed), "total": number(meetings_count)}
    return said[:1].upper() + said[1:]


def places_in_words(edition: Edition, taken: int) -> str:
    """How many places are left, told so that nobody can count fewer than five people by it (rule 7)."""
    if edition.places_count is None:
        return _("There is room for everybody.")
    left = max(0, edition.places_count - taken)
    if not left:
        return _("All places are taken. You can go on the waiting list.")
    if taken < FEWEST_SHOWN:
        return _("There is room.")
    if left <= FEW_LEFT:
        said = ngettext("One place is free.", "%(n)s places are free.", left) % {"n": number(left)}
        return said[:1].upper() + said[1:]
    if left * 2 <= edition.places_count:
        return _("More than half of the places are taken.")
    return _("There is enough room.")


def answer_in_words(edition: Edition, taken: int) -> str:
    """Who says yes, and when."""
    if not edition.confirms_at_once:
        return _("The programme team looks at each application and answers you by mail.")
    if edition.places_count is not None and taken >= edition.places_count:
        return _("If a place comes free, you get a mail with some days to answer.")
    return _("You are in straight away.")
