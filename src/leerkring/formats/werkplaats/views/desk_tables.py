"""Possible groups, who sits where, and saying so."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from leerkring.formats.werkplaats import actions
from leerkring.formats.werkplaats.models import Table
from leerkring.formats.werkplaats.queries import looks, picks
from leerkring.formats.werkplaats.queries.scene import Scene, is_released
from leerkring.formats.werkplaats.views.desk_place import Place, did, place_or_404
from leerkring.platform.admission import Admission, admits
from leerkring.platform.rules import Refused

NAME = 200


@admits(Admission.LEADERS, post=422)
@require_POST
def table_put(request: HttpRequest, slug: str, meeting_id: int) -> HttpResponse:
    place = place_or_404(request, slug, meeting_id)
    return did(
        place,
        lambda: actions.put_table(room=place.room, name=place.text("name"), by=place.person, **_values(place)),
        _("The group can be chosen."),
    )


@admits(Admission.LEADERS, post=422)
@require_POST
def tables_put(request: HttpRequest, slug: str, meeting_id: int) -> HttpResponse:
    """In one step: a possible group for each pile (`from` is piles) or each question on the agenda (questions)."""
    place = place_or_404(request, slug, meeting_id)
    made: list[Table] = []

    def put() -> None:
        wanted: list[tuple[str, dict[str, Any]]] = []
        have = looks.tables_of(place.room)
        if place.text("from") == "piles":
            taken: set[int | None] = {table.cluster_id for table in have}
            scene = Scene(place.room)
            piles, _loose = scene.lying(is_released)
            wanted = [
                (pile.name[:NAME], {"cluster": scene.piles.rows[pile.id]})
                for pile in piles
                if pile.posts and pile.id not in taken
            ]
        elif place.text("from") == "questions":
            taken = {table.question_id for table in have}
            wanted = [
                (question.wording[:NAME], {"question": question})
                for question in looks.open_questions(place.room)
                if question.pk not in taken
            ]
        else:
            raise Refused(_("Say what the groups are made of: the piles, or the questions."))
        for number, (name, link) in enumerate(wanted, start=len(have) + 1):
            made.append(actions.put_table(room=place.room, name=name, table=str(number), by=place.person, **link))

    def said() -> str:
        if not made:
            return _("All of them were there already.")
        return ngettext("%(count)d group can be chosen.", "%(count)d groups can be chosen.", len(made)) % {
            "count": len(made)
        }

    return did(place, put, said)


@admits(Admission.LEADERS, post=422)
@require_POST
def table_change(request: HttpRequest, slug: str, meeting_id: int) -> HttpResponse:
    place = place_or_404(request, slug, meeting_id)

    def change() -> None:
        values = _values(place)
        sign = values.pop("table", None)
        actions.change_table(table=_table(place), by=place.person, name=place.text("name"), sign=sign, **values)

    return did(place, change, _("Saved."))


@admits(Admission.LEADERS, post=422)
@require_POST
def table_remove(request: HttpRequest, slug: str, meeting_id: int) -> HttpResponse:
    place = place_or_404(request, slug, meeting_id)
    return did(place, lambda: actions.remove_table(table=_table(place), by=place.person), _("The group is away."))


@admits(Admission.LEADERS, post=422)
@require_POST
def seats_place(request: HttpRequest, slug: str, meeting_id: int) -> HttpResponse:
    """`seat` or `placing`, each several times, to `table`; without a table they sit nowhere. `loose` unpins them."""
    place = place_or_404(request, slug, meeting_id)

    def move() -> None:
        table = _table(place) if place.number("table") else None
        who = _who(place)
        if not who:
            raise Refused(_("Choose somebody first."))
        for one in who:
            actions.place(room=place.room, table=table, is_pinned=not place.text("loose"), by=place.person, **one)

    return did(place, move, _("Moved."))


@admits(Admission.LEADERS, post=422)
@require_POST
def places_divide(request: HttpRequest, slug: str, meeting_id: int) -> HttpResponse:
    """By the group former; `late` only fits in who came later, and `all` lets more than five others move."""
    place = place_or_404(request, slug, meeting_id)
    if place.text("late"):
        may_move_all = bool(place.text("all"))
        return did(
            place,
            lambda: actions.fit_in_latecomers(room=place.room, by=place.person, may_move_all=may_move_all),
            _("A place is being found."),
        )
    return did(place, lambda: actions.divide(room=place.room, by=place.person), _("The groups are being formed."))


@admits(Admission.LEADERS, post=422)
@require_POST
def division_throw_away(request: HttpRequest, slug: str, meeting_id: int) -> HttpResponse:
    place = place_or_404(request, slug, meeting_id)
    return did(
        place,
        lambda: actions.throw_away_division(room=place.room, by=place.person),
        _("The division is thrown away. Wishes and tables are still there."),
    )


@admits(Admission.LEADERS, post=422)
@require_POST
def places_announce(request: HttpRequest, slug: str, meeting_id: int) -> HttpResponse:
    place = place_or_404(request, slug, meeting_id)
    return did(
        place,
        lambda: actions.announce(room=place.room, by=place.person),
        _("Everybody sees their own table."),
    )


@admits(Admission.LEADERS, post=302)
@require_POST
def groups_form(request: HttpRequest, slug: str, meeting_id: int) -> HttpResponse:
    """Make a learning group of each table."""
    place = place_or_404(request, slug, meeting_id)
    formed: list[int] = []

    def form() -> None:
        formed.append(len(actions.form_groups(room=place.room, by=place.person)))

    def said() -> str:
        count = sum(formed)
        return ngettext("%(count)d group is formed.", "%(count)d groups are formed.", count) % {"count": count}

    return did(place, form, said)


def _table(place: Place) -> Table:
    found = picks.table_in(place.room, place.number("table"))
    if found is None:
        raise Refused(_("This table is no longer there. Look at the page again."))
    return found


def _who(place: Place) -> list[dict[str, Any]]:
    who: list[dict[str, Any]] = []
    for seat_id in place.numbers("seat"):
        seat = picks.seat_of_room(place.room, seat_id)
        if seat is not None:
            who.append({"seat": seat} if seat.person is None else {"person": seat.person})
    for placing_id in place.numbers("placing"):
        placing = picks.placing_in(place.room, placing_id)
        if placing is not None:
            who.append({"seat": placing.seat} if placing.person is None else {"person": placing.person})
    return who


def _values(place: Place) -> dict[str, Any]:
    """What was sent of a table: only what the form had."""
    values: dict[str, Any] = {}
    for name in ("min", "max"):
        if place.text(name):
            values[name] = place.number(name)
    if "table_name" in place.data:
        values["table"] = place.text("table_name")[:20]
    if "has_needs" in place.data:
        values["needs_facilitator"] = bool(place.text("needs_facilitator"))
    return values
