"""Working forms of a programme's own: written, copied, changed, taken out and put back; and who may."""

from collections.abc import Callable
from dataclasses import asdict, replace
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from leerkring.community.meetings.workforms import actions, queries
from leerkring.community.meetings.workforms.cards import own_card
from leerkring.community.meetings.workforms.enums import Aim
from leerkring.community.meetings.workforms.library import CARDS
from leerkring.community.meetings.workforms.models import Workform
from leerkring.community.memberships.enums import Label
from leerkring.community.people.models import Person
from leerkring.platform.facts.models import FactRow
from leerkring.platform.rules import EditedMeanwhile, Refused
from tests.cast import Cast

Browser = Callable[[Person | None], Client]
TEXTS = actions.Texts(
    name=" Ronde  langs de gemeenten ", purpose="Ieder hoort wat er speelt.", aim=Aim.ARRIVE, minutes=20,
    minutes_min=15, minutes_max=30, size_min=6, size_max=20, steps="Kaart op tafel\n\n Ieder twee minuten ",
    materials="Een kaart van de regio", watch="Kort houden.",
)  # fmt: skip


def facts() -> list[str]:
    return list(FactRow.objects.filter(name__startswith="Workform").order_by("pk").values_list("name", flat=True))


def test_a_form_is_written_changed_retired_and_put_back(cast: Cast) -> None:
    own = cast.own
    form = actions.write_workform(community=own.community, texts=TEXTS, by=own.facilitator)
    card = own_card(form)
    assert (card.name, card.steps) == ("Ronde langs de gemeenten", ("Kaart op tafel", "Ieder twee minuten"))
    assert (form.made_by, form.label, form.revision) == (own.facilitator, Label.PROGRAMME, 1)
    wrong: list[dict[str, Any]] = [
        {"minutes": 10}, {"size_max": 5}, {"name": " "}, {"steps": " \n "}, {"steps": "x\n" * 31},
    ]  # fmt: skip
    for change in wrong:
        with pytest.raises(Refused):
            actions.change_workform(workform=form, texts=replace(TEXTS, **change), by=own.keeper)
        form.refresh_from_db()
    actions.change_workform(workform=form, texts=replace(TEXTS, minutes=25), by=own.keeper, revision=1)
    with pytest.raises(EditedMeanwhile) as edited:
        actions.change_workform(workform=form, texts=replace(TEXTS, minutes=28), by=own.lead, revision=1)
    assert ("25" in edited.value.theirs, "28" in edited.value.mine) == (True, True)
    for _twice in range(2):
        actions.retire_workform(workform=form, by=own.lead)
    assert not queries.workforms_visible_to(own.member, own.community).exists()
    namesake = actions.write_workform(community=own.community, texts=TEXTS, by=own.lead)
    with pytest.raises(Refused, match="deze naam"):
        actions.restore_workform(workform=form, by=own.lead)
    actions.retire_workform(workform=namesake, by=own.lead)
    actions.restore_workform(workform=form, by=own.lead)
    assert queries.workforms_visible_to(own.member, own.community).get() == form
    assert facts() == [
        "WorkformWritten", "WorkformChanged", "WorkformRetired", "WorkformWritten", "WorkformRetired",
        "WorkformRestored",
    ]  # fmt: skip


def test_who_may_write_and_who_may_read(cast: Cast) -> None:
    own, other = cast.own, cast.other
    for person in (own.member, own.follower, other.lead):
        with pytest.raises(PermissionDenied):
            actions.write_workform(community=own.community, texts=TEXTS, by=person)
    with pytest.raises(Refused):
        actions.write_workform(community=own.community, texts=TEXTS, label=Label.GROUP, by=own.facilitator)
    with pytest.raises(Refused):
        actions.write_workform(community=own.community, texts=TEXTS, label=Label.PUBLIC, by=own.lead)
    shared = actions.write_workform(community=own.community, texts=TEXTS, by=own.facilitator)
    hidden = actions.write_workform(
        community=own.community, texts=replace(TEXTS, name="Van het team"), label=Label.GROUP, by=own.lead
    )
    assert list(queries.workforms_visible_to(own.lead, own.community)) == [shared, hidden]
    for person in (own.facilitator, own.member, own.follower):
        assert list(queries.workforms_visible_to(person, own.community)) == [shared]
    assert not queries.workforms_visible_to(other.lead, own.community).exists()
    assert queries.card_named(own.facilitator, own.community, str(hidden.pk)) is None
    assert queries.card_named(other.lead, other.community, str(shared.pk)) is None
    with pytest.raises(PermissionDenied):
        actions.change_workform(workform=hidden, texts=TEXTS, by=own.facilitator)


