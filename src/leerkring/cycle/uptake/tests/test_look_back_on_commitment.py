"""Looking back: brought to mind once per moment, answered by one tap, and worded anew for others."""

import threading
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client
from django.urls import reverse

from leerkring.community.meetings.enums import MeetingKind, MeetingState
from leerkring.community.meetings.models import Meeting
from leerkring.community.memberships.enums import Label
from leerkring.cycle.uptake import actions, links, queries
from leerkring.cycle.uptake.enums import ChangeKind, CommitmentOutcome, CommitmentState, Moment
from leerkring.cycle.uptake.models import Commitment, CommitmentReminder, Promotion
from leerkring.cycle.uptake.tests.facts import facts_named
from leerkring.platform import clock
from leerkring.platform.rules import EditedMeanwhile, Refused
from tests.cast import Cast

Browser = Callable[..., Client]
SECRET = "Ik bel de wethouder over het depot"


def url(cast: Cast, name: str, *ids: int) -> str:
    return reverse(f"uptake:{name}", args=[cast.own.community.slug, *ids])


@pytest.fixture
def meeting(cast: Cast) -> Meeting:
    return cast.own.meeting(MeetingKind.WORKSHOP, days=-2, state=MeetingState.HELD)


@pytest.fixture
def commitment(cast: Cast, meeting: Meeting) -> Commitment:
    return actions.make_commitment(
        person=cast.own.member, meeting=meeting, text=SECRET,
        due_on=clock.today() + timedelta(days=30), by=cast.own.member,
    )  # fmt: skip


def back(commitment: Commitment, outcome: CommitmentOutcome, **more: object) -> Commitment:
    return actions.look_back(commitment=commitment, outcome=outcome, by=commitment.person, **more)  # type: ignore[arg-type]


class TestRemind:
    def test_comes_after_six_and_twelve_weeks_once(self, commitment: Commitment) -> None:
        made = clock.now()
        told = []
        for days in (41, 43, 43, 60, 85, 86, 200):
            with clock.at(made + timedelta(days=days)):
                told.append(actions.remind_of_commitments())
        assert told == [0, 1, 0, 0, 1, 0, 0]
        assert [fact["moment"] for fact in facts_named("CommitmentDue")] == [6, 12]
        commitment.refresh_from_db()
        assert commitment.state == CommitmentState.REMINDED

    @pytest.mark.parametrize(
        ("outcome", "count"),
        [(CommitmentOutcome.DONE, 0), (CommitmentOutcome.DIFFERENT, 0), (CommitmentOutcome.PARTLY, 1)],
    )
    def test_what_is_settled_is_left_alone(
        self, commitment: Commitment, outcome: CommitmentOutcome, count: int
    ) -> None:
        back(commitment, outcome)
        with clock.at(clock.now() + timedelta(days=85)):
            assert actions.remind_of_commitments() == count

    def test_nobody_is_told_of_what_is_old_or_taken_away(self, cast: Cast, commitment: Commitment) -> None:
        with clock.at(clock.now() + timedelta(weeks=11)):
            assert not queries.commitments_to_remind_of(Moment.SIX_WEEKS).exists()
        actions.remove_commitment(commitment=commitment, by=cast.own.member)
        with clock.at(clock.now() + timedelta(days=43)):
            assert actions.remind_of_commitments() == 0
        actions.restore_commitment(commitment=commitment, by=cast.own.member)
        with clock.at(clock.now() + timedelta(days=43)):
            assert actions.remind_of_commitments() == 1


