"""Up one step at a time with evidence and a name, down at any time, the norm with a review date (rule 5)."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from leerkring.cycle.uptake import actions
from leerkring.cycle.uptake.enums import ChangeKind, Step
from leerkring.cycle.uptake.models import Change, StepTaken, Uptake
from leerkring.cycle.uptake.tests import chain
from leerkring.cycle.uptake.tests.facts import facts_named
from leerkring.platform import clock
from leerkring.platform.rules import Refused
from tests.cast import Cast

Browser = Callable[..., Client]


def url(cast: Cast, uptake: Uptake, name: str) -> str:
    return reverse(f"uptake:{name}", args=[cast.own.community.slug, uptake.pk])


def evidence(step: Step, **more: object) -> dict[str, object]:
    return {"to": int(step), "evidence": "De mail van maandag", "name": "Team", "taken_on": clock.today(), **more}


class TestStepUp:
    def test_takes_one_step_and_keeps_who_when_and_how(self, cast: Cast, uptake: Uptake) -> None:
        day = clock.today() - timedelta(days=3)
        stepped = actions.step_up(
            uptake=uptake,
            evidence=" De mail ",
            name=" Team ",
            evidence_url="https://x.example/m",
            taken_on=day,
            by=cast.own.member,
        )
        taken = StepTaken.objects.get(uptake=uptake, after=Step.HANDED_OVER)
        assert stepped.step == Step.HANDED_OVER
        assert (taken.before, taken.evidence, taken.name, taken.taken_on) == (0, "De mail", "Team", day)
        assert (taken.by, taken.evidence_url) == (cast.own.member, "https://x.example/m")

    def test_records_one_fact(self, cast: Cast, uptake: Uptake) -> None:
        actions.step_up(uptake=uptake, evidence="De mail", name="Team", by=cast.own.member)
        assert facts_named("UptakeSteppedUp") == [
            {
                "uptake_id": uptake.pk, "change_id": uptake.change_id, "unit_id": uptake.unit_id,
                "before": 0, "after": 1, "has_stopped": False,
            }
        ]  # fmt: skip

    @pytest.mark.parametrize(("said", "name"), [("", "Team"), ("   ", "Team"), ("De mail", ""), ("De mail", "  ")])
    def test_needs_evidence_and_a_name(self, cast: Cast, uptake: Uptake, said: str, name: str) -> None:
        with pytest.raises(Refused):
            actions.step_up(uptake=uptake, evidence=said, name=name, by=cast.own.member)
        assert chain.fresh(uptake).step == Step.INSIGHT

    def test_takes_no_two_steps_at_once(self, cast: Cast, uptake: Uptake) -> None:
        with pytest.raises(Refused):
            actions.step_up(uptake=uptake, evidence="De mail", name="Team", to=Step.TRIED, by=cast.own.member)
        assert chain.fresh(uptake).step == Step.INSIGHT

    def test_second_click_climbs_no_further(self, cast: Cast, uptake: Uptake) -> None:
        actions.step_up(uptake=uptake, evidence="De mail", name="Team", to=Step.HANDED_OVER, by=cast.own.member)
        with pytest.raises(Refused):
            actions.step_up(uptake=uptake, evidence="De mail", name="Team", to=Step.HANDED_OVER, by=cast.own.member)
        assert chain.fresh(uptake).step == Step.HANDED_OVER

    def test_takes_no_step_in_the_future(self, cast: Cast, uptake: Uptake) -> None:
        tomorrow = clock.today() + timedelta(days=1)
        with pytest.raises(Refused):
            actions.step_up(uptake=uptake, evidence="De mail", name="Team", taken_on=tomorrow, by=cast.own.member)

    @pytest.mark.parametrize("days", [None, 0, -1, 400])
    def test_norm_needs_a_review_within_a_year(self, cast: Cast, uptake: Uptake, days: int | None) -> None:
        uptake = chain.climb(uptake, Step.ANCHORED, cast.own)
        review_on = None if days is None else clock.today() + timedelta(days=days)
        with pytest.raises(Refused):
            actions.step_up(uptake=uptake, evidence="Regel", name="Team", review_on=review_on, by=cast.own.member)
        assert chain.fresh(uptake).step == Step.ANCHORED

    def test_blocked_takes_no_step(self, cast: Cast, uptake: Uptake) -> None:
        actions.block(uptake=uptake, reason="Geen uren", by=cast.own.member)
        with pytest.raises(Refused):
            actions.step_up(uptake=uptake, evidence="De mail", name="Team", by=cast.own.member)

    def test_phase_out_at_the_norm_has_stopped(self, cast: Cast) -> None:
        change = chain.put(cast.own, "Niet meer: nieuw meubilair", kind=ChangeKind.STOP)
        uptake = chain.start(cast.own, change, 0)
        anchored = chain.climb(uptake, Step.ANCHORED, cast.own)
        assert not anchored.has_stopped
        assert chain.climb(anchored, Step.NORM, cast.own).has_stopped
        assert [fact["has_stopped"] for fact in facts_named("UptakeSteppedUp")] == [False] * 4 + [True]

    def test_is_for_carrier_recipient_and_staff(self, cast: Cast, change: Change) -> None:
        uptake = actions.start_uptake(
            change=change,
            unit=cast.own.units[1],
            recipient=cast.own.follower,
            by=cast.own.member,
        )
        for person in (cast.own.follower, cast.own.facilitator, cast.own.keeper, cast.own.lead):
            uptake = actions.step_up(uptake=uptake, evidence="De mail", name="Team", by=person, review_on=None)
        for person in (cast.other.colleague, cast.other.lead, cast.outsider):
            with pytest.raises(PermissionDenied):
                actions.step_up(uptake=uptake, evidence="De mail", name="Team", by=person)


class TestStepUpPage:
    def test_steps_and_goes_back_to_the_place(self, cast: Cast, uptake: Uptake, client_of: Browser) -> None:
        answer = client_of(cast.own.member).post(
            url(cast, uptake, "uptake_step_up"), evidence(Step.HANDED_OVER), follow=True
        )
        assert answer.redirect_chain == [(url(cast, uptake, "uptake_page"), 302)]
        assert "Ruimte: overgedragen" in answer.content.decode()

    def test_keeps_what_was_typed(self, cast: Cast, uptake: Uptake, client_of: Browser) -> None:
        said = evidence(Step.HANDED_OVER, name="")
        answer = client_of(cast.own.member).post(url(cast, uptake, "uptake_step_up"), said)
        assert answer.status_code == 422
        assert "De mail van maandag" in answer.content.decode()

    @pytest.mark.parametrize(
        ("who", "status"), [("follower", 403), ("colleague", 404), ("outsider", 404), (None, 302), ("lead", 302)]
    )
    def test_refuses_others(self, cast: Cast, uptake: Uptake, client_of: Browser, who: str | None, status: int) -> None:
        person = None if who is None else getattr(cast.own, who, None) or cast.outsider
        answer = client_of(person).post(url(cast, uptake, "uptake_step_up"), evidence(Step.HANDED_OVER))
        assert answer.status_code == status
        assert chain.fresh(uptake).step == (Step.HANDED_OVER if who == "lead" else Step.INSIGHT)

    def test_another_programme_has_no_such_place(self, cast: Cast, uptake: Uptake, client_of: Browser) -> None:
        foreign = reverse("uptake:uptake_step_up", args=[cast.other.community.slug, uptake.pk])
        answer = client_of(cast.other.lead).post(foreign, evidence(Step.HANDED_OVER))
        assert answer.status_code == 404


class TestStepDown:
    def test_goes_to_any_lower_step_with_a_reason(self, cast: Cast, uptake: Uptake) -> None:
        uptake = chain.climb(uptake, Step.NORM, cast.own)
        down = actions.step_down(uptake=uptake, to=Step.TRIED, reason="Weer losgelaten", by=cast.own.member)
        assert (down.step, down.review_on) == (Step.TRIED, None)
        assert StepTaken.objects.filter(uptake=uptake).last().evidence == "Weer losgelaten"  # type: ignore[union-attr]
        assert StepTaken.objects.filter(uptake=uptake).count() == 7

    @pytest.mark.parametrize(("to", "reason"), [(Step.TRIED, "Zomaar"), (Step.NORM, "Zomaar"), (Step.INSIGHT, " ")])
    def test_refuses_no_reason_and_no_lower_step(self, cast: Cast, uptake: Uptake, to: Step, reason: str) -> None:
        uptake = chain.climb(uptake, Step.TRIED, cast.own)
        with pytest.raises(Refused):
            actions.step_down(uptake=uptake, to=to, reason=reason, by=cast.own.member)

    def test_records_one_fact(self, cast: Cast, uptake: Uptake) -> None:
        uptake = chain.climb(uptake, Step.TRIED, cast.own)
        actions.step_down(uptake=uptake, to=Step.INSIGHT, reason="Weg", by=cast.own.member)
        assert [(fact["before"], fact["after"]) for fact in facts_named("UptakeSteppedDown")] == [(2, 0)]

    def test_page_steps_down(self, cast: Cast, uptake: Uptake, client_of: Browser) -> None:
        uptake = chain.climb(uptake, Step.TRIED, cast.own)
        browser = client_of(cast.own.member)
        assert browser.post(url(cast, uptake, "uptake_step_down"), {"to": 1}).status_code == 422
        answer = browser.post(url(cast, uptake, "uptake_step_down"), {"to": 1, "reason": "Weg"})
        assert (answer.status_code, chain.fresh(uptake).step) == (302, Step.HANDED_OVER)

    def test_is_refused_to_readers(self, cast: Cast, uptake: Uptake, client_of: Browser) -> None:
        uptake = chain.climb(uptake, Step.TRIED, cast.own)
        answer = client_of(cast.own.follower).post(url(cast, uptake, "uptake_step_down"), {"to": 1, "reason": "Weg"})
        assert (answer.status_code, chain.fresh(uptake).step) == (403, Step.TRIED)