def test_a_copy_has_a_name_of_its_own_and_knows_where_it_came_from(cast: Cast) -> None:
    own = cast.own
    first, second = (
        actions.copy_workform(community=own.community, card=CARDS["fishbowl"], by=own.facilitator) for _ in range(2)
    )
    assert (first.name, second.name) == ("Viskom, van onszelf", "Viskom, van onszelf 2")
    assert (first.copied_from, own_card(first).steps) == ("fishbowl", tuple(map(str, CARDS["fishbowl"].steps)))
    with pytest.raises(Refused):
        actions.write_workform(community=own.community, texts=actions.Texts.of(own_card(first)), by=own.lead)


def test_pages_of_the_library(cast: Cast, client_of: Browser, django_assert_num_queries: Any) -> None:
    own = cast.own
    home = f"/{own.community.slug}/meetings/workforms/"
    lead, member = client_of(own.lead), client_of(own.member)
    assert [len(member.get(home + asked).context["cards"]) for asked in ("", "?aim=help", "?aim=x&minutes=veel")] == [
        18, 3, 18,
    ]  # fmt: skip
    assert member.get(home + "fishbowl/").status_code == 200
    assert member.get(home + "nonsense/").status_code == 404
    assert member.post(home + "fishbowl/copy/").status_code == 403
    answer = lead.post(home + "fishbowl/copy/")
    form = Workform.objects.get()
    assert answer["Location"] == f"{home}{form.pk}/change/"
    page = lead.get(answer["Location"]).context["form"]
    typed = {name: page[name].value() for name in page.fields} | {"name": "Onze viskom", "label": "group"}
    wrong = lead.post(answer["Location"], typed | {"minutes_min": "55", "minutes_max": "10"})
    assert wrong.status_code == 422
    assert set(wrong.context["form"].errors) == {"minutes_min", "minutes_max"}
    assert lead.post(answer["Location"], typed).status_code == 302
    assert lead.post(answer["Location"], typed | {"name": "Later"}).status_code == 422, "somebody was first"
    assert Workform.objects.get().label == Label.GROUP
    assert member.get(f"{home}{form.pk}/").status_code == 404
    assert lead.post(f"{home}{form.pk}/retire/").status_code == 302
    page = lead.get(home)
    assert (len(page.context["cards"]), list(page.context["put_away"])) == (18, [form])
    assert f"{home}{form.pk}/restore/" in page.content.decode()
    assert not member.get(home).context["put_away"]
    assert lead.get(f"{home}{form.pk}/").status_code == 200, "run sheets lead to it"
    assert lead.post(f"{home}{form.pk}/restore/").status_code == 302
    fresh = lead.post(home + "new/", typed | {"name": "Nog een", "label": "programme"})
    made = Workform.objects.get(name="Nog een")
    assert fresh["Location"] == f"{home}{made.pk}/"
    assert lead.post(home + "new/", typed | {"name": "Nog een"}).status_code == 422
    assert b"Nog een" in member.get(home).content
    before = _queries_of(lead, home)
    Workform.objects.bulk_create(
        Workform(community=own.community, **asdict(replace(TEXTS, name=f"Vorm {number}"))) for number in range(300)
    )
    with django_assert_num_queries(before):
        assert len(lead.get(home).context["cards"]) == 320


def _queries_of(browser: Client, url: str) -> int:

    browser.get(url)
    with CaptureQueriesContext(connection) as captured:
        browser.get(url)
    return len(captured)
