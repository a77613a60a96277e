from __future__ import annotations

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from leerkring.community.memberships.models import Community
from leerkring.community.people.models import Person
from leerkring.cycle.questions import access
from leerkring.cycle.questions.facts import ThemeChanged, ThemeClosed, ThemePut, ThemeReopened
from leerkring.cycle.questions.ground import allow
from leerkring.cycle.questions.models import Theme
from leerkring.platform import facts
from leerkring.platform.rules import Refused


def put_theme(*, community: Community, name: str, by: Person, explanation: str = "") -> Theme:
    """Add a theme to the programme. Raises PermissionDenied, or Refused for a name that is empty or taken."""
    allow(access.may_keep_themes(by, community))
    with transaction.atomic():
        Community.objects.select_for_update().get(pk=community.root_pk)
        last = Theme.objects.filter(community=community.root_pk).aggregate(last=Max("position"))["last"] or 0
        theme = Theme.objects.create(
            community_id=community.root_pk,
            name=_free_name(name, community),
            explanation=explanation.strip(),
            position=last + 1,
        )
        facts.record(ThemePut(community_id=theme.community_id, by_id=by.pk, theme_id=theme.pk))
    return theme


def change_theme(*, theme: Theme, name: str, by: Person, explanation: str = "") -> Theme:
    """Change the words of a theme; its shape stays. Raises PermissionDenied, or Refused for the name."""
    allow(access.may_keep_themes(by, theme.community))
    with transaction.atomic():
        theme.name = _free_name(name, theme.community, but=theme)
        theme.explanation = explanation.strip()
        theme.save(update_fields=["name", "explanation"])
        facts.record(ThemeChanged(community_id=theme.community_id, by_id=by.pk, theme_id=theme.pk))
    return theme


def close_theme(*, theme: Theme, by: Person) -> Theme:
    """Let no new question come under this theme; those that are there stay. Raises PermissionDenied."""
    allow(access.may_keep_themes(by, theme.community))
    with transaction.atomic():
        theme.is_closed = True
        theme.save(update_fields=["is_closed"])
        facts.record(ThemeClosed(community_id=theme.community_id, by_id=by.pk, theme_id=theme.pk))
    return theme


def reopen_theme(*, theme: Theme, by: Person) -> Theme:
    """Raises PermissionDenied."""
    allow(access.may_keep_themes(by, theme.community))
    with transaction.atomic():
        theme.is_closed = False
        theme.save(update_fields=["is_closed"])
        facts.record(ThemeReopened(community_id=theme.community_id, by_id=by.pk, theme_id=theme.pk))
    return theme


def _free_name(name: str, community: Community, but: Theme | None = None) -> str:
    name = " ".join(name.split())
    if not name or len(name) > 200:
        raise Refused(_("Give the theme a name of at most 200 characters."))
    others = Theme.objects.filter(community=community.root_pk, name__iexact=name)
    if but is not None:
        others = others.exclude(pk=but.pk)
    if others.exists():
        raise Refused(_("There is a theme with this name already. Choose another one."))
    return name
