"""A change: put, said differently, linked, and begun in units."""

from collections.abc import Callable

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from leerkring.community.memberships.enums import Label
from leerkring.cycle.questions.actions import put_theme
from leerkring.cycle.uptake import actions
from leerkring.cycle.uptake.enums import AnchorKind, ChangeKind
from leerkring.cycle.uptake.models import Change, StepTaken, Uptake
from leerkring.cycle.uptake.tests import chain
from leerkring.cycle.uptake.tests.facts import facts_named
from leerkring.direction.strategy.models import Activity, Goal
from leerkring.platform.rules import EditedMeanwhile, Refused
from tests.cast import Cast

Browser = Callable[..., Client]
SAID = {"title": "Eerst hergebruik", "kind": "anew", "label": "programme"}


def url(cast: Cast, name: str, *ids: int) -> str:
    return reverse(f"uptake:{name}", args=[cast.own.community.slug, *ids])


class TestPutChange:
    def test_keeps_what_was_said(self, cast: Cast, walked: chain.Chain) -> None:
        change = walked.change
        assert (change.title, change.anchor_kind, change.anchor) == (
            "Hergebruik eerst in de uitvraag", AnchorKind.CLAUSE, "bestektekst 2.4",
        )  # fmt: skip
        assert (change.carrier, change.by, change.label) == (cast.own.member, cast.own.member, Label.PROGRAMME)
        assert list(change.insights.all()) == [walked.insight]
        assert facts_named("ChangePut") == [{"change_id": change.pk}]

    def test_is_for_who_takes_part(self, cast: Cast) -> None:
        for person in (cast.own.follower, cast.own.colleague, cast.outsider):
            with pytest.raises(PermissionDenied):
                actions.put_change(
                    community=cast.own.community, title="Iets", kind=ChangeKind.ANEW, carrier=person, by=person
                )
        assert not Change.objects.exists()

    def test_participant_carries_it_and_staff_names_anybody(self, cast: Cast) -> None:
        said = {"community": cast.own.community, "title": "Iets", "kind": ChangeKind.ANEW}
        for carrier in (None, cast.own.lead):
            with pytest.raises(Refused):
                actions.put_change(carrier=carrier, by=cast.own.member, **said)  # type: ignore[arg-type]
        change = actions.put_change(carrier=cast.own.member, by=cast.own.facilitator, **said)  # type: ignore[arg-type]
        assert change.carrier == cast.own.member

    def test_stands_on_the_matrix_before_any_unit_begins(self, cast: Cast, client_of: Browser) -> None:
        change = actions.put_change(
            community=cast.own.community,
            title="Iets",
            kind=ChangeKind.ANEW,
            carrier=cast.own.member,
            by=cast.own.member,
        )
        page = client_of(cast.own.member).get(url(cast, "matrix_page")).content.decode()
        assert "Nog in geen onderdeel" in page
        assert f'href="{url(cast, "change_page", change.pk)}"' in page
        assert "<table" not in page

    def test_refuses_what_is_elsewhere(self, cast: Cast, walked: chain.Chain) -> None:
        foreign = chain.walk(cast.other)
        theme = put_theme(community=cast.other.community, name="Ander thema", by=cast.other.keeper)
        mine = {"community": cast.own.community, "kind": ChangeKind.ANEW, "by": cast.own.lead}
        with pytest.raises(Refused):
            actions.put_change(title="Iets", insights=[foreign.insight], **mine)  # type: ignore[arg-type]
        with pytest.raises(Refused):
            actions.put_change(title="Iets", theme=theme, **mine)  # type: ignore[arg-type]
        with pytest.raises(Refused):
            actions.put_change(title="Iets", carrier=cast.outsider, **mine)  # type: ignore[arg-type]
        with pytest.raises(Refused):
            actions.put_change(title=" ", **mine)  # type: ignore[arg-type]
        with pytest.raises(Refused):
            actions.put_change(title="Iets", label=Label.GROUP, **mine)  # type: ignore[arg-type]

    def test_page_puts_a_change_that_one_carries(self, cast: Cast, client_of: Browser) -> None:
        browser = client_of(cast.own.member)
        assert browser.get(url(cast, "change_new")).status_code == 200
        assert browser.post(url(cast, "change_new"), {}).status_code == 422
        answer = browser.post(url(cast, "change_new"), SAID)
        change = Change.objects.get()
        assert (answer.status_code, answer["Location"]) == (302, url(cast, "change_page", change.pk))
        assert change.carrier == cast.own.member

    @pytest.mark.parametrize(("who", "status"), [("follower", 403), ("colleague", 403), (None, 302)])
    def test_page_refuses_others(self, cast: Cast, client_of: Browser, who: str | None, status: int) -> None:
        browser = client_of(getattr(cast.own, who) if who else None)
        assert browser.post(url(cast, "change_new"), SAID).status_code == status
        assert not Change.objects.exists()


