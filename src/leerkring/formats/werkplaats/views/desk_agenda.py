"""The rounds about the agenda and its groups: walk through it, presentations, set the version, look back, harvest."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from leerkring.cycle.questions.enums import DropReason
from leerkring.formats.werkplaats import access, actions
from leerkring.formats.werkplaats.enums import AskKind, Verdict
from leerkring.formats.werkplaats.models import Ask, Presentation
from leerkring.formats.werkplaats.queries import picks
from leerkring.formats.werkplaats.views.desk_place import Place, did, place_or_404
from leerkring.platform.admission import Admission, admits
from leerkring.platform.rules import EditedMeanwhile, Refused


@admits(Admission.LEADERS, post=422)
@require_POST
def question_walk(request: HttpRequest, slug: str, meeting_id: int) -> HttpResponse:
    """`question`, `verdict`, and what belongs to it: `wording`, `answer`, or `reason` and `note`."""
    place = place_or_404(request, slug, meeting_id)

    def walk() -> None:
        verdict, reason = place.text("verdict"), place.text("reason")
        question = picks.question_of_agenda(place.room, place.number("question"))
        if question is None or verdict not in Verdict.values:
            raise Refused(_("Choose a question, and what the room says of it."))
        try:
            actions.walk(
                round=place.current(),
                question=question,
                verdict=Verdict(verdict),
                wording=place.text("wording"),
                answer=place.text("answer"),
                reason=DropReason(reason) if reason in DropReason.values else DropReason.NAMED,
                note=place.text("note"),
                revision=place.number("revision") or None,
                by=place.person,
            )
        except EditedMeanwhile as edited:
            raise Refused(
                _("%(name)s changed this question meanwhile: %(theirs)s. What you typed is still there.")
                % {"name": edited.by_name or _("Somebody"), "theirs": edited.theirs}
            ) from edited

    return did(place, walk, _("Noted. On to the next question."))


@admits(Admission.LEADERS, post=422)
@require_POST
def presentation_put(request: HttpRequest, slug: str, meeting_id: int, round_id: int) -> HttpResponse:
    """`group`, `minutes`, and `position` to move it."""
    place = place_or_404(request, slug, meeting_id)
    round_ = place.round(round_id)

    def put() -> None:
        group = picks.group_of_programme(place.room, place.number("group"))
        if group is None:
            raise Refused(_("Choose a group first."))
        actions.put_presentation(
            round=round_,
            group=group,
            minutes=place.number("minutes") or 5,
            position=place.number("position") or None,
            by=place.person,
        )

    return did(place, put, _("The group is in the order."))


@admits(Admission.LEADERS, post=422)
@require_POST
def presentation_begin(request: HttpRequest, slug: str, meeting_id: int) -> HttpResponse:
    place = place_or_404(request, slug, meeting_id)
    return did(
        place,
        lambda: actions.begin_presentation(presentation=_presentation(place), by=place.person),
        _("This group has the floor."),
    )


@admits(Admission.LEADERS, post=422)
@require_POST
def presentation_end(request: HttpRequest, slug: str, meeting_id: int) -> HttpResponse:
    place = place_or_404(request, slug, meeting_id)
    return did(
        place,
        lambda: actions.end_presentation(presentation=_presentation(place), by=place.person),
        _("This group is done."),
    )


@admits(Admission.LEADERS, post=422)
@require_POST
def presentation_remove(request: HttpRequest, slug: str, meeting_id: int) -> HttpResponse:
    place = place_or_404(request, slug, meeting_id)
    return did(
        place,
        lambda: actions.remove_presentation(presentation=_presentation(place), by=place.person),
        _("This group does not present."),
    )


@admits(Admission.LEADERS, post=422)
@require_POST
def pile_place(request: HttpRequest, slug: str, meeting_id: int) -> HttpResponse:
    """`cluster` and `wording`: a pile becomes a question on the draft."""
    place = place_or_404(request, slug, meeting_id)

    def put() -> None:
        cluster = next(iter(picks.clusters_in(place.room, [place.number("cluster")])), None)
        if cluster is None:
            raise Refused(_("Choose a pile first."))
        actions.place_pile(cluster=cluster, wording=place.text("wording"), by=place.person)

    return did(place, put, _("The question stands on the draft."))


@admits(Admission.KEEPER, post=422)
@require_POST
def version_set(request: HttpRequest, slug: str, meeting_id: int) -> HttpResponse:
    """`revision` is that of the draft that stood beside the button."""
    place = place_or_404(request, slug, meeting_id)
    if not access.may_set_version(place.person, place.room):
        raise PermissionDenied(_("The keeper of the learning agenda sets a version. Ask them, or the programme team."))
    return did(
        place,
        lambda: actions.set_version_of_room(
            round=place.current(), revision=place.number("revision"), note=place.text("note"), by=place.person
        ),
        _("The version is set."),
    )


@admits(Admission.LEADERS, post=422)
@require_POST
def ask_put(request: HttpRequest, slug: str, meeting_id: int, round_id: int) -> HttpResponse:
    place = place_or_404(request, slug, meeting_id)
    round_ = place.round(round_id)
    kind = AskKind.LINE if place.text("kind") == AskKind.LINE else AskKind.SCALE
    return did(
        place,
        lambda: actions.put_ask(round=round_, text=place.text("text"), kind=kind, by=place.person),
        _("The question is there."),
    )


@admits(Admission.LEADERS, post=422)
@require_POST
def ask_remove(request: HttpRequest, slug: str, meeting_id: int) -> HttpResponse:
    place = place_or_404(request, slug, meeting_id)
    return did(place, lambda: actions.remove_ask(ask=_ask(place), by=place.person), _("The question is away."))


@admits(Admission.LEADERS, post=422)
@require_POST
def room_harvest(request: HttpRequest, slug: str, meeting_id: int) -> HttpResponse:
    place = place_or_404(request, slug, meeting_id)
    made: list[int] = []

    def harvest() -> None:
        found = actions.harvest_room(room=place.room, by=place.person)
        made.append(found.questions + found.lines + found.groups)

    def said() -> str:
        count = sum(made)
        if not count:
            return _("Everything was in its place already.")
        return ngettext("%(count)d thing is in its place.", "%(count)d things are in their place.", count) % {
            "count": count
        }

    return did(place, harvest, said)


def _presentation(place: Place) -> Presentation:
    found = picks.presentation_in(place.room, place.number("presentation"))
    if found is None:
        raise Refused(_("Choose a group first."))
    return found


def _ask(place: Place) -> Ask:
    found = picks.ask_in(place.room, place.number("ask"))
    if found is None:
        raise Refused(_("Choose a question first."))
    return found
