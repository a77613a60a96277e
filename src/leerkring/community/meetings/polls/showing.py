"""What the pages of a poll show."""

from __future__ import annotations

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from leerkring.community.meetings import sentences
from leerkring.community.meetings.enums import PollReply
from leerkring.community.meetings.polls import queries
from leerkring.community.meetings.polls.forms import AnswerForm
from leerkring.community.meetings.polls.models import DatePoll, PollOption
from leerkring.community.meetings.polls.ranking import Tally, best_of, tallies_of
from leerkring.community.memberships.queries import standing_of
from leerkring.community.people.models import Person
from leerkring.platform.ui.days import date_words


def when(option: PollOption) -> str:
    return sentences.span_words(option.starts_at, option.ends_at)


def may_read(person: Person | None, poll: DatePoll) -> bool:
    return poll.meeting is not None and standing_of(person).may_read(poll.meeting)


def results(poll: DatePoll) -> dict[str, object]:
    options, voices = list(queries.options_of(poll)), list(queries.voices_of(poll))
    answers = queries.answers_of(poll)
    tallies = tallies_of(options, voices, answers)
    best = best_of(tallies)
    answered = [voice for voice in voices if voice.answered_at is not None]
    return {
        "tallies": [{"tally": tally, "when": when(tally.option), "words": words_of(tally)} for tally in tallies],
        "best": [{"tally": tally, "when": when(tally.option), "words": words_of(tally)} for tally in best],
        "heading": _heading(poll, best, len(answered)),
        "answered_count": len(answered),
        "organisations": sorted({voice.works_at for voice in answered if voice.works_at}),
        "columns": [(tally.option, date_words(tally.option.starts_at, "day")) for tally in tallies],
        "voices": [
            (voice, [_cell(answers.get((voice.pk, tally.option.pk), "")) for tally in tallies]) for voice in voices
        ],
        "chosen": when(poll.chosen) if poll.chosen else "",
    }


def answer_rows(poll: DatePoll, form: AnswerForm) -> list[dict[str, object]]:
    """The dates to answer, with how many can come: numbers only, for whoever has the link."""
    voices = list(queries.voices_of(poll))
    tallies = tallies_of(form.options, voices, queries.answers_of(poll))
    return [
        {
            "option": option,
            "when": when(option),
            "name": name,
            "chosen": chosen,
            "tally": tally,
            "words": counts_of(tally),
        }
        for (option, name, chosen), tally in zip(form.rows(), tallies, strict=True)
    ]


def counts_of(tally: Tally) -> str:
    """9 yes, 2 if need be, 1 no."""
    found = [
        (tally.yes, _("%(count)d yes")),
        (tally.if_need_be, _("%(count)d if need be")),
        (tally.no, _("%(count)d no")),
    ]
    said = ", ".join(words % {"count": count} for count, words in found if count)
    return said or _("nobody answered yet")


def words_of(tally: Tally) -> str:
    """Counts, organisations, and who must be there and cannot."""
    parts = [counts_of(tally)]
    if count := len(tally.organisations):
        parts.append(ngettext("from %(count)d organisation", "from %(count)d organisations", count) % {"count": count})
    return ", ".join(parts)


def _cell(answer: str) -> tuple[str, str]:
    """Class and word of one answer."""
    kinds = {PollReply.YES: "yes", PollReply.IF_NEED_BE: "maybe", PollReply.NO: "no"}
    return (kinds[PollReply(answer)], str(PollReply(answer).label)) if answer else ("none", _("no answer"))


def _heading(poll: DatePoll, best: list[Tally], answered: int) -> str:
    said = {"title": poll.title, "count": answered}
    if poll.chosen is not None:
        return _("%(title)s is on %(day)s") % {**said, "day": date_words(poll.chosen.starts_at, "full")}
    if not best:
        return _("When can people come to %(title)s?") % said
    said |= {"day": date_words(best[0].option.starts_at, "full"), "can": best[0].can}
    return capfirst(_("%(day)s fits best: %(can)d of %(count)d can come") % said)