class TestChangeChange:
    def test_says_it_differently(self, cast: Cast, change: Change) -> None:
        changed = actions.change_change(
            change=change,
            revision=1,
            title="Anders",
            kind=ChangeKind.STOP,
            carrier=cast.own.member,
            by=cast.own.member,
        )
        assert (changed.title, changed.kind, changed.revision, changed.changed_by) == (
            "Anders", ChangeKind.STOP, 2, cast.own.member,
        )  # fmt: skip
        assert facts_named("ChangeChanged") == [{"change_id": change.pk}]

    def test_second_editor_sees_both_texts(self, cast: Cast, change: Change, client_of: Browser) -> None:
        said = {**SAID, "title": "Van de hoeder", "revision": 1, "carrier": cast.own.member.pk}
        assert client_of(cast.own.keeper).post(url(cast, "change_edit", change.pk), said).status_code == 302
        browser = client_of(cast.own.member)
        mine = {**SAID, "title": "Van mij", "revision": 1}
        answer = browser.post(url(cast, "change_edit", change.pk), mine)
        assert answer.status_code == 422
        assert "Van de hoeder" in answer.content.decode()
        assert "Van mij" in answer.content.decode()
        assert 'name="revision" value="2"' in answer.content.decode()
        change.refresh_from_db()
        assert change.title == "Van de hoeder"
        assert browser.post(url(cast, "change_edit", change.pk), {**mine, "revision": 2}).status_code == 302

    def test_conflict_names_who_and_both(self, cast: Cast, change: Change) -> None:
        said = {"change": change, "kind": ChangeKind.ANEW, "carrier": cast.own.member}
        actions.change_change(revision=1, title="Eerste", by=cast.own.keeper, **said)  # type: ignore[arg-type]
        with pytest.raises(EditedMeanwhile) as edited:
            actions.change_change(revision=1, title="Tweede", by=cast.own.member, **said)  # type: ignore[arg-type]
        assert (edited.value.by_name, edited.value.revision) == (cast.own.keeper.name, 2)
        assert ("Eerste" in edited.value.theirs, "Tweede" in edited.value.mine) == (True, True)

    def test_is_for_the_carrier(self, cast: Cast, change: Change, client_of: Browser) -> None:
        assert client_of(cast.own.follower).get(url(cast, "change_edit", change.pk)).status_code == 403
        assert client_of(cast.own.member).get(url(cast, "change_edit", change.pk)).status_code == 200


