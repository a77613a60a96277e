from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from leerkring.community.meetings import access, actions, queries, sentences
from leerkring.community.meetings.forms import LineForm, LinesForm, StepItemForm, StepLineForm
from leerkring.community.meetings.models import Meeting, RunSheetItem
from leerkring.community.meetings.run_sheet import RunSheet, run_sheet_of
from leerkring.community.meetings.views.fetch import attempt, led_item, led_meeting, meeting_or_404, posted_again
from leerkring.community.meetings.workforms import queries as workforms
from leerkring.community.meetings.workforms.cards import own_card
from leerkring.community.meetings.workforms.forms import PartForm
from leerkring.community.memberships.models import Community
from leerkring.community.memberships.requests import person_of, signed_in_person
from leerkring.community.people.models import Person
from leerkring.platform.admission import Admission, admits
from leerkring.platform.rules import EditedMeanwhile, Refused
from leerkring.platform.ui import toasts


@admits(Admission.LEADERS, get=200)
@require_GET
def run_sheet_page(request: HttpRequest, slug: str, meeting_id: int) -> HttpResponse:
    """Where the run sheet is written."""
    community, meeting = led_meeting(request, slug, meeting_id)
    return _page(request, community, meeting, _line_form(meeting), LinesForm())


@admits(Admission.READERS, get=200)
@require_GET
def run_sheet_print(request: HttpRequest, slug: str, meeting_id: int) -> HttpResponse:
    """For on the table: facilitators get their notes and working forms, or what everyone gets; others never do."""
    community, meeting = meeting_or_404(request, slug, meeting_id)
    person = person_of(request)
    leads = access.may_change_meeting(person, meeting)
    is_own = leads and meeting.keeps_text and request.GET.get("for") != "everyone"
    return render(
        request,
        "meetings/run_sheet_print.html",
        {
            "community": community,
            "meeting": meeting,
            "when": sentences.when_of(meeting),
            "sheet": sheet_for(person, meeting) if is_own else run_sheet_of(meeting, queries.items_of(meeting)),
            "is_own": is_own,
            "has_both": leads and meeting.keeps_text,
        },
    )


@admits(Admission.LEADERS, post=422)
@require_POST
def item_put(request: HttpRequest, slug: str, meeting_id: int) -> HttpResponse:
    community, meeting = led_meeting(request, slug, meeting_id)
    form = _line_form(meeting, request)
    person = signed_in_person(request)
    if form.is_valid() and attempt(
        form, lambda: actions.put_run_sheet_items(meeting=meeting, lines=[form.line()], by=person)
    ):
        return redirect(reverse("meetings:run_sheet_page", args=[slug, meeting.pk]) + "?added=1#add")
    return _page(request, community, meeting, form, LinesForm(), status=422)


@admits(Admission.LEADERS, post=422)
@require_POST
def items_put(request: HttpRequest, slug: str, meeting_id: int) -> HttpResponse:
    """Several parts at once, as one pastes them."""
    community, meeting = led_meeting(request, slug, meeting_id)
    form = LinesForm(request.POST)
    person = signed_in_person(request)
    if form.is_valid() and attempt(
        form, lambda: actions.put_run_sheet_items(meeting=meeting, lines=form.cleaned_data["lines"], by=person)
    ):
        return redirect("meetings:run_sheet_page", slug, meeting.pk)
    return _page(request, community, meeting, _line_form(meeting), form, status=422)


@admits(Admission.LEADERS, get=200, post=422)
@require_http_methods(["GET", "POST"])
def item_change(request: HttpRequest, slug: str, meeting_id: int, item_id: int) -> HttpResponse:
    community, meeting, item = led_item(request, slug, meeting_id, item_id)
    person = signed_in_person(request)
    conflict = None
    if request.method == "GET":
        form = _item_form(item, person)
    else:
        form = _item_form(item, person, request.POST)
        if form.is_valid():
            changes = form.changes() if isinstance(form, PartForm) else dict(form.cleaned_data)
            changes.pop("revision", None)
            try:
                actions.change_run_sheet_item(item=item, revision=form.cleaned_data["revision"], by=person, **changes)
            except EditedMeanwhile as edited:
                conflict = edited
                form = _item_form(item, person, posted_again(request, edited))
            except Refused as refusal:
                form.add_error(None, refusal.message)
            else:
                return redirect("meetings:run_sheet_page", slug, meeting.pk)
    return render(
        request,
        "meetings/item_form.html",
        {"community": community, "meeting": meeting, "item": item, "form": form, "conflict": conflict},
        status=200 if request.method == "GET" else 422,
    )


