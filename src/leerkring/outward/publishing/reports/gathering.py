"""What stands in a report, once in each language: figures with what they count, and lists. No person is in it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone, translation
from django.utils.formats import date_format, number_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from leerkring.community.memberships.models import Community
from leerkring.cycle.uptake.enums import Step
from leerkring.direction.programmes.enums import Completion
from leerkring.direction.programmes.models import Edition, Programme
from leerkring.outward.publishing.reports import queries
from leerkring.outward.publishing.reports.enums import LABELS, Audience
from leerkring.overview.figures.counting import FEW, Count, Hidden, veiled, veiled_parts
from leerkring.overview.figures.definitions import DEFINITIONS
from leerkring.overview.figures.queries import figures_for
from leerkring.platform import clock

LANGUAGES = ("nl", "en")
MOST = 200
OF_PROGRAMME = ("themes", "groups", "groups_now", "versions", "insights", "norms", "stopped", "activities")


@dataclass(frozen=True)
class Subject:
    """What is reported on, to whom."""

    programme: Programme
    edition: Edition | None
    audience: Audience

    @property
    def community(self) -> Community:
        return self.programme.community

    @property
    def labels(self) -> frozenset[Any]:
        return LABELS[self.audience]


def gathered(subject: Subject) -> dict[str, Any]:
    """The report in each language, from one state of the database: call it inside a transaction."""
    said = {}
    for language in LANGUAGES:
        with translation.override(language):
            said[language] = _report(subject)
    return said


def _report(subject: Subject) -> dict[str, Any]:
    edition, programme = subject.edition, subject.programme
    made = date_format(timezone.localtime(clock.now()), "j F Y H:i")
    facts: list[list[Any]] = [
        [_("Programme"), programme.community.name],
        [_("Host"), programme.host.name],
        [_("Period"), _period(subject)],
        [_("Report"), capfirst(subject.audience.label)],
        [_("Made on"), made],
    ]
    return {
        "title": edition.name if edition else programme.community.name,
        "eyebrow": _("Report %(audience)s") % {"audience": subject.audience.label},
        "lead": programme.headline,
        "facts": [[str(name), str(words)] for name, words in facts],
        "figures": [*_figures_of_people(subject), *_figures_of_programme(subject)],
        "figures_head": _("Figures"),
        "sections": [section for section in _sections(subject) if section["lines"]],
        "sources_head": _("How this was counted"),
        "sources": _sources(subject, made),
        "foot": _("%(name)s, report of %(day)s") % {"name": programme.community.name, "day": made},
    }


def _period(subject: Subject) -> str:
    edition, programme = subject.edition, subject.programme
    starts = edition.starts_on if edition else programme.starts_on
    ends = edition.ends_on if edition else programme.ended_on
    if ends is None:
        return _("since %(day)s") % {"day": _day(starts)}
    return _("%(start)s up to and including %(end)s") % {"start": _day(starts), "end": _day(ends)}


def _figures_of_people(subject: Subject) -> Iterator[dict[str, str]]:
    """Who took part; below five, and what could be counted back to it, is no figure (rule 7)."""
    enrolments = queries.taking_part(subject.community, subject.edition)
    count = queries.participants_count(enrolments)
    if not count:
        return
    if subject.edition is None and queries.has_a_small_edition(subject.community):
        # The rest of the editions could be taken off the whole.
        yield _figure("participants", DEFINITIONS["participants"].name, Hidden.NOT_SHOWN, "")
        return
    name = DEFINITIONS["participants"].name
    yield _figure("participants", name, veiled(count), _("People who took part in the end."))
    done = queries.completions(enrolments)
    if sum(done.values()):
        fully, partly = veiled_parts(count, done[Completion.FULLY], done[Completion.PARTLY])
        rule = DEFINITIONS["completed"].sentence
        yield _figure("fully", _("Completed fully"), fully, rule)
        yield _figure("partly", _("Completed partly"), partly, rule)
    attended, possible = queries.attended_and_possible(enrolments)
    if possible and count >= FEW:
        yield _figure(
            "attended",
            _("Attended, of every hundred places"),
            round(100 * attended / possible),
            _("Meetings attended by everybody together, of those that they could attend."),
        )
    organisations = queries.organisations_in(enrolments).count()
    yield _figure("organisations", DEFINITIONS["organisations"].name, organisations, _("As stated on enrolling."))
    held = list(queries.meetings_held(subject.community, subject.edition, subject.labels))
    if not held:
        return
    yield _figure("meetings", _("Meetings"), len(held), _("Held, as far as this report may name them."))
    minutes = sum(meeting.minutes for meeting in held)
    yield _figure("hours", _("Hours"), round(minutes / 60), _("Of these meetings together, rounded."))


def _figures_of_programme(subject: Subject) -> Iterator[dict[str, str]]:
    """The figures of the whole programme that have something to tell, by the definitions that hold everywhere."""
    figures = figures_for(subject.community, subject.labels)
    for key in OF_PROGRAMME:
        value = getattr(figures, key)
        if value:
            yield _figure(key, DEFINITIONS[key].name, value, DEFINITIONS[key].sentence)


def _figure(key: str, name: object, value: Count, sentence: object) -> dict[str, str]:
    words = value.label if isinstance(value, Hidden) else number_format(value, use_l10n=True)
    return {"key": key, "name": str(name), "value": str(words), "sentence": str(sentence)}


def _sections(subject: Subject) -> Iterator[dict[str, Any]]:
    community, labels = subject.community, subject.labels
    yield _section(
        _("Meetings"),
        [_("Date"), _("Meeting"), _("Kind")],
        [
            [_day(meeting.day), meeting.title, capfirst(meeting.get_kind_display())]
            for meeting in queries.meetings_held(community, subject.edition, labels)[:MOST]
        ],
    )
    enrolments = queries.taking_part(community, subject.edition)
    yield _section(
        _("Organisations that took part"),
        [_("Organisation")],
        [[organisation.name] for organisation in queries.organisations_in(enrolments)[:MOST]],
    )
    yield _policy_fields(subject)
    yield _section(
        _("Learning questions"),
        [_("Code"), _("Question"), _("State")],
        [
            [row.code or "", row.wording, capfirst(row.get_state_display())]
            for row in queries.questions_in(community, labels)[:MOST]
        ],
    )
    yield _section(
        _("Insights"), [_("Insight")], [[row.sentence] for row in queries.insights_in(community, labels)[:MOST]]
    )
    yield _section(
        _("Promising initiatives"),
        [_("Initiative"), _("Next step"), _("Joining")],
        [
            [row.title, row.next_step, ", ".join(organisation.name for organisation in row.organisations.all())]
            for row in queries.initiatives_in(community, labels)[:MOST]
        ],
    )
    yield _section(
        _("Changes in the way of working"),
        [_("Change in the work"), _("Furthest step")],
        [[title, str(capfirst(Step(step).label))] for title, step in queries.changes_in(community, labels)[:MOST]],
    )


def _policy_fields(subject: Subject) -> dict[str, Any]:
    enrolments = queries.taking_part(subject.community, subject.edition)
    fields = queries.policy_fields_in(enrolments)
    if subject.edition is None and queries.has_a_small_edition(subject.community):
        fields = {}
    shown = veiled_parts(queries.participants_count(enrolments), *fields.values())
    lines = [
        [field.name, str(count.label) if isinstance(count, Hidden) else number_format(count)]
        for field, count in zip(fields, shown, strict=True)
    ]
    return _section(_("Policy fields"), [_("Policy field"), _("Participants")], lines)


def _section(heading: str, heads: list[str], lines: list[list[str]]) -> dict[str, Any]:
    return {"heading": heading, "heads": heads, "lines": [[str(cell) for cell in line] for line in lines]}


def _sources(subject: Subject, made: str) -> list[str]:
    needed = subject.edition.fully_from_count if subject.edition else None
    words = [
        _(
            "Counted by Leerkring on %(made)s from enrolments, attendance and what was written down in the programme. "
            "Later changes do not change this report."
        )
        % {"made": made},
        _(
            "No person stands in it. Fewer than five people are never given as a number, nor is a number from which "
            "they could be counted back."
        ),
        _LABELS_IN_WORDS[subject.audience](),
    ]
    if needed:
        rule = ngettext(
            "Fully is from %(count)d meeting; half of a meeting counts as being there. The rule was announced before.",
            "Fully is from %(count)d meetings; half of a meeting counts as being there. The rule was announced before.",
            needed,
        )
        words.insert(1, rule % {"count": needed})
    return words


_LABELS_IN_WORDS = {
    Audience.PARTICIPANTS: lambda: _("It names what members and followers of the programme may read."),
    Audience.SPONSOR: lambda: _("It names only what every participating organisation may read."),
    Audience.PUBLIC: lambda: _("It names only what everybody may read."),
}


def _day(day: date) -> str:
    return date_format(day, "j F Y")