class TestStartUptake:
    def test_begins_at_the_insight(self, cast: Cast, change: Change) -> None:
        uptake = actions.start_uptake(
            change=change, unit=cast.own.units[0], recipient=cast.own.follower, by=cast.own.member
        )
        assert (uptake.step, uptake.recipient) == (0, cast.own.follower)
        assert StepTaken.objects.get(uptake=uptake).before is None
        assert facts_named("UptakeStarted") == [
            {"uptake_id": uptake.pk, "change_id": change.pk, "unit_id": cast.own.units[0].pk}
        ]

    def test_once_per_unit_of_a_participating_organisation(self, cast: Cast, change: Change, uptake: Uptake) -> None:
        for unit in (cast.own.units[0], cast.other.units[0]):
            with pytest.raises(Refused):
                actions.start_uptake(change=change, unit=unit, by=cast.own.member)
        assert Uptake.objects.count() == 1

    def test_recipient_can_read_it(self, cast: Cast, change: Change) -> None:
        with pytest.raises(Refused):
            actions.start_uptake(change=change, unit=cast.own.units[1], recipient=cast.outsider, by=cast.own.member)

    def test_page_starts(self, cast: Cast, change: Change, client_of: Browser) -> None:
        said = {"unit": cast.own.units[0].pk, "recipient_name": "Team inkoop"}
        assert client_of(cast.own.follower).post(url(cast, "uptake_start", change.pk), said).status_code == 403
        browser = client_of(cast.own.member)
        assert browser.post(url(cast, "uptake_start", change.pk), {}).status_code == 422
        foreign = {"unit": cast.other.units[0].pk}
        assert browser.post(url(cast, "uptake_start", change.pk), foreign).status_code == 422
        assert browser.post(url(cast, "uptake_start", change.pk), said).status_code == 302
        assert Uptake.objects.get().recipient_name == "Team inkoop"

    def test_recipient_is_named_on_a_page_of_its_own(self, cast: Cast, uptake: Uptake, client_of: Browser) -> None:
        browser = client_of(cast.own.member)
        assert browser.get(url(cast, "uptake_recipient", uptake.pk)).status_code == 200
        said = {"recipient": cast.own.follower.pk, "recipient_name": ""}
        assert browser.post(url(cast, "uptake_recipient", uptake.pk), said).status_code == 302
        assert chain.fresh(uptake).recipient == cast.own.follower
        assert facts_named("RecipientNamed") == [{"uptake_id": uptake.pk, "recipient_id": cast.own.follower.pk}]
        assert client_of(cast.own.colleague).post(url(cast, "uptake_recipient", uptake.pk)).status_code == 404
        assert (
            browser.post(url(cast, "uptake_recipient", uptake.pk), {"recipient": cast.outsider.pk}).status_code == 422
        )


class TestLinks:
    @pytest.mark.parametrize("kind", ["insight", "goal", "activity"])
    def test_links_and_loosens(self, cast: Cast, walked: chain.Chain, client_of: Browser, kind: str) -> None:
        change = chain.put(cast.own, "Een tweede")
        items = {
            "insight": walked.insight,
            "goal": Goal.objects.create(community=cast.own.community, title="Doel", target_year=2030),
            "activity": Activity.objects.create(community=cast.own.community, title="Activiteit"),
        }
        item = items[kind]
        browser = client_of(cast.own.member)
        link, related = url(cast, f"{kind}_link", change.pk), "activities" if kind == "activity" else f"{kind}s"
        assert browser.post(link, {}).status_code == 422
        assert client_of(cast.own.follower).post(link, {kind: item.pk}).status_code == 403
        assert browser.post(link, {kind: item.pk}).status_code == 302
        assert list(getattr(change, related).all()) == [item]
        assert browser.post(url(cast, f"{kind}_loosen", change.pk, item.pk)).status_code == 302
        assert list(getattr(change, related).all()) == []
        assert [fact["is_linked"] for fact in facts_named("ChangeLinked")] == [True, False]
        assert browser.post(url(cast, f"{kind}_loosen", change.pk, 999_999)).status_code == 404

    def test_actions_refuse_another_programme(self, cast: Cast, change: Change) -> None:
        goal = Goal.objects.create(community=cast.other.community, title="Doel", target_year=2030)
        activity = Activity.objects.create(community=cast.other.community, title="Activiteit")
        with pytest.raises(Refused):
            actions.link_goal(change=change, goal=goal, by=cast.own.member)
        with pytest.raises(Refused):
            actions.link_activity(change=change, activity=activity, by=cast.own.member)
        with pytest.raises(PermissionDenied):
            actions.link_goal(change=change, goal=goal, by=cast.own.follower)
