from __future__ import annotations

from itertools import groupby
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from leerkring.community.memberships.models import Community
from leerkring.community.memberships.queries import standing_of
from leerkring.community.memberships.requests import community_or_404, person_of
from leerkring.community.people.models import Person
from leerkring.cycle.agenda import access, actions, queries
from leerkring.cycle.agenda.actions import AlreadySet
from leerkring.cycle.agenda.draft import Draft, draft_for
from leerkring.cycle.agenda.forms import VersionForm
from leerkring.cycle.agenda.models import AgendaEntry, AgendaVersion
from leerkring.cycle.agenda.views.ground import admitted, version_among, versions_of
from leerkring.cycle.agenda.words import joined, spelled, spelled_first
from leerkring.cycle.questions.access import may_raise_question, may_see_names
from leerkring.platform.admission import Admission, admits
from leerkring.platform.rules import Refused
from leerkring.platform.ui import toasts
from leerkring.platform.ui.days import date_words
from leerkring.platform.ui.pictures import Step


@admits(Admission.READERS, get=200)
@require_GET
def agenda_page(request: HttpRequest, slug: str) -> HttpResponse:
    """The version in force, and for who keeps it what stands ready for the next."""
    community = community_or_404(request, slug)
    person = person_of(request)
    versions = versions_of(request, community)
    draft = draft_for(person, community) if access.may_see_draft(person, community) else None
    context: dict[str, Any] = {"is_agenda": True, "draft": draft, "may_set": access.may_set_version(person, community)}
    if not versions:
        context |= {"community": community, "may_raise": may_raise_question(person, community)}
        return render(request, "agenda/agenda_empty.html", context)
    return _version_page(request, community, versions, versions[-1], context)


@admits(Admission.READERS, get=200)
@require_GET
def version_page(request: HttpRequest, slug: str, version_number: int) -> HttpResponse:
    """One set version as it was, and as it stays."""
    community = community_or_404(request, slug)
    versions = versions_of(request, community)
    return _version_page(request, community, versions, version_among(versions, version_number), {})


def _version_page(
    request: HttpRequest,
    community: Community,
    versions: list[AgendaVersion],
    version: AgendaVersion,
    more: dict[str, Any],
) -> HttpResponse:
    person = person_of(request)
    entries = list(queries.entries_visible_to(person, version))
    listed = [entry for entry in entries if entry.is_listed]
    by_theme = request.GET.get("by") == "theme"
    index = versions.index(version)
    context = {
        "community": community,
        "version": version,
        "entries": listed,
        "sections": _by_theme(listed) if by_theme else [(None, listed)],
        "by_theme": by_theme,
        "has_themes": len({entry.theme_name for entry in listed}) > 1,
        "left": [entry for entry in entries if not entry.is_listed and entry.closed_in == version.number],
        "heading": _heading(listed),
        "lead": _lead(listed),
        "earlier": versions[index - 1] if index else None,
        "later": versions[index + 1] if index + 1 < len(versions) else None,
        "rail": _rail(person, community, versions, version, more.get("draft")),
        "has_several": len(versions) > 1,
        "may_raise": may_raise_question(person, community),
        "shows_names": may_see_names(person, community),
        "shows_meeting": version.meeting is not None and standing_of(person).may_read(version.meeting),
        **more,
    }
    return render(request, "agenda/version.html", context)


def _by_theme(entries: list[AgendaEntry]) -> list[tuple[AgendaEntry | None, list[AgendaEntry]]]:
    """Cards under their themes; the first card of each stands for its theme."""

    def order(entry: AgendaEntry) -> tuple[int, str]:
        return entry.theme_position or 999, entry.theme_name

    grouped = groupby(sorted(entries, key=order), key=order)
    return [(rows[0], rows) for _key, found in grouped if (rows := list(found))]


