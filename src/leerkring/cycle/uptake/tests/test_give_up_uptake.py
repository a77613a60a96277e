"""Giving up with a reason, taking up again, and looking back on a norm."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from leerkring.cycle.uptake import actions
from leerkring.cycle.uptake.enums import ReviewOutcome, Step
from leerkring.cycle.uptake.models import GivingUp, NormReview, Uptake
from leerkring.cycle.uptake.tests import chain
from leerkring.cycle.uptake.tests.facts import facts_named
from leerkring.platform import clock
from leerkring.platform.rules import Refused
from tests.cast import Cast

Browser = Callable[..., Client]


def post(client: Client, cast: Cast, uptake: Uptake, name: str, data: dict[str, object] | None = None) -> int:
    return client.post(reverse(f"uptake:{name}", args=[cast.own.community.slug, uptake.pk]), data or {}).status_code


class TestGiveUp:
    def test_keeps_the_reason_and_every_time(self, cast: Cast, uptake: Uptake) -> None:
        given = actions.give_up(uptake=uptake, reason="Past hier niet", by=cast.own.member)
        assert (given.is_given_up, given.given_up_reason) == (True, "Past hier niet")
        again = actions.resume(uptake=uptake, by=cast.own.keeper)
        assert (again.is_given_up, again.given_up_reason) == (False, "")
        kept = GivingUp.objects.get(uptake=uptake)
        assert (kept.reason, kept.by, kept.resumed_by) == ("Past hier niet", cast.own.member, cast.own.keeper)
        assert facts_named("UptakeGivenUp") == facts_named("UptakeResumed") == [{"uptake_id": uptake.pk}]

    def test_needs_a_reason_once(self, cast: Cast, uptake: Uptake) -> None:
        with pytest.raises(Refused):
            actions.give_up(uptake=uptake, reason=" ", by=cast.own.member)
        actions.give_up(uptake=uptake, reason="Past niet", by=cast.own.member)
        with pytest.raises(Refused):
            actions.give_up(uptake=uptake, reason="Past niet", by=cast.own.member)

    def test_given_up_neither_moves_nor_is_blocked(self, cast: Cast, uptake: Uptake) -> None:
        uptake = chain.climb(uptake, Step.TRIED, cast.own)
        actions.give_up(uptake=uptake, reason="Past niet", by=cast.own.member)
        with pytest.raises(Refused):
            actions.step_up(uptake=uptake, evidence="Mail", name="Team", by=cast.own.member)
        with pytest.raises(Refused):
            actions.step_down(uptake=uptake, to=0, reason="Weg", by=cast.own.member)
        with pytest.raises(Refused):
            actions.block(uptake=uptake, reason="Geen uren", by=cast.own.member)

    def test_pages_give_up_and_resume(self, cast: Cast, uptake: Uptake, client_of: Browser) -> None:
        browser = client_of(cast.own.member)
        assert post(browser, cast, uptake, "uptake_give_up") == 422
        assert post(browser, cast, uptake, "uptake_give_up", {"reason": "Past niet"}) == 302
        assert chain.fresh(uptake).is_given_up
        assert post(browser, cast, uptake, "uptake_resume") == 302
        assert not chain.fresh(uptake).is_given_up
        assert post(browser, cast, uptake, "uptake_resume") == 302

    def test_is_refused_to_readers(self, cast: Cast, uptake: Uptake, client_of: Browser) -> None:
        reader = client_of(cast.own.follower)
        assert post(reader, cast, uptake, "uptake_give_up", {"reason": "Past niet"}) == 403
        assert post(reader, cast, uptake, "uptake_resume") == 403
        assert not chain.fresh(uptake).is_given_up


class TestReviewNorm:
    @pytest.fixture
    def norm(self, cast: Cast, uptake: Uptake) -> Uptake:
        return chain.climb(uptake, Step.NORM, cast.own)

    def test_kept_gets_its_next_review(self, cast: Cast, norm: Uptake) -> None:
        later = clock.today() + timedelta(days=300)
        review = actions.review_norm(
            uptake=norm,
            outcome=ReviewOutcome.KEPT,
            evidence="Alle bestekken",
            name="Team",
            next_review_on=later,
            by=cast.own.member,
        )
        assert (chain.fresh(norm).step, chain.fresh(norm).review_on) == (Step.NORM, later)
        assert review.next_review_on == later
        assert facts_named("NormReviewed") == [{"uptake_id": norm.pk, "review_id": review.pk, "is_kept": True}]

    def test_slipped_steps_down(self, cast: Cast, norm: Uptake) -> None:
        actions.review_norm(
            uptake=norm,
            outcome=ReviewOutcome.SLIPPED,
            evidence="Twee bestekken zonder",
            name="Team",
            by=cast.own.member,
        )
        assert (chain.fresh(norm).step, chain.fresh(norm).review_on) == (Step.ANCHORED, None)
        assert [(fact["before"], fact["after"]) for fact in facts_named("UptakeSteppedDown")] == [(5, 4)]

    def test_refuses_no_norm_no_evidence_no_next_day(self, cast: Cast, norm: Uptake) -> None:
        kept = {"outcome": ReviewOutcome.KEPT, "name": "Team", "by": cast.own.member}
        with pytest.raises(Refused):
            actions.review_norm(uptake=norm, evidence="Alle bestekken", **kept)  # type: ignore[arg-type]
        with pytest.raises(Refused):
            actions.review_norm(uptake=norm, evidence=" ", next_review_on=chain.in_half_a_year(), **kept)  # type: ignore[arg-type]
        anchored = actions.step_down(uptake=norm, to=4, reason="Weg", by=cast.own.member)
        with pytest.raises(Refused):
            actions.review_norm(uptake=anchored, evidence="Ja", next_review_on=chain.in_half_a_year(), **kept)  # type: ignore[arg-type]
        assert not NormReview.objects.exists()

    def test_page_reviews(self, cast: Cast, norm: Uptake, client_of: Browser) -> None:
        browser = client_of(cast.own.member)
        assert post(browser, cast, norm, "uptake_review") == 422
        said = {"outcome": "slipped", "evidence": "Twee zonder", "name": "Team"}
        assert post(client_of(cast.own.follower), cast, norm, "uptake_review", dict(said)) == 403
        assert post(browser, cast, norm, "uptake_review", dict(said)) == 302
        assert chain.fresh(norm).step == Step.ANCHORED
