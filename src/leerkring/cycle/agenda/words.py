"""What the comparison says, in words: of one question, and of a version as a whole."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from leerkring.cycle.agenda.compare import Comparison, Row
from leerkring.cycle.agenda.enums import Fate, Origin
from leerkring.cycle.agenda.models import AgendaEntry
from leerkring.cycle.questions.enums import DropReason, QuestionState


def spelled(number: int) -> str:
    """Numbers up to twelve as words, as they stand in a sentence."""
    words = [
        _("none"),
        _("one"),
        _("two"),
        _("three"),
        _("four"),
        _("five"),
        _("six"),
        _("seven"),
        _("eight"),
        _("nine"),
        _("ten"),
        _("eleven"),
        _("twelve"),
    ]
    return words[number] if 0 <= number < len(words) else str(number)


def spelled_first(number: int) -> str:
    """The same at the beginning of a sentence, where "één" loses one of its marks."""
    return pgettext("beginning of a sentence", "One") if number == 1 else capfirst(spelled(number))


def joined(codes: Sequence[str]) -> str:
    """A, B and C."""
    if len(codes) < 2:
        return "".join(codes)
    return _("%(codes)s and %(last)s") % {"codes": ", ".join(codes[:-1]), "last": codes[-1]}


def origin_words(entry: AgendaEntry, codes: Sequence[str] = ()) -> str:
    """Where a new question came from."""
    if codes:
        return _("from %(codes)s") % {"codes": joined(codes)}
    return str(Origin(entry.origin).label)


def reason_words(entry: AgendaEntry | None) -> str:
    """Why a question is no longer on the agenda."""
    if entry is None:
        return ""
    if entry.drop_reason:
        return str(DropReason(entry.drop_reason).label)
    if entry.state == QuestionState.SPLIT:
        return _("split into %(codes)s") % {"codes": joined(entry.went_to)} if entry.went_to else _("split")
    if entry.state == QuestionState.MERGED:
        return _("merged into %(codes)s") % {"codes": joined(entry.went_to)} if entry.went_to else _("merged")
    if entry.state == QuestionState.ANSWERED and entry.closed_in:
        return _("answered in version %(number)d") % {"number": entry.closed_in}
    return str(QuestionState(entry.state).label)


def detail_words(row: Row, olds: Sequence[AgendaEntry]) -> str:
    """The small line under a fate in the picture."""
    words = ""
    match row.fate:
        case Fate.NEW if row.new:
            words = origin_words(row.new, row.codes)
        case Fate.DROPPED if row.end and row.end.drop_reason:
            words = reason_words(row.end)
        case Fate.SPLIT if row.codes:
            words = _("into %(codes)s") % {"codes": joined(row.codes)}
        case Fate.MERGED if row.codes:
            together = joined([old.code for old in olds])
            words = _("%(codes)s became %(new)s") % {"codes": together, "new": joined(row.codes)}
        case Fate.REOPENED if row.before:
            words = reason_words(row.before)
        case Fate.ANSWERED if row.is_settled:
            words = _("already before")
        case Fate.ANSWERED if row.new and not row.new.is_listed:
            words = _("in version %(number)d") % {"number": row.new.closed_in or 0}
        case _other:
            words = _("and said differently") if row.is_reworded and row.fate != Fate.REWORDED else ""
    return words


def fate_words(row: Row, olds: Sequence[AgendaEntry]) -> str:
    """What became of a question, in one line."""
    fate = str(row.fate.label)
    match row.fate:
        case Fate.SPLIT if row.codes:
            return _("split into %(codes)s") % {"codes": joined(row.codes)}
        case Fate.MERGED if row.codes:
            others = [old.code for old in olds if row.old and old.code != row.old.code]
            if not others:
                return _("merged into %(new)s") % {"new": joined(row.codes)}
            return _("merged with %(codes)s into %(new)s") % {"codes": joined(others), "new": joined(row.codes)}
        case Fate.DROPPED:
            reason = detail_words(row, olds)
            return f"{fate}: {reason}" if reason else fate
    detail = detail_words(row, olds)
    return f"{fate}, {detail}" if detail else fate


def heading(comparison: Comparison) -> str:
    """The finding of a comparison."""
    if comparison.old_count == comparison.new_count:
        count = comparison.new_count
        return ngettext("Still %(count)d question", "Still %(count)d questions", count) % {"count": count}
    return ngettext("From %(old)d to %(new)d question", "From %(old)d to %(new)d questions", comparison.new_count) % {
        "old": comparison.old_count,
        "new": comparison.new_count,
    }


def lead(comparison: Comparison) -> str:
    """Two or three sentences: what was answered, and what stays open."""
    provisional = comparison.fates.get(Fate.PROVISIONAL, 0)
    answered = len(comparison.answered)
    later = answered - comparison.fates.get(Fate.ANSWERED, 0)
    sentences = [_answered_words(answered, provisional if not later else 0)]
    if later:
        text = ngettext("%(count)s of them came up since.", "%(count)s of them came up since.", later)
        sentences.append(text % {"count": spelled_first(later)})
        if provisional:
            sentences.append(_answered_words(0, provisional))
    return " ".join([*sentences, *_standing(comparison)])


def _answered_words(answered: int, provisional: int) -> str:
    if answered and provisional:
        text = ngettext(
            "%(answered)s question is answered, %(provisional)s provisionally.",
            "%(answered)s questions are answered, %(provisional)s provisionally.",
            answered,
        )
    elif answered:
        text = ngettext("%(answered)s question is answered.", "%(answered)s questions are answered.", answered)
    elif provisional:
        text = ngettext(
            "%(provisional)s question is answered provisionally.",
            "%(provisional)s questions are answered provisionally.",
            provisional,
        )
    else:
        text = _("No question was answered in this time.")
    words = spelled(provisional) if answered else spelled_first(provisional)
    return text % {"answered": spelled_first(answered), "provisional": words}


def _standing(comparison: Comparison) -> list[str]:
    news = {row.new.code: row.new for row in comparison.rows if row.new and row.new.is_listed}
    stubborn = [entry.code for entry in news.values() if entry.is_stubborn]
    if stubborn:
        text = ngettext(
            "%(codes)s is stubborn: it asks for another approach.",
            "%(codes)s are stubborn: they ask for another approach.",
            len(stubborn),
        )
        return [text % {"codes": joined(sorted(stubborn, key=lambda code: (len(code), code)))}]
    almost = [entry for entry in news.values() if 1 < entry.open_count == entry.version.stubborn_after - 1]
    if not almost:
        return []
    text = ngettext(
        "%(count)s question has been open in %(versions)s versions now. Next time it is called stubborn.",
        "%(count)s questions have been open in %(versions)s versions now. Next time they are called stubborn.",
        len(almost),
    )
    return [text % {"count": spelled_first(len(almost)), "versions": spelled(almost[0].open_count)}]


def summary(comparison: Comparison) -> list[tuple[int, str]]:
    """How many questions met each fate, with the words beside the figure."""
    split, merged = comparison.split_into, comparison.merged_into
    words = {
        Fate.STAYED: Fate.STAYED.label,
        Fate.REWORDED: Fate.REWORDED.label,
        Fate.PROVISIONAL: Fate.PROVISIONAL.label,
        Fate.ANSWERED: Fate.ANSWERED.label,
        Fate.REOPENED: Fate.REOPENED.label,
        Fate.SPLIT: _("split into %(count)d") % {"count": split} if split else Fate.SPLIT.label,
        Fate.MERGED: _("merged into %(count)d") % {"count": merged} if merged else Fate.MERGED.label,
        Fate.DROPPED: Fate.DROPPED.label,
        Fate.NEW: Fate.NEW.label,
    }
    return [(comparison.fates[fate], str(text)) for fate, text in words.items() if comparison.fates.get(fate)]