def _heading(entries: list[AgendaEntry]) -> str:
    """The finding of a version: how much is asked, and what came of it."""
    count, answered = len(entries), sum(entry.is_answered for entry in entries)
    if not count:
        return _("No question of this version is open to you")
    if answered:
        text = ngettext(
            "%(count)d question, %(answered)s just answered", "%(count)d questions, %(answered)s just answered", count
        )
        return text % {"count": count, "answered": spelled(answered)}
    return ngettext("%(count)d question", "%(count)d questions", count) % {"count": count}


def _lead(entries: list[AgendaEntry]) -> str:
    sentences = []
    stubborn = [entry.code for entry in entries if entry.is_stubborn]
    ownerless = sum(entry.needs_owner for entry in entries)
    if stubborn:
        text = ngettext("%(codes)s is stubborn.", "%(codes)s are stubborn.", len(stubborn))
        sentences.append(text % {"codes": joined(stubborn)})
    if ownerless:
        text = ngettext("%(count)s question has no owner.", "%(count)s questions have no owner.", ownerless)
        sentences.append(text % {"count": spelled_first(ownerless)})
    return " ".join(sentences)


def _rail(
    person: Person | None,
    community: Community,
    versions: list[AgendaVersion],
    shown: AgendaVersion,
    draft: Draft | None,
) -> list[Step]:
    counts = queries.listed_counts(person, community, versions)
    steps = [
        Step(
            _("Version %(number)d") % {"number": version.number},
            _words_on_rail(version, counts.get(version.pk, 0)),
            "cur" if version == shown else "",
            "" if version == shown else _address(community, version),
        )
        for version in versions
    ]
    if draft is not None:
        text = ngettext("%(count)d change", "%(count)d changes", draft.changes) % {"count": draft.changes}
        steps.append(Step(_("Draft"), text, "draft", reverse("agenda:draft_page", kwargs={"slug": community.slug})))
    return steps


def _words_on_rail(version: AgendaVersion, count: int) -> str:
    if not count:
        return date_words(version.set_on)
    text = ngettext("%(day)s, %(count)d question", "%(day)s, %(count)d questions", count)
    return text % {"day": date_words(version.set_on), "count": count}


def _address(community: Community, version: AgendaVersion) -> str:
    return reverse("agenda:version_page", kwargs={"slug": community.slug, "version_number": version.number})


@admits(Admission.KEEPER, get=200, post=422)
@require_http_methods(["GET", "POST"])
def version_new(request: HttpRequest, slug: str) -> HttpResponse:
    """Set the next version."""
    community, person = admitted(request, slug, access.may_set_version)
    draft = draft_for(person, community)
    if request.method != "POST":
        form = VersionForm(community=community, person=person, initial=_started(request, community, draft))
        return _form_page(request, community, draft, form)
    form = VersionForm(request.POST, community=community, person=person)
    if not form.is_valid():
        return _form_page(request, community, draft, form, status=422)
    try:
        version = actions.set_version(community=community, by=person, **form.cleaned_data)
    except AlreadySet as already:
        version = already.version
        if version.set_by_id != person.pk:
            return _form_page(request, community, draft, form, status=422, already=already)
    except Refused as refusal:
        form.add_error(None, refusal.message)
        form.data = {**form.data.dict(), "revision": draft.revision}  # type: ignore[attr-defined]
        return _form_page(request, community, draft, form, status=422)
    toasts.say(request, _("Version %(number)d is set. It stays as it is now.") % {"number": version.number})
    return redirect(_address(community, version))


def _started(request: HttpRequest, community: Community, draft: Draft) -> dict[str, Any]:
    """A meeting page can lead here with the meeting filled in; else it is the one of these days."""
    asked = request.GET.get("meeting", "")
    if asked.isdecimal():
        return {"revision": draft.revision, "meeting": asked}
    return {"revision": draft.revision, "meeting": queries.meeting_of_now(person_of(request), community)}


def _form_page(
    request: HttpRequest,
    community: Community,
    draft: Draft,
    form: VersionForm,
    status: int = 200,
    already: AlreadySet | None = None,
) -> HttpResponse:
    context = {"community": community, "draft": draft, "form": form, "already": already}
    return render(request, "agenda/version_new.html", context, status=status)
