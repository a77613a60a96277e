from collections.abc import Collection

from django import template
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

register = template.Library()

ROWS_IN_WORDS = 12


@register.filter
def rows(numbers: Collection[int]) -> str:
    """Rows of the sheet in words: "row 17", "rows 39, 127", and how many more when there are many."""
    count = len(numbers)
    shown = ", ".join(str(number) for number in list(numbers)[:ROWS_IN_WORDS])
    words = ngettext("row %(rows)s", "rows %(rows)s", count) % {"rows": shown}
    if count > ROWS_IN_WORDS:
        words += " " + _("and %(count)d more") % {"count": count - ROWS_IN_WORDS}
    return words
