"""Commitments: private to the maker and the team unless shared, looked back on in one of four words."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from leerkring.community.meetings.enums import MeetingKind, MeetingState
from leerkring.community.meetings.models import Meeting
from leerkring.community.memberships.enums import Role
from leerkring.cycle.insights import actions as insights
from leerkring.cycle.insights.enums import HarvestKind
from leerkring.cycle.uptake import actions, queries
from leerkring.cycle.uptake.enums import CommitmentOutcome, CommitmentState
from leerkring.cycle.uptake.models import Commitment
from leerkring.cycle.uptake.tests.facts import facts_named
from leerkring.platform import clock
from leerkring.platform.rules import Refused
from tests.cast import Cast, grant

Browser = Callable[..., Client]


def url(cast: Cast, name: str, *ids: int) -> str:
    return reverse(f"uptake:{name}", args=[cast.own.community.slug, *ids])


@pytest.fixture
def meeting(cast: Cast) -> Meeting:
    return cast.own.meeting(MeetingKind.WORKSHOP, days=-2, state=MeetingState.HELD)


@pytest.fixture
def commitment(cast: Cast, meeting: Meeting) -> Commitment:
    return actions.make_commitment(
        person=cast.own.member, meeting=meeting, text="Ik bel inkoop", with_whom="Noor",
        due_on=clock.today() + timedelta(days=30), by=cast.own.member,
    )  # fmt: skip


class TestMake:
    def test_keeps_what_was_said(self, cast: Cast, meeting: Meeting, commitment: Commitment) -> None:
        assert (commitment.text, commitment.with_whom, commitment.state) == (
            "Ik bel inkoop", "Noor", CommitmentState.MADE,
        )  # fmt: skip
        assert commitment.is_shared is False
        assert facts_named("CommitmentMade") == [
            {"commitment_id": commitment.pk, "person_id": cast.own.member.pk, "meeting_id": meeting.pk}
        ]

    def test_is_ones_own_or_noted_by_the_team(self, cast: Cast, meeting: Meeting) -> None:
        said = {"meeting": meeting, "text": "Ik bel", "due_on": clock.today()}
        for by in (cast.own.follower, cast.own.keeper, cast.outsider):
            with pytest.raises(PermissionDenied):
                actions.make_commitment(person=cast.own.member, by=by, **said)  # type: ignore[arg-type]
        assert actions.make_commitment(person=cast.own.member, by=cast.own.lead, **said)  # type: ignore[arg-type]

    def test_intervisie_keeps_none(self, cast: Cast) -> None:
        closed = cast.own.meeting(MeetingKind.INTERVISIE, days=-1, state=MeetingState.HELD, keeps_text=False)
        with pytest.raises(Refused):
            actions.make_commitment(
                person=cast.own.member, meeting=closed, text="Ik bel", due_on=clock.today(), by=cast.own.member
            )

    def test_needs_words_and_a_day_to_come(self, cast: Cast, meeting: Meeting) -> None:
        yesterday = clock.today() - timedelta(days=1)
        for text, due_on in ((" ", clock.today()), ("Ik bel", yesterday)):
            with pytest.raises(Refused):
                actions.make_commitment(
                    person=cast.own.member, meeting=meeting, text=text, due_on=due_on, by=cast.own.member
                )

    def test_page_makes_ones_own(self, cast: Cast, meeting: Meeting, client_of: Browser) -> None:
        browser = client_of(cast.own.follower)
        assert browser.get(url(cast, "commitment_new") + f"?meeting={meeting.pk}").status_code == 200
        assert browser.post(url(cast, "commitment_new"), {}).status_code == 422
        said = {"meeting": meeting.pk, "text": "Ik bel", "due_on": clock.today()}
        assert browser.post(url(cast, "commitment_new"), said).status_code == 302
        assert Commitment.objects.get().person == cast.own.follower
        assert client_of(cast.own.colleague).post(url(cast, "commitment_new"), said).status_code == 403

    def test_page_offers_no_meeting_of_another_programme(
        self, cast: Cast, meeting: Meeting, client_of: Browser
    ) -> None:
        foreign = cast.other.meeting(MeetingKind.WORKSHOP, days=-2, state=MeetingState.HELD)
        said = {"meeting": foreign.pk, "text": "Ik bel", "due_on": clock.today()}
        assert client_of(cast.own.member).post(url(cast, "commitment_new"), said).status_code == 422


class TestPromote:
    def test_comes_from_a_line_of_the_harvest_once(self, cast: Cast, meeting: Meeting) -> None:
        item = insights.harvest(
            meeting=meeting, kind=HarvestKind.COMMITMENT, text="Member belt inkoop", by=cast.own.facilitator
        )
        said = {"harvest_item": item, "person": cast.own.member, "due_on": clock.today()}
        commitment = actions.promote_to_commitment(by=cast.own.facilitator, **said)  # type: ignore[arg-type]
        assert (commitment.text, commitment.harvest_item) == ("Member belt inkoop", item)
        with pytest.raises(Refused):
            actions.promote_to_commitment(by=cast.own.facilitator, **said)  # type: ignore[arg-type]
        Commitment.objects.all().delete()
        with pytest.raises(PermissionDenied):
            actions.promote_to_commitment(by=cast.own.member, **said)  # type: ignore[arg-type]


class TestSee:
    def test_is_private_to_maker_and_team(self, cast: Cast, commitment: Commitment) -> None:
        seen = {
            name: queries.commitments_visible_to(person, cast.own.community).count()
            for name, person in {
                "member": cast.own.member, "lead": cast.own.lead, "keeper": cast.own.keeper,
                "facilitator": cast.own.facilitator, "follower": cast.own.follower, "colleague": cast.own.colleague,
                "other lead": cast.other.lead, "admin": cast.platform_admin,
            }.items()
        }  # fmt: skip
        assert seen == {name: int(name in ("member", "lead")) for name in seen}
        assert queries.commitments_visible_to(None, cast.own.community).count() == 0

    def test_sponsor_never_sees_what_is_not_shared(self, cast: Cast, commitment: Commitment) -> None:
        grant(cast.own.colleague, cast.own.community, Role.SPONSOR)
        assert queries.commitments_visible_to(cast.own.colleague, cast.own.community).count() == 0

    def test_page_of_another_is_not_there(self, cast: Cast, commitment: Commitment, client_of: Browser) -> None:
        page = url(cast, "commitment_page", commitment.pk)
        assert client_of(cast.own.member).get(page).status_code == 200
        assert client_of(cast.own.keeper).get(page).status_code == 404
        foreign = reverse("uptake:commitment_page", args=[cast.other.community.slug, commitment.pk])
        assert client_of(cast.other.lead).get(foreign).status_code == 404

    def test_list_is_for_the_people_of_the_programme(
        self, cast: Cast, commitment: Commitment, client_of: Browser
    ) -> None:
        page = url(cast, "commitments_page")
        assert client_of(cast.own.colleague).get(page).status_code == 403
        assert client_of(None).get(page).status_code == 302
        assert "Ik bel inkoop" in client_of(cast.own.lead).get(page).content.decode()
        assert "Ik bel inkoop" not in client_of(cast.own.keeper).get(page).content.decode()


class TestShare:
    def test_shows_it_to_the_programme_and_takes_it_back(
        self, cast: Cast, commitment: Commitment, client_of: Browser
    ) -> None:
        browser = client_of(cast.own.member)
        assert browser.post(url(cast, "commitment_share", commitment.pk)).status_code == 302
        assert queries.commitments_visible_to(cast.own.follower, cast.own.community).count() == 1
        assert queries.commitments_visible_to(cast.own.colleague, cast.own.community).count() == 0
        assert browser.post(url(cast, "commitment_keep", commitment.pk)).status_code == 302
        assert queries.commitments_visible_to(cast.own.follower, cast.own.community).count() == 0
        assert [fact["is_shared"] for fact in facts_named("CommitmentShared")] == [True, False]

    def test_is_the_makers_alone(self, cast: Cast, commitment: Commitment, client_of: Browser) -> None:
        for name in ("commitment_share", "commitment_keep", "commitment_look_back"):
            assert client_of(cast.own.lead).post(url(cast, name, commitment.pk)).status_code == 403
            assert client_of(cast.own.keeper).post(url(cast, name, commitment.pk)).status_code == 404


class TestLookBack:
    @pytest.mark.parametrize("outcome", CommitmentOutcome)
    def test_says_how_it_went(self, cast: Cast, commitment: Commitment, outcome: CommitmentOutcome) -> None:
        seen = actions.look_back(commitment=commitment, outcome=outcome, line="Twee keer", by=cast.own.member)
        assert (seen.state, seen.outcome, seen.looked_back) == (CommitmentState.LOOKED_BACK, outcome, "Twee keer")
        assert facts_named("CommitmentLookedBack") == [{"commitment_id": commitment.pk}]

    def test_page_looks_back(self, cast: Cast, commitment: Commitment, client_of: Browser) -> None:
        browser = client_of(cast.own.member)
        assert browser.post(url(cast, "commitment_look_back", commitment.pk), {}).status_code == 422
        said = {"outcome": "partly", "line": "Half"}
        assert browser.post(url(cast, "commitment_look_back", commitment.pk), said).status_code == 302
        commitment.refresh_from_db()
        assert commitment.outcome == CommitmentOutcome.PARTLY

    def test_is_refused_to_everybody_else(self, cast: Cast, commitment: Commitment) -> None:
        for person in (cast.own.lead, cast.own.follower, cast.outsider):
            with pytest.raises(PermissionDenied):
                actions.look_back(commitment=commitment, outcome=CommitmentOutcome.DONE, by=person)

    def test_due_ones_wait_for_their_maker(self, cast: Cast, commitment: Commitment) -> None:
        assert not queries.commitments_to_look_back_on(cast.own.member, cast.own.community).exists()
        with clock.at(clock.now() + timedelta(days=31)):
            assert queries.commitments_to_look_back_on(cast.own.member, cast.own.community).get() == commitment
            assert commitment.is_due


class TestPromotePage:
    def test_says_whose_it_is(self, cast: Cast, meeting: Meeting, client_of: Browser) -> None:
        item = insights.harvest(
            meeting=meeting, kind=HarvestKind.COMMITMENT, text="Member belt inkoop", by=cast.own.facilitator
        )
        page = url(cast, "commitment_promote", item.pk)
        said = {"person": cast.own.member.pk, "due_on": clock.today()}
        assert client_of(cast.own.member).post(page, said).status_code == 403
        assert client_of(cast.own.colleague).post(page, said).status_code == 404
        browser = client_of(cast.own.facilitator)
        assert browser.get(page).status_code == 200
        assert browser.post(page, {}).status_code == 422
        assert browser.post(page, said).status_code == 302
        assert Commitment.objects.get().person == cast.own.member
        sort = reverse("insights:harvest_sort", args=[cast.own.community.slug, meeting.pk])
        assert cast.own.member.name not in browser.get(sort).content.decode().partition("Voornemens")[2]
