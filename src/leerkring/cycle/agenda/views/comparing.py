from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET

from leerkring.community.memberships.queries import standing_of
from leerkring.community.memberships.requests import community_or_404, person_of
from leerkring.cycle.agenda import queries
from leerkring.cycle.agenda.compare import compare
from leerkring.cycle.agenda.forms import ChooseForm
from leerkring.cycle.agenda.models import AgendaVersion
from leerkring.cycle.agenda.picture import picture_of
from leerkring.cycle.agenda.river import River, river_of
from leerkring.cycle.agenda.views.ground import version_among, versions_of
from leerkring.cycle.agenda.words import heading, joined, lead, spelled_first, summary
from leerkring.cycle.questions.access import may_raise_question, may_see_names
from leerkring.platform.admission import Admission, admits


@admits(Admission.READERS, get=200)
@require_GET
def compare_page(request: HttpRequest, slug: str) -> HttpResponse:
    """Two versions side by side, with a line from each question to what became of it."""
    community = community_or_404(request, slug)
    person = person_of(request)
    versions = versions_of(request, community)
    if len(versions) < 2 and not {"from", "to"} & set(request.GET):
        return render(request, "agenda/compare_empty.html", {"community": community, "versions": versions})
    old, new = _chosen(request, versions)
    comparison = compare(queries.entries_visible_to(person, old), queries.entries_visible_to(person, new))
    standing = standing_of(person)
    context = {
        "community": community,
        "old": old,
        "new": new,
        "old_meeting": old.meeting_title if old.meeting and standing.may_read(old.meeting) else "",
        "new_meeting": new.meeting_title if new.meeting and standing.may_read(new.meeting) else "",
        "comparison": comparison,
        "picture": picture_of(comparison),
        "heading": heading(comparison),
        "lead": lead(comparison),
        "summary": summary(comparison),
        "form": ChooseForm(versions=versions, initial={"from": old.number, "to": new.number}),
        "has_choice": len(versions) > 2,
        "shows_names": may_see_names(person, community),
    }
    return render(request, "agenda/compare.html", context)


def _chosen(request: HttpRequest, versions: list[AgendaVersion]) -> tuple[AgendaVersion, AgendaVersion]:
    """The versions asked for, the older one first; the last two when none is."""
    last = str(versions[-1].number) if versions else None
    new = version_among(versions, request.GET.get("to", last))
    earlier = [version for version in versions if version.number < new.number]
    nearest = earlier[-1].number if earlier else new.number
    old = version_among(versions, request.GET.get("from", str(nearest)))
    return (old, new) if old.number <= new.number else (new, old)


@admits(Admission.READERS, get=200)
@require_GET
def river_page(request: HttpRequest, slug: str) -> HttpResponse:
    """Every question through all versions."""
    community = community_or_404(request, slug)
    person = person_of(request)
    versions = versions_of(request, community)
    if not versions:
        return render(request, "agenda/compare_empty.html", {"community": community, "versions": versions})
    river = river_of(versions, queries.entries_of_versions(person, community, versions))
    follow = river.stubborn[0] if river.stubborn and may_raise_question(person, community) else None
    context = {
        "community": community,
        "versions": versions,
        "river": river,
        "follow": follow,
        "heading": _heading(river),
        "lead": _lead(river),
        "has_several": len(versions) > 1,
    }
    return render(request, "agenda/river.html", context)


def _heading(river: River) -> str:
    total = len(river.told)
    if not river.answered:
        return ngettext("%(total)d question, still open", "%(total)d questions, none answered yet", total) % {
            "total": total
        }
    return ngettext(
        "%(answered)d of %(total)d question answered", "%(answered)d of %(total)d questions answered", total
    ) % {
        "answered": river.answered,
        "total": total,
    }


def _lead(river: River) -> str:
    codes = [entry.code for entry in river.stubborn]
    if not codes:
        return _("No question is stubborn now.")
    text = ngettext(
        "One is stubborn: %(codes)s. It asks for another approach.",
        "%(count)s are stubborn: %(codes)s. They ask for another approach.",
        len(codes),
    )
    return text % {"count": spelled_first(len(codes)), "codes": joined(codes)}
