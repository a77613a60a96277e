"""Days and moments in the forms of the screens: "14 nov", "donderdag 14 november 2024", "al 3 weken"."""

from datetime import date, datetime
from functools import lru_cache

from django.utils import timezone
from django.utils.dateformat import format as date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from leerkring.platform import clock

FORMS = {
    "short": "j M",
    "short_year": "j M Y",
    "day": "D j M",
    "long": "j F Y",
    "day_month": "j F",
    "full": "l j F Y",
    "month": "F Y",
    "weekday": "l",
}
FAR_OFF = 300
"""Days; nearer by, nobody wonders which year is meant."""
DAYS_IN_WORDS = 14
WEEKS_IN_WORDS = 10


def local_day(moment: date | datetime) -> date:
    """The day it is for people here."""
    if isinstance(moment, datetime):
        return (timezone.localtime(moment) if timezone.is_aware(moment) else moment).date()
    return moment


@lru_cache(maxsize=8192)
def _words(day: date, form: str, language: str | None) -> str:
    pattern = FORMS[form]
    if language == "nl":
        pattern = pattern.replace("M", "b")
    return date_format(day, pattern)


def date_words(moment: date | datetime, form: str = "short") -> str:
    """A day in words. Short forms name the year only when it is not this year, a day and a month when it is far off."""
    day = local_day(moment)
    return _words(day, _with_year(day, form), get_language())


def _with_year(day: date, form: str) -> str:
    # The year of the clock without its zone: an hour off at New Year, and ten times as quick in a list of 300 rows.
    if form == "short":
        return form if day.year == clock.now().year else "short_year"
    if form == "day_month" and abs((day - clock.now().date()).days) > FAR_OFF:
        return "long"
    return form


def time_words(moment: datetime) -> str:
    """A time of day as people write it here: 14.02 uur."""
    local = timezone.localtime(moment) if timezone.is_aware(moment) else moment
    if get_language() == "nl":
        return f"{local.hour}.{local.minute:02d} uur"
    return f"{local.hour}:{local.minute:02d}"


def moment_words(moment: datetime) -> str:
    """Day and time: 14 nov om 14.02 uur."""
    return _("%(day)s at %(time)s") % {"day": date_words(moment), "time": time_words(moment)}


def date_tag(moment: date | datetime | None, form: str = "short") -> SafeString:
    """<time> with the day in words; form "time" gives the time of day, "moment" both."""
    if moment is None:
        return SafeString("")
    if isinstance(moment, datetime):
        stamp = (timezone.localtime(moment) if timezone.is_aware(moment) else moment).isoformat(timespec="minutes")
        if form == "time":
            return format_html('<time datetime="{}">{}</time>', stamp, time_words(moment))
        if form == "moment":
            return format_html('<time datetime="{}">{}</time>', stamp, moment_words(moment))
    if form not in FORMS:
        raise ValueError(f"no form {form!r} of a day; there are {', '.join(FORMS)}, time, moment")
    day = local_day(moment)
    return _tag(day, _with_year(day, form), get_language())


@lru_cache(maxsize=8192)
def _tag(day: date, form: str, language: str | None) -> SafeString:
    return format_html('<time datetime="{}">{}</time>', day.isoformat(), _words(day, form, language))


def since_words(moment: date | datetime) -> str:
    """How long ago it began: "since today", "for 12 days", "for 3 weeks", then "since 29 October"."""
    day = local_day(moment)
    days = (clock.today() - day).days
    if days <= 0:
        return _("since today")
    if days < DAYS_IN_WORDS:
        return ngettext("for %(days)d day", "for %(days)d days", days) % {"days": days}
    weeks = days // 7
    if weeks <= WEEKS_IN_WORDS:
        return ngettext("for %(weeks)d week", "for %(weeks)d weeks", weeks) % {"weeks": weeks}
    form = "day_month" if day.year == clock.today().year else "long"
    return _("since %(day)s") % {"day": date_words(day, form)}


def since_tag(moment: date | datetime | None) -> SafeString:
    if moment is None:
        return SafeString("")
    return format_html('<time datetime="{}">{}</time>', local_day(moment).isoformat(), since_words(moment))


def until_words(moment: date | datetime) -> str:
    """How far away it is: "today", "tomorrow", "in 3 days", "in 14 weeks"; in the past, the day itself."""
    days = (local_day(moment) - clock.today()).days
    if days < 0:
        return date_words(moment)
    if days == 0:
        return _("today")
    if days == 1:
        return _("tomorrow")
    if days < DAYS_IN_WORDS:
        return ngettext("in %(days)d day", "in %(days)d days", days) % {"days": days}
    return ngettext("in %(weeks)d week", "in %(weeks)d weeks", days // 7) % {"weeks": days // 7}