@admits(Admission.LEADERS, post=302)
@require_POST
def item_move(request: HttpRequest, slug: str, meeting_id: int, item_id: int) -> HttpResponse:
    """One place up or down, as `by` says; without it, nothing moves."""
    _community, meeting, item = led_item(request, slug, meeting_id, item_id)
    order = [other.pk for other in queries.items_of(meeting)]
    step = {"up": -1, "down": 1}.get(request.POST.get("by", ""), 0)
    actions.move_run_sheet_item(
        item=item, position=max(order.index(item.pk) + 1 + step, 1), by=signed_in_person(request)
    )
    return redirect(reverse("meetings:run_sheet_page", args=[slug, meeting.pk]) + f"#part-{item.pk}")


@admits(Admission.LEADERS, post=302)
@require_POST
def item_remove(request: HttpRequest, slug: str, meeting_id: int, item_id: int) -> HttpResponse:
    _community, meeting, item = led_item(request, slug, meeting_id, item_id)
    actions.remove_run_sheet_item(item=item, by=signed_in_person(request))
    toasts.say(
        request,
        _("%(name)s is taken out.") % {"name": item.name},
        undo=reverse("meetings:item_restore", args=[slug, meeting.pk, item.pk]),
    )
    return redirect("meetings:run_sheet_page", slug, meeting.pk)


@admits(Admission.LEADERS, post=302)
@require_POST
def item_restore(request: HttpRequest, slug: str, meeting_id: int, item_id: int) -> HttpResponse:
    _community, meeting, item = led_item(request, slug, meeting_id, item_id, removed=True)
    actions.restore_run_sheet_item(item=item, by=signed_in_person(request))
    return redirect("meetings:run_sheet_page", slug, meeting.pk)


def sheet_for(person: Person | None, meeting: Meeting) -> RunSheet:
    """The facilitator's version: with the working forms that this person may read."""
    items = list(queries.items_of(meeting))
    return run_sheet_of(meeting, items, workforms.cards_of(items, person))


def _item_form(item: RunSheetItem, person: Person, data: QueryDict | None = None) -> PartForm | StepItemForm:
    """A form that this person may not read is left as it is."""
    if not item.meeting.keeps_text:
        return StepItemForm(data, initial={name: getattr(item, name) for name in ("minutes", "step", "revision")})
    cards = {card.key: card for card in workforms.cards_for(person, item.meeting.community)}
    own = item.own_form
    if own is not None and str(own.pk) not in cards and item.pk in workforms.cards_of([item], person):
        cards[str(own.pk)] = own_card(own)
    names = ("minutes", "title", "note", "facilitator_note", "revision")
    chosen = item.built_in_form or (str(own.pk) if own else "")
    form = PartForm(
        data, cards=cards.values(), initial={name: getattr(item, name) for name in names} | {"workform": chosen}
    )
    if chosen and chosen not in cards:
        del form.fields["workform"]
    return form


def _line_form(meeting: Meeting, request: HttpRequest | None = None) -> LineForm | StepLineForm:
    kind = LineForm if meeting.keeps_text else StepLineForm
    return kind(request.POST if request else None)


def _page(
    request: HttpRequest,
    community: Community,
    meeting: Meeting,
    form: LineForm | StepLineForm,
    lines_form: LinesForm,
    status: int = 200,
) -> HttpResponse:
    return render(
        request,
        "meetings/run_sheet_page.html",
        {
            "community": community,
            "meeting": meeting,
            "sheet": sheet_for(person_of(request), meeting),
            "form": form,
            "lines_form": lines_form,
            "just_added": "added" in request.GET or form.is_bound,
        },
        status=status,
    )