class TestTap:
    def test_get_changes_nothing_and_post_says_it(self, commitment: Commitment, client_of: Browser) -> None:
        browser, link = client_of(None), links.path_of_answer(commitment, CommitmentOutcome.PARTLY)
        page = browser.get(link)
        assert page.status_code == 200
        assert page.context["form"].initial["outcome"] == "partly"
        assert SECRET in page.content.decode()
        commitment.refresh_from_db()
        assert (commitment.state, facts_named("CommitmentLookedBack")) == (CommitmentState.MADE, [])
        said = {"outcome": "partly", "line": "Half", "helped": "Noor", "hindered": "Tijd", "revision": 1}
        answer = browser.post(link, said)
        assert (answer.status_code, answer["Location"]) == (302, link)
        commitment.refresh_from_db()
        assert (commitment.outcome, commitment.looked_back, commitment.helped, commitment.hindered) == (
            "partly", "Half", "Noor", "Tijd",
        )  # fmt: skip
        assert "Say it" in browser.get(link, headers={"accept-language": "en"}).content.decode()
        assert browser.post(link, {}).status_code == 422

    def test_second_answer_is_told_and_may_take_its_place(self, commitment: Commitment, client_of: Browser) -> None:
        done, not_ = (
            links.path_of_answer(commitment, word) for word in (CommitmentOutcome.DONE, CommitmentOutcome.NOT)
        )
        browser = client_of(None)
        browser.post(done, {"outcome": "done", "revision": 1})
        told = browser.post(not_, {"outcome": "not", "revision": 1})
        assert told.status_code == 422
        commitment.refresh_from_db()
        assert commitment.outcome == "done"
        assert told.context["form"]["revision"].value() == "2"
        assert browser.post(not_, {"outcome": "not", "revision": 2}).status_code == 302
        commitment.refresh_from_db()
        assert commitment.outcome == "not"
        assert len(facts_named("CommitmentLookedBack")) == 2

    def test_a_link_that_is_not_ours_or_too_old_shows_nothing(self, commitment: Commitment, client_of: Browser) -> None:
        browser, link = client_of(None), links.path_of_answer(commitment, CommitmentOutcome.DONE)
        assert browser.get(link[:-2] + "x/").status_code == 404
        with clock.at(clock.now() + links.TERM + timedelta(days=1)):
            for page in (browser.get(link), browser.post(link, {"outcome": "done", "revision": 1})):
                assert (page.status_code, SECRET in page.content.decode()) == (410, False)
        actions.remove_commitment(commitment=commitment, by=commitment.person)
        assert browser.get(link).status_code == 404

    def test_same_answer_twice_is_one(self, commitment: Commitment) -> None:
        for _time in range(2):
            back(commitment, CommitmentOutcome.DONE, line="Klaar", revision=1)
        assert len(facts_named("CommitmentLookedBack")) == 1


class TestPaper:
    def test_facilitator_types_and_takes_back_what_was_wrong(
        self, cast: Cast, meeting: Meeting, client_of: Browser
    ) -> None:
        browser, page = client_of(cast.own.facilitator), url(cast, "commitments_paper", meeting.pk)
        said = {"person": cast.own.member.pk, "text": SECRET, "due_on": clock.today(), "with_whom": "Noor"}
        assert browser.post(page, {}).status_code == 422
        assert browser.post(page, said).status_code == 302
        assert browser.post(page, said).status_code == 422
        typed = Commitment.objects.get()
        assert (typed.person, typed.typed_by, typed.is_shared) == (cast.own.member, cast.own.facilitator, False)
        assert SECRET in browser.get(page).content.decode()
        assert browser.get(url(cast, "commitment_page", typed.pk)).status_code == 404
        assert SECRET not in client_of(cast.own.lead).get(page).content.decode()
        assert client_of(cast.own.keeper).get(page).status_code == 403
        assert client_of(cast.own.keeper).post(url(cast, "commitment_remove", typed.pk)).status_code == 404
        assert browser.post(url(cast, "commitment_remove", typed.pk)).status_code == 302
        assert not queries.commitments_of(cast.own.member, cast.own.community).exists()
        assert browser.post(url(cast, "commitment_restore", typed.pk)).status_code == 302
        back(typed, CommitmentOutcome.DONE)
        assert browser.post(url(cast, "commitment_remove", typed.pk)).status_code == 403
        assert facts_named("CommitmentRemoved") == facts_named("CommitmentRestored") == [{"commitment_id": typed.pk}]

    def test_none_is_typed_at_an_intervisie(self, cast: Cast, client_of: Browser) -> None:
        closed = cast.own.meeting(MeetingKind.INTERVISIE, days=-1, state=MeetingState.HELD, keeps_text=False)
        assert client_of(cast.own.lead).get(url(cast, "commitments_paper", closed.pk)).status_code == 404


