from collections.abc import Callable

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from leerkring.community.memberships.enums import Label
from leerkring.cycle.questions import actions
from leerkring.cycle.questions.models import Theme
from leerkring.platform.rules import Refused
from tests.cast import Cast


def test_put_changed_closed_and_opened(cast: Cast, facts: Callable[[], list[str]]) -> None:
    own = cast.own
    one = actions.put_theme(community=own.community, name=" Inkoop ", explanation="Vooraf.", by=own.keeper)
    two = actions.put_theme(community=own.community, name="Data", by=own.lead)
    assert [(t.name, t.position) for t in Theme.objects.all()] == [("Inkoop", 1), ("Data", 2)]
    actions.change_theme(theme=one, name="Inkoop en contract", by=own.keeper)
    actions.close_theme(theme=two, by=own.keeper)
    assert [(t.name, t.is_closed) for t in Theme.objects.all()] == [("Inkoop en contract", False), ("Data", True)]
    actions.reopen_theme(theme=two, by=own.keeper)
    two.refresh_from_db()
    assert not two.is_closed
    assert facts() == ["ThemePut", "ThemePut", "ThemeChanged", "ThemeClosed", "ThemeReopened"]


def test_refused(cast: Cast) -> None:
    own = cast.own
    theme = actions.put_theme(community=own.community, name="Inkoop", by=own.keeper)
    for person in (own.member, own.facilitator, cast.other.keeper):
        with pytest.raises(PermissionDenied):
            actions.put_theme(community=own.community, name="Data", by=person)
        with pytest.raises(PermissionDenied):
            actions.close_theme(theme=theme, by=person)
    for name in ("", "inkoop", "x" * 201):
        with pytest.raises(Refused):
            actions.put_theme(community=own.community, name=name, by=own.keeper)
    assert actions.put_theme(community=cast.other.community, name="Inkoop", by=cast.other.keeper).position == 1


def test_pages(cast: Cast, client_of: Callable[..., Client]) -> None:
    own = cast.own
    keeper = client_of(own.keeper)
    assert keeper.post("/eigen/themes/new/", {"name": ""}).status_code == 422
    assert keeper.post("/eigen/themes/new/", {"name": "Inkoop"}).status_code == 302
    theme = Theme.objects.get()
    again = keeper.post("/eigen/themes/new/", {"name": "Inkoop", "explanation": "Al getypt"})
    assert (again.status_code, "Al getypt" in again.content.decode()) == (422, True)
    assert keeper.post(f"/eigen/themes/{theme.pk}/", {"name": "Aanbesteden"}).status_code == 302
    assert "Aanbesteden" in client_of(own.member).get("/eigen/themes/").content.decode()
    page = keeper.post(f"/eigen/themes/{theme.pk}/close/", follow=True).content.decode()
    assert f"/eigen/themes/{theme.pk}/reopen/" in page
    assert client_of(own.member).post(f"/eigen/themes/{theme.pk}/reopen/").status_code == 403
    assert client_of(own.member).get(f"/eigen/themes/{theme.pk}/").status_code == 403
    assert keeper.post(f"/eigen/themes/{theme.pk}/reopen/").status_code == 302
    assert client_of(cast.other.keeper).get(f"/ander/themes/{theme.pk}/").status_code == 404


def test_counts_hold_only_what_one_may_read(cast: Cast, client_of: Callable[..., Client]) -> None:
    own = cast.own
    theme = actions.put_theme(community=own.community, name="Inkoop", by=own.keeper)
    for label in (Label.PUBLIC, Label.PROGRAMME):
        actions.raise_question(
            community=own.community, wording=f"Voor {label}?", by=own.member, theme=theme, label=label
        )
    assert "2 vragen" in client_of(own.member).get("/eigen/themes/").content.decode()
    page = client_of(None).get("/eigen/themes/").content.decode()
    assert "1 vraag" in page
    assert "2 vragen" not in page
