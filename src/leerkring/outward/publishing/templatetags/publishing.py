from django import template
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from leerkring.community.meetings.models import Meeting

register = template.Library()


@register.filter
def hours(meeting: Meeting) -> str:
    """From when to when: "13.00 tot 17.00 uur"."""
    form = "%H.%M" if get_language() == "nl" else "%H:%M"
    start, end = (timezone.localtime(moment).strftime(form) for moment in (meeting.starts_at, meeting.ends_at))
    return _("%(start)s to %(end)s") % {"start": start, "end": end}