class TestTakeFurther:
    @pytest.mark.parametrize("name", ["commitment_to_insight", "commitment_to_question", "commitment_to_uptake"])
    def test_page_says_it_anew_for_others_and_leads_nobody_back(
        self, cast: Cast, commitment: Commitment, client_of: Browser, name: str
    ) -> None:
        browser, page = client_of(cast.own.member), url(cast, name, commitment.pk)
        words = {"sentence": "Bel vroeg", "wording": "Wie bel je?", "title": "Vroeg bellen"}
        said = {**words, "kind": "anew", "unit": cast.own.units[0].pk, "label": "programme"}
        assert browser.get(page).status_code == 200
        assert browser.post(page, said).status_code == 422, "not looked back yet"
        back(commitment, CommitmentOutcome.DONE)
        assert browser.post(page, said | dict.fromkeys(words, SECRET.upper())).status_code == 422
        assert not Promotion.objects.exists()
        assert browser.post(page, said).status_code == 302
        assert browser.post(page, said | dict.fromkeys(words, "Nog eens")).status_code == 422
        promotion = Promotion.objects.get()
        assert facts_named("CommitmentPromoted") == [{"promotion_id": promotion.pk}]
        own = browser.get(url(cast, "commitment_page", commitment.pk)).content.decode()
        assert any(text in own for text in words.values())
        follower = client_of(cast.own.follower)
        for listed in ("insights:insights_page", "uptake:matrix_page"):
            assert SECRET not in follower.get(reverse(listed, args=[cast.own.community.slug])).content.decode()
        assert follower.get(page).status_code == 404

    def test_is_for_maker_and_team(self, cast: Cast, commitment: Commitment) -> None:
        back(commitment, CommitmentOutcome.DONE)
        for person in (cast.own.keeper, cast.own.follower, cast.outsider):
            with pytest.raises(PermissionDenied):
                actions.insight_from_commitment(commitment=commitment, sentence="Bel vroeg", by=person)
        actions.insight_from_commitment(commitment=commitment, sentence="Bel vroeg", by=cast.own.lead)
        actions.question_from_commitment(
            commitment=commitment, wording="Wie bel je?", label=Label.ORGANISATIONS, by=cast.own.lead
        )
        actions.uptake_from_commitment(
            commitment=commitment, title="Vroeg bellen", kind=ChangeKind.ANEW, unit=cast.own.units[0], by=cast.own.lead
        )
        assert len(queries.promotions_seen_by(cast.own.member, commitment)) == 3
        assert len(queries.promotions_seen_by(cast.own.colleague, commitment)) == 1


class TestOverview:
    def test_counts_who_did_not_look_back_and_names_none_of_them(
        self, cast: Cast, commitment: Commitment, meeting: Meeting, client_of: Browser
    ) -> None:
        other = actions.make_commitment(
            person=cast.own.follower, meeting=meeting, text="Een stil plan", due_on=clock.today(), by=cast.own.follower
        )
        back(commitment, CommitmentOutcome.PARTLY, helped="Een bondgenoot")
        page = client_of(cast.own.lead).get(url(cast, "commitments_overview")).content.decode()
        assert "Een bondgenoot" in page
        assert other.text not in page
        assert cast.own.follower.name not in page
        found = queries.meetings_with_commitments(cast.own.lead, cast.own.community).get()
        assert [getattr(found, f"{word}_count") for word in ("made", "back", "waiting", "partly", "done")] == [
            2, 1, 1, 1, 0,
        ]  # fmt: skip
        assert client_of(cast.own.keeper).get(url(cast, "commitments_overview")).status_code == 403


def at_once(*acts: Callable[[], object]) -> list[object]:
    start, outcomes = threading.Barrier(len(acts)), list[object]()

    def run(act: Callable[[], object]) -> None:
        try:
            start.wait()
            outcomes.append(act())
        except Exception as error:
            outcomes.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcomes


@pytest.mark.django_db(transaction=True)
def test_two_answers_and_two_workers_at_once(cast: Cast, meeting: Meeting, commitment: Commitment) -> None:
    """One answer counts and the other is told; a moment comes once. Both are decided in the database."""
    words = (CommitmentOutcome.DONE, CommitmentOutcome.NOT)
    outcomes = at_once(
        *(lambda word=word: back(Commitment.objects.get(pk=commitment.pk), word, revision=1) for word in words)
    )
    told = [outcome for outcome in outcomes if isinstance(outcome, EditedMeanwhile)]
    counted = [outcome for outcome in outcomes if isinstance(outcome, Commitment)]
    assert (len(told), len(counted)) == (1, 1), outcomes
    commitment.refresh_from_db()
    assert (commitment.outcome, commitment.revision) == (counted[0].outcome, 2)
    assert len(facts_named("CommitmentLookedBack")) == 1

    actions.make_commitment(
        person=cast.own.lead, meeting=meeting, text="Ik schrijf", due_on=clock.today(), by=cast.own.lead
    )
    later = clock.now() + timedelta(days=43)

    def work() -> int:
        with clock.at(later):
            return actions.remind_of_commitments()

    workers = at_once(work, work, work)
    assert all(isinstance(count, int) for count in workers), workers
    expected = 1 + (commitment.outcome == CommitmentOutcome.NOT)
    assert sum(count for count in workers if isinstance(count, int)) == expected
    assert len(facts_named("CommitmentDue")) == expected == CommitmentReminder.objects.count()


def test_take_away_is_refused_to_others_and_said_when_looking_back(cast: Cast, commitment: Commitment) -> None:
    with pytest.raises(PermissionDenied):
        actions.remove_commitment(commitment=commitment, by=cast.own.lead)
    actions.remove_commitment(commitment=commitment, by=cast.own.member)
    with pytest.raises(Refused):
        back(commitment, CommitmentOutcome.DONE)
