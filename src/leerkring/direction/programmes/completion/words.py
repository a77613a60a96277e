"""What somebody attended, told in sentences."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from leerkring.direction.programmes.completion.models import Certificate
from leerkring.direction.programmes.completion.tally import Counts, Line, Tally
from leerkring.direction.programmes.enums import Completion, EnrolmentState
from leerkring.direction.programmes.models import Enrolment


def hours(minutes: int) -> str:
    """Short enough for a column."""
    whole, rest = divmod(minutes, 60)
    if not whole:
        return _("%(minutes)d min") % {"minutes": rest}
    if not rest:
        return ngettext("%(hours)d hour", "%(hours)d hours", whole) % {"hours": whole}
    return _("%(hours)d h %(minutes)d min") % {"hours": whole, "minutes": rest}


def heading(enrolment: Enrolment, tally: Tally) -> str:
    """The finding above one's own page."""
    if enrolment.state == EnrolmentState.COMPLETED:
        return _("You completed it fully") if enrolment.completion == Completion.FULLY else _("You completed it partly")
    return attended(tally)


def attended(tally: Tally) -> str:
    said = {"count": tally.attended_count, "total": tally.total}
    return (
        ngettext(
            "You attended %(count)d of %(total)d meeting", "You attended %(count)d of %(total)d meetings", tally.total
        )
        % said
    )


def explanation(enrolment: Enrolment, tally: Tally) -> str:
    """How it comes that it is fully or partly, or what it still takes."""
    needed = {"needed": tally.needed, "count": tally.attended_count, "total": tally.total}
    if tally.exception is not None:
        if tally.completion != tally.by_rule:
            return _("You attended %(count)d of %(total)d. The programme team made an exception for you.") % needed
        return _("You attended %(count)d of %(total)d.") % needed
    if tally.by_rule == Completion.FULLY:
        return (
            _("You attended %(count)d of %(total)d. It takes %(needed)d to complete it fully, so you have it.") % needed
        )
    if enrolment.state in (EnrolmentState.COMPLETED, EnrolmentState.LEFT):
        return _("You attended %(count)d of %(total)d. It takes %(needed)d to complete it fully.") % needed
    return _to_go(tally)


def _to_go(tally: Tally) -> str:
    """While it runs: what still counts."""
    if not tally.can_become_full:
        most = tally.attended_count + tally.open_count
        return _(
            "It takes %(needed)d to complete it fully, and %(most)d is the most you can still reach. What you attend "
            "counts as partly. "
            "Was something noted wrong? Ask the programme team."
        ) % {"needed": tally.needed, "most": most}
    return ngettext(
        "%(missing)d more and you complete it fully; %(open)d can still count.",
        "%(missing)d more and you complete it fully; %(open)d can still count.",
        tally.missing_count,
    ) % {"missing": tally.missing_count, "open": tally.open_count}


def line_in_words(line: Line) -> str:
    match line.counts:
        case Counts.YES if line.minutes < line.meeting.minutes:
            return _("counts: you were there for %(hours)s") % {"hours": hours(line.minutes)}
        case Counts.YES:
            return _("counts: you were there")
        case Counts.TOO_SHORT:
            half = hours((line.meeting.minutes + 1) // 2)
            return _("does not count: %(hours)s, and half is %(half)s") % {"hours": hours(line.minutes), "half": half}
        case Counts.NO:
            return _("does not count: you were not there")
        case Counts.NOT_NOTED:
            return _("not noted yet")
        case _to_come:
            return _("still to come")


def change_in_words(certificate: Certificate, tally: Tally) -> str:
    """What another certificate would say, for the team."""
    before, now = certificate.completion, tally.completion
    said = {
        "before": before.label,
        "now": now.label if now else _("not completed"),
        "count": tally.attended_count,
        "kept": certificate.data["attended_count"],
    }
    if before != now:
        return _("On paper %(before)s, by what is noted now %(now)s (%(count)d meetings, on paper %(kept)d).") % said
    if certificate.data["attended_count"] != tally.attended_count:
        return _("On paper %(kept)d meetings, by what is noted now %(count)d. It stays %(now)s.") % said
    return _("Other meetings or hours are noted now than stand on paper. It stays %(now)s.") % said
