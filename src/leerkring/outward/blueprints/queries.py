from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django.db.models import CharField, Prefetch, QuerySet, Value
from django.db.models.functions import Cast, Concat
from django.utils import timezone
from django.utils.translation import get_language, override

from leerkring.community.meetings.enums import MeetingKind, MeetingState
from leerkring.community.meetings.models import Meeting, RunSheetItem
from leerkring.community.meetings.rhythm.queries import rhythm_of
from leerkring.community.meetings.workforms import queries as forms
from leerkring.community.meetings.workforms.actions import Texts
from leerkring.community.meetings.workforms.cards import own_card
from leerkring.community.meetings.workforms.library import CARDS
from leerkring.community.meetings.workforms.models import Workform as OwnForm
from leerkring.community.memberships.enums import Label
from leerkring.community.memberships.models import Community
from leerkring.direction.programmes.enums import ProgrammeKind
from leerkring.direction.programmes.models import Edition
from leerkring.formats.intervisie.enums import Experience, Speaker
from leerkring.formats.intervisie.library import SHEETS, Sheet
from leerkring.formats.intervisie.models import Method as OwnMethod
from leerkring.outward.blueprints.blueprint import Blueprint, Method, MethodStep, Moment, Part, Workform
from leerkring.outward.blueprints.comparing import Compared, compared, fields_of_method, fields_of_workform
from leerkring.outward.blueprints.models import KeptBlueprint

EDITION, FILE = "edition-", "file-"
"""Begin of the word that names a blueprint in an address."""


def kept_blueprints(community: Community) -> QuerySet[KeptBlueprint]:
    """Those on the list, each with the word of its address."""
    return blueprints_to_restore(community).filter(removed_at__isnull=True).annotate(word=_word(FILE))


def blueprints_to_restore(community: Community) -> QuerySet[KeptBlueprint]:
    """Those that were taken off the list can be put back; those that are on it do no harm."""
    return KeptBlueprint.objects.filter(community=community).select_related("community")


def editions_to_plan_from(community: Community) -> QuerySet[Edition]:
    """Earlier editions with meetings in them, the newest first."""
    return (
        Edition.objects.filter(programme__community=community, meetings__isnull=False)
        .annotate(word=_word(EDITION))
        .distinct()
        .order_by("-starts_on", "-id")
    )


def _word(kind: str) -> Concat:
    return Concat(Value(kind), Cast("pk", CharField()))


def blueprint_of(edition: Edition) -> Blueprint | None:
    """How an edition was run, without anybody in it; None without a meeting."""
    items = RunSheetItem.objects.filter(removed_at__isnull=True)
    meetings = list(
        edition.meetings.exclude(state=MeetingState.CANCELLED).prefetch_related(
            Prefetch("items", queryset=items, to_attr="parts_now")
        )
    )
    if not meetings:
        return None
    first = meetings[0].day
    own = _own_forms(edition.community, meetings)
    keys = {pk: form.key for pk, form in own.items()}
    return Blueprint(
        name=edition.name,
        about=edition.programme.purpose,
        language=get_language() or "nl",
        kind=ProgrammeKind(edition.programme.kind),
        moments=tuple(_moment(meeting, (meeting.day - first).days, keys) for meeting in meetings),
        fully_from=edition.fully_from_count,
        places=edition.places_count,
        methods=tuple(own_methods(edition.community)),
        workforms=tuple(own.values()),
        mails=rhythm_of(edition.community),
        invitation_nl=edition.invitation_nl,
        invitation_en=edition.invitation_en,
    )


def _moment(meeting: Meeting, day: int, forms: dict[int, str]) -> Moment:
    is_intervisie = meeting.kind == MeetingKind.INTERVISIE
    parts: list[RunSheetItem] = meeting.parts_now  # type: ignore[attr-defined]
    return Moment(
        kind=MeetingKind(meeting.kind),
        title="" if is_intervisie else meeting.title,
        purpose=meeting.purpose,
        day=day,
        begins=timezone.localtime(meeting.starts_at).time().replace(second=0, microsecond=0),
        minutes=meeting.minutes,
        parts=tuple(
            Part(
                row.minutes, row.title, row.step, row.note, row.facilitator_note,
                row.built_in_form or forms.get(row.own_form_id or 0, ""),
            )
            for row in parts
        ),
    )  # fmt: skip


def _own_forms(community: Community, meetings: Sequence[Meeting]) -> dict[int, Workform]:
    """By id: working forms that the programme made its own, and retired ones that stand on these run sheets."""
    used = {row.own_form_id for meeting in meetings for row in meeting.parts_now}  # type: ignore[attr-defined]
    rows = [row for row in forms.workforms_of(community) if row.retired_at is None or row.pk in used]
    return {row.pk: _as_form(row, f"own-{number}") for number, row in enumerate(rows, start=1)}


def compared_with(community: Community, blueprint: Blueprint) -> list[Compared]:
    """Its working forms and then its methods, beside what the programme has in use."""
    return [*compared_forms(community, blueprint), *compared_methods(community, blueprint)]


def compared_forms(community: Community, blueprint: Blueprint) -> list[Compared]:
    rows = forms.workforms_of(community).filter(retired_at__isnull=True).select_related("community")
    here = [(row, _as_form(row)) for row in rows]
    return compared("form", blueprint.workforms, here, fields_of_workform, _in_languages(blueprint, _built_in_forms))


def compared_methods(community: Community, blueprint: Blueprint) -> list[Compared]:
    here = [(row, _as_method(row)) for row in _method_rows(community)]
    return compared("method", blueprint.methods, here, fields_of_method, _in_languages(blueprint, _built_in_methods))


def _in_languages(blueprint: Blueprint, read: Callable[[], list[tuple[Any, Any]]]) -> list[tuple[Any, Any]]:
    """What comes with the product, in the language of who reads and in that of the blueprint, whose words count."""
    mine = read()
    with override(blueprint.language):
        return [*mine, *read()]


def _built_in_forms() -> list[tuple[Any, Any]]:
    return [(card, Workform("", Texts.of(card), card.is_for_team)) for card in CARDS.values()]


def _built_in_methods() -> list[tuple[Any, Any]]:
    return [(sheet, _of_sheet(sheet)) for sheet in SHEETS.values()]


def _of_sheet(sheet: Sheet) -> Method:
    """As a copy of it would be: without its look back, which each round begins with by itself."""
    steps = [
        MethodStep(str(step.name), step.minutes, step.speaker, str(step.say), str(step.not_now))
        for step in sheet.steps
        if not step.is_look_back
    ]
    return Method(str(sheet.name), str(sheet.fits), sheet.experience, sheet.size_min, sheet.size_max, tuple(steps))


def own_methods(community: Community) -> list[Method]:
    """Intervisie methods that the programme made its own."""
    return [_as_method(row) for row in _method_rows(community)]


def _method_rows(community: Community) -> QuerySet[OwnMethod]:
    rows = OwnMethod.objects.filter(community=community.root_pk, removed_at__isnull=True)
    return rows.select_related("community").prefetch_related("steps")


def _as_form(row: OwnForm, key: str = "") -> Workform:
    return Workform(key, Texts.of(own_card(row)), row.label == Label.GROUP)


def _as_method(row: OwnMethod) -> Method:
    return Method(
        name=row.name,
        fits=row.fits,
        experience=Experience(row.experience),
        size_min=row.size_min,
        size_max=row.size_max,
        steps=tuple(
            MethodStep(step.name, step.minutes, Speaker(step.speaker), step.say, step.not_now)
            for step in row.steps.all()
        ),
    )
