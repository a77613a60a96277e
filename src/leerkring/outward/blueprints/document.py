"""A blueprint as a file: JSON that people can read, with a version, and read back without trusting a word of it."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import time
from typing import Any

from django.utils.translation import gettext as _

from leerkring.community.meetings.enums import IntervisieStep, MeetingKind
from leerkring.community.meetings.rhythm.days import BOUNDS, USUAL, in_order
from leerkring.community.meetings.rhythm.enums import LetterMoment
from leerkring.community.meetings.workforms.actions import MOST_LINES, Texts
from leerkring.community.meetings.workforms.enums import Aim, BuiltIn
from leerkring.community.meetings.workforms.models import LARGEST, LONGEST
from leerkring.direction.programmes.enums import ProgrammeKind
from leerkring.formats.intervisie.enums import Experience, Speaker
from leerkring.outward.blueprints.blueprint import Blueprint, Method, MethodStep, Moment, Part, Workform

VERSION = 1
"""Rises when an older Leerkring would misread a newer file; keys that it does not know it leaves out and says so."""
MARK = "leerkring_method"
MOST_BYTES = 1_000_000
NAME, LONG = 200, 10_000
MOST_MOMENTS, MOST_PARTS, MOST_METHODS, MOST_STEPS, MOST_FORMS = 60, 100, 30, 20, 60
MOST_DAYS, DAY_IN_MINUTES, MOST_MINUTES = 1_500, 24 * 60, 14 * 24 * 60
LANGUAGES = ("nl", "en")


class Unreadable(Exception):
    """The file cannot be used; each sentence says where and what to do."""

    def __init__(self, sentences: list[str]) -> None:
        super().__init__("\n".join(sentences))
        self.sentences = sentences


@dataclass(frozen=True)
class Found:
    blueprint: Blueprint
    left_out: list[str]
    """Keys of the file that this Leerkring does not know."""


def as_text(blueprint: Blueprint) -> str:
    return json.dumps(as_document(blueprint), ensure_ascii=False, indent=2) + "\n"


def as_document(blueprint: Blueprint) -> dict[str, Any]:
    return {
        MARK: VERSION,
        "name": blueprint.name,
        "about": blueprint.about,
        "language": blueprint.language,
        "kind": str(blueprint.kind),
        "rules": {"fully_from": blueprint.fully_from, "places": blueprint.places},
        "invitation": {"nl": blueprint.invitation_nl, "en": blueprint.invitation_en},
        "meetings": [_moment(moment) for moment in blueprint.moments],
        "methods": [_method(method) for method in blueprint.methods],
        "workforms": [_workform(form) for form in blueprint.workforms],
        "mails": None if blueprint.mails is None else [moment.value for moment in in_order(blueprint.mails)],
        "mail_days": {moment.value: days for moment, days in in_order(blueprint.mails or {}).items()},
    }


def _moment(moment: Moment) -> dict[str, Any]:
    return {
        "kind": str(moment.kind),
        "title": moment.title,
        "purpose": moment.purpose,
        "day": moment.day,
        "begins": moment.begins.strftime("%H:%M"),
        "minutes": moment.minutes,
        "run_sheet": [
            {name: value for name, value in vars(part).items() if value or name == "minutes"} for part in moment.parts
        ],
    }


def _method(method: Method) -> dict[str, Any]:
    return {
        "name": method.name,
        "fits": method.fits,
        "experience": str(method.experience),
        "size_min": method.size_min,
        "size_max": method.size_max,
        "steps": [{**vars(step), "speaker": str(step.speaker)} for step in method.steps],
    }


def _workform(form: Workform) -> dict[str, Any]:
    it = form.texts
    return {
        "key": form.key,
        **asdict(it),
        "aim": it.aim.value,
        "steps": it.steps.split("\n"),
        "materials": it.materials.split("\n") if it.materials else [],
        "for_team": form.is_for_team,
    }


def read(content: bytes) -> Found:
    """What a file holds. Raises Unreadable with everything that is wrong in it, at most twenty sentences."""
    if len(content) > MOST_BYTES:
        raise Unreadable([_("The file is larger than 1 MB. A method file has texts only.")])
    try:
        document = json.loads(content.decode("utf-8-sig"))
    except (UnicodeDecodeError, ValueError, RecursionError):
        raise Unreadable([_("This is not a method file. Choose a file that Leerkring made.")]) from None
    return read_document(document)


def read_document(document: object) -> Found:
    """The same, for a document that is unpacked already. Raises Unreadable."""
    if not isinstance(document, dict) or MARK not in document:
        raise Unreadable([_("This is not a method file. Choose a file that Leerkring made.")])
    version = document[MARK]
    if type(version) is not int or version < 1:
        raise Unreadable([_("This is not a method file. Choose a file that Leerkring made.")])
    if version > VERSION:
        raise Unreadable(
            [_("This file was made by a newer Leerkring. Ask for an upgrade, or for a file of an older version.")]
        )
    reader = _Reader()
    blueprint = _blueprint(reader, _Keys(reader, "", document))
    if reader.wrong:
        raise Unreadable(reader.wrong[:20])
    return Found(blueprint, reader.unknown)


@dataclass
class _Reader:
    wrong: list[str] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    forms: set[str] = field(default_factory=lambda: set(BuiltIn.values))
    """Words that a part can name as its working form."""


class _Keys:
    """One object of the file: each value is asked for once; what nobody asked for is unknown."""

    def __init__(self, reader: _Reader, place: str, values: Mapping[str, Any]) -> None:
        self._reader, self._place, self._values, self._asked = reader, place, values, {MARK}

    def _get(self, key: str) -> Any:
        self._asked.add(key)
        return self._values.get(key)

    def _at(self, key: str) -> str:
        return f"{self._place}.{key}" if self._place else key

    def wrong(self, key: str, sentence: str) -> None:
        self._reader.wrong.append(f"{self._at(key)}: {sentence}")

    def text(self, key: str, most: int, *, needed: bool = False) -> str:
        value = self._get(key)
        if value is None:
            value = ""
        if not isinstance(value, str):
            self.wrong(key, _("this has to be a text."))
            return ""
        cleaned = clean(value)
        if needed and not cleaned:
            self.wrong(key, _("this cannot be empty."))
        if len(cleaned) > most:
            self.wrong(key, _("this has more than %(count)d characters.") % {"count": most})
        return cleaned

    def number(self, key: str, least: int, most: int, default: int | None = None) -> int:
        value = self._get(key)
        if value is None and default is not None:
            return default
        if type(value) is not int or not least <= value <= most:
            self.wrong(key, _("this has to be a number from %(least)d to %(most)d.") % {"least": least, "most": most})
            return least
        return value

    def choice(self, key: str, choices: Any, default: str = "") -> Any:
        value = self._get(key)
        if value is None and default:
            value = default
        if value not in choices:
            self.wrong(key, _("this has to be one of: %(choices)s.") % {"choices": ", ".join(choices)})
            return next(iter(choices))
        return value

    def yes_or_no(self, key: str) -> bool:
        value = self._get(key)
        if value not in (None, True, False):
            self.wrong(key, _("this has to be true or false."))
        return value is True

    def lines(self, key: str, *, needed: bool = False) -> str:
        """A list of short texts, as one text with a line for each."""
        value = self._get(key)
        rows = [] if value is None else value
        if not isinstance(rows, list) or not all(isinstance(row, str) for row in rows):
            self.wrong(key, _("this has to be a list."))
            return ""
        cleaned = [line for row in rows if (line := " ".join(clean(row).split()))]
        if needed and not cleaned:
            self.wrong(key, _("this cannot be empty."))
        if len(cleaned) > MOST_LINES:
            self.wrong(key, _("this list is longer than %(count)d.") % {"count": MOST_LINES})
        if len("\n".join(cleaned)) > LONG:
            self.wrong(key, _("this has more than %(count)d characters.") % {"count": LONG})
        return "\n".join(cleaned)

    def form(self, key: str) -> str:
        """A working form that is known here or stands in the file; another one is left out, and named."""
        value = self._get(key)
        if value is None or value == "":
            return ""
        if not isinstance(value, str) or value not in self._reader.forms:
            self._reader.unknown.append(self._at(key))
            return ""
        return value

    def mails(self, key: str, days: _Keys) -> dict[LetterMoment, int] | None:
        """The letters that are named, with their days, or the usual ones; those that are not known are left out."""
        value = self._get(key)
        if value is None:
            return None
        if not isinstance(value, list) or not all(isinstance(row, str) for row in value):
            self.wrong(key, _("this has to be a list."))
            return None
        self._reader.unknown += [f"{self._at(key)}: {row[:60]}" for row in value if row not in LetterMoment.values]
        return {
            moment: days.number(moment.value, *BOUNDS[moment], default=USUAL[moment])
            for moment in LetterMoment
            if moment.value in value
        }

    def clock(self, key: str) -> time:
        value = self._get(key)
        try:
            at = time.fromisoformat(value if isinstance(value, str) else "")
        except ValueError:
            self.wrong(key, _("this has to be a clock time such as 13:00."))
            return time(9)
        return time(at.hour, at.minute)

    def keys(self, key: str) -> _Keys:
        value = self._get(key)
        if value is not None and not isinstance(value, dict):
            self.wrong(key, _("this has to be a group of values."))
        return _Keys(self._reader, self._at(key), value if isinstance(value, dict) else {})

    def each(self, key: str, most: int) -> list[_Keys]:
        value = self._get(key)
        if value is None:
            value = []
        if not isinstance(value, list) or not all(isinstance(row, dict) for row in value):
            self.wrong(key, _("this has to be a list."))
            return []
        if len(value) > most:
            self.wrong(key, _("this list is longer than %(count)d.") % {"count": most})
            return []
        return [_Keys(self._reader, f"{self._at(key)}[{number}]", row) for number, row in enumerate(value, start=1)]

    def done(self) -> None:
        self._reader.unknown += [self._at(str(key)[:60]) for key in self._values if key not in self._asked]


def _blueprint(reader: _Reader, keys: _Keys) -> Blueprint:
    rules, invitation, mail_days = (keys.keys(name) for name in ("rules", "invitation", "mail_days"))
    forms = tuple(_read_workform(reader, each) for each in keys.each("workforms", MOST_FORMS))
    moments = tuple(_read_moment(each) for each in keys.each("meetings", MOST_MOMENTS))
    if not moments:
        reader.wrong.append("meetings: " + _("there has to be at least one meeting."))
    places = rules.number("places", 0, 10_000, default=0)
    blueprint = Blueprint(
        name=keys.text("name", NAME, needed=True),
        about=keys.text("about", LONG),
        language=keys.choice("language", LANGUAGES, "nl"),
        kind=ProgrammeKind(keys.choice("kind", ProgrammeKind.values)),
        moments=tuple(sorted(moments, key=lambda moment: (moment.day, moment.begins))),
        fully_from=rules.number("fully_from", 1, 1_000, default=max(len(moments), 1)),
        places=places or None,
        methods=tuple(_read_method(each) for each in keys.each("methods", MOST_METHODS)),
        workforms=forms,
        mails=keys.mails("mails", mail_days),
        invitation_nl=invitation.text("nl", LONG),
        invitation_en=invitation.text("en", LONG),
    )
    for part in (rules, invitation, mail_days, keys):
        part.done()
    return blueprint


def _read_moment(keys: _Keys) -> Moment:
    kind = MeetingKind(keys.choice("kind", MeetingKind.values))
    is_intervisie = kind == MeetingKind.INTERVISIE
    moment = Moment(
        kind=kind,
        title="" if is_intervisie else keys.text("title", NAME, needed=True),
        purpose="" if is_intervisie else keys.text("purpose", LONG),
        day=keys.number("day", 0, MOST_DAYS),
        begins=keys.clock("begins"),
        minutes=keys.number("minutes", 1, MOST_MINUTES),
        parts=tuple(_read_part(each, is_intervisie) for each in keys.each("run_sheet", MOST_PARTS)),
    )
    if not is_intervisie:
        keys.done()
    return moment


def _read_part(keys: _Keys, is_intervisie: bool) -> Part:
    """Of an intervisie minutes and step alone are taken, whatever else the file says (rule 6)."""
    minutes = keys.number("minutes", 1, DAY_IN_MINUTES)
    if is_intervisie:
        return Part(minutes, step=keys.choice("step", IntervisieStep.values))
    part = Part(
        minutes,
        title=keys.text("title", NAME, needed=True),
        note=keys.text("note", LONG),
        facilitator_note=keys.text("facilitator_note", LONG),
        workform=keys.form("workform"),
    )
    keys.done()
    return part


def _read_method(keys: _Keys) -> Method:
    steps = []
    for each in keys.each("steps", MOST_STEPS):
        steps.append(
            MethodStep(
                name=each.text("name", 100, needed=True),
                minutes=each.number("minutes", 1, 120),
                speaker=Speaker(each.choice("speaker", Speaker.values, Speaker.EVERYONE)),
                say=each.text("say", 1_000),
                not_now=each.text("not_now", 1_000),
            )
        )
        each.done()
    method = Method(
        name=keys.text("name", NAME, needed=True),
        fits=keys.text("fits", 300),
        experience=Experience(keys.choice("experience", Experience.values, Experience.NEW)),
        size_min=keys.number("size_min", 2, 20, default=4),
        size_max=keys.number("size_max", 2, 20, default=7),
        steps=tuple(steps),
    )
    keys.done()
    return method


def _read_workform(reader: _Reader, keys: _Keys) -> Workform:
    least, usual, most = (keys.number(name, 1, LONGEST) for name in ("minutes_min", "minutes", "minutes_max"))
    smallest, largest = (keys.number(name, 1, LARGEST) for name in ("size_min", "size_max"))
    form = Workform(
        key=keys.text("key", 60, needed=True),
        texts=Texts(
            name=one_line(keys.text("name", NAME, needed=True)),
            purpose=one_line(keys.text("purpose", 300, needed=True)),
            aim=Aim(keys.choice("aim", Aim.values)),
            minutes=usual,
            minutes_min=least,
            minutes_max=most,
            size_min=smallest,
            size_max=largest,
            steps=keys.lines("steps", needed=True),
            materials=keys.lines("materials"),
            fits=one_line(keys.text("fits", 300)),
            fits_not=one_line(keys.text("fits_not", 300)),
            watch=keys.text("watch", 1_000),
        ),
        is_for_team=keys.yes_or_no("for_team"),
    )
    if not least <= usual <= most or smallest > largest:
        keys.wrong("minutes" if smallest <= largest else "size_max", _("these numbers are not in their order."))
    if form.key in reader.forms:
        keys.wrong("key", _("this stands in the file twice."))
    reader.forms.add(form.key)
    keys.done()
    return form


def one_line(text: str) -> str:
    return " ".join(text.split())


def clean(text: str) -> str:
    """Letters and line ends; signs that no keyboard makes, or that turn the direction of a line, are left out."""
    signs = text.replace("\r\n", "\n")
    return "".join(sign for sign in signs if sign == "\n" or not _is_unseen(sign)).strip()


def _is_unseen(sign: str) -> bool:
    return unicodedata.category(sign) in {"Cc", "Cs", "Co", "Cn"} or unicodedata.bidirectional(sign) in _TURNING


_TURNING = {"LRE", "LRO", "RLE", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}
