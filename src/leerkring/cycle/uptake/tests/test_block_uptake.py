"""What holds a change up, and the question that it puts on the agenda: the circle closes in one action."""

from collections.abc import Callable

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from leerkring.cycle.questions.enums import Origin, QuestionState
from leerkring.cycle.questions.models import LearningQuestion
from leerkring.cycle.uptake import actions, queries
from leerkring.cycle.uptake.enums import Step
from leerkring.cycle.uptake.models import Block, QuestionFromBlock, Uptake
from leerkring.cycle.uptake.tests import chain
from leerkring.cycle.uptake.tests.facts import facts_named
from leerkring.platform import clock
from leerkring.platform.rules import Refused
from tests.cast import Cast

Browser = Callable[..., Client]


@pytest.fixture
def block(cast: Cast, uptake: Uptake) -> Block:
    return actions.block(uptake=uptake, reason="Niemand heeft uren", by=cast.own.member)


def post(client: Client, cast: Cast, uptake: Uptake, name: str, data: dict[str, object] | None = None) -> int:
    return client.post(reverse(f"uptake:{name}", args=[cast.own.community.slug, uptake.pk]), data or {}).status_code


class TestBlock:
    def test_says_what_holds_it_up_since_when(self, cast: Cast, uptake: Uptake, block: Block) -> None:
        assert (block.reason, block.since_on, block.by) == ("Niemand heeft uren", clock.today(), cast.own.member)
        assert facts_named("UptakeBlocked") == [{"uptake_id": uptake.pk, "block_id": block.pk}]

    def test_stands_once_at_a_time(self, cast: Cast, uptake: Uptake, block: Block) -> None:
        with pytest.raises(Refused):
            actions.block(uptake=uptake, reason="Nog iets", by=cast.own.member)

    def test_needs_a_reason(self, cast: Cast, uptake: Uptake) -> None:
        with pytest.raises(Refused):
            actions.block(uptake=uptake, reason=" ", by=cast.own.member)

    def test_norm_is_not_blocked(self, cast: Cast, uptake: Uptake) -> None:
        uptake = chain.climb(uptake, Step.NORM, cast.own)
        with pytest.raises(Refused):
            actions.block(uptake=uptake, reason="Geen uren", by=cast.own.member)

    def test_page_blocks_and_unblocks(self, cast: Cast, uptake: Uptake, client_of: Browser) -> None:
        browser = client_of(cast.own.member)
        assert post(browser, cast, uptake, "uptake_block") == 422
        assert post(browser, cast, uptake, "uptake_block", {"reason": "Geen uren"}) == 302
        assert queries.open_block_of(uptake) is not None
        assert post(browser, cast, uptake, "uptake_unblock") == 302
        assert queries.open_block_of(uptake) is None

    def test_is_refused_to_readers(self, cast: Cast, uptake: Uptake, client_of: Browser) -> None:
        assert post(client_of(cast.own.follower), cast, uptake, "uptake_block", {"reason": "Geen uren"}) == 403
        assert queries.open_block_of(uptake) is None

    def test_unblocking_keeps_what_solved_it(self, cast: Cast, block: Block) -> None:
        lifted = actions.unblock(block=block, note="Twee dagen per maand", by=cast.own.keeper)
        assert (lifted.lifted_on, lifted.lifted_by, lifted.lifted_note) == (
            clock.today(), cast.own.keeper, "Twee dagen per maand",
        )  # fmt: skip
        with pytest.raises(Refused):
            actions.unblock(block=block, note="", by=cast.own.keeper)
        assert facts_named("UptakeUnblocked") == [{"uptake_id": block.uptake_id, "block_id": block.pk}]


class TestQuestionFromBlock:
    def test_stands_on_the_draft_with_code_origin_and_link(self, cast: Cast, block: Block) -> None:
        question = actions.question_from_block(block=block, wording="Hoe komen er uren?", by=cast.own.member)
        question.refresh_from_db()
        assert (question.code, question.state, question.origin) == ("A", QuestionState.ON_AGENDA, Origin.BLOCK)
        assert question.barrier == "Niemand heeft uren"
        assert question.draft_place.position == 1
        assert QuestionFromBlock.objects.filter(block=block, question=question, by=cast.own.member).exists()
        assert facts_named("BlockLinkedToQuestion") == [
            {
                "uptake_id": block.uptake_id, "block_id": block.pk, "question_id": question.pk,
                "is_new": True, "is_linked": True,
            }
        ]  # fmt: skip

    def test_is_all_or_nothing(self, cast: Cast, block: Block) -> None:
        actions.unblock(block=block, note="", by=cast.own.member)
        block.refresh_from_db()
        with pytest.raises(Refused):
            actions.question_from_block(block=block, wording="Hoe komen er uren?", by=cast.own.member)
        assert not LearningQuestion.objects.exists()

    def test_is_not_for_readers(self, cast: Cast, block: Block) -> None:
        with pytest.raises(PermissionDenied):
            actions.question_from_block(block=block, wording="Hoe?", by=cast.other.colleague)
        assert not LearningQuestion.objects.exists()

    def test_receiving_follower_cannot_raise_but_can_link(self, cast: Cast, walked: chain.Chain) -> None:
        with pytest.raises(PermissionDenied):
            actions.question_from_block(block=walked.block, wording="Hoe?", by=cast.own.follower)
        actions.link_block_to_question(block=walked.block, question=walked.question, by=cast.own.follower)
        assert [link.question for link in walked.block.questions.all()] == [walked.question]

    def test_page_asks_in_one_action(self, cast: Cast, block: Block, client_of: Browser) -> None:
        browser = client_of(cast.own.member)
        assert post(browser, cast, block.uptake, "question_new") == 422
        assert post(browser, cast, block.uptake, "question_new", {"wording": "Hoe komen er uren?"}) == 302
        assert LearningQuestion.objects.get().code == "A"

    def test_page_asks_nothing_when_not_blocked(self, cast: Cast, uptake: Uptake, client_of: Browser) -> None:
        assert post(client_of(cast.own.member), cast, uptake, "question_new", {"wording": "Hoe?"}) == 422
        assert not LearningQuestion.objects.exists()


class TestLinkBlockToQuestion:
    def test_page_links_and_loosens(self, cast: Cast, walked: chain.Chain, client_of: Browser) -> None:
        browser = client_of(cast.own.member)
        assert post(browser, cast, walked.stuck, "question_link") == 422
        assert post(browser, cast, walked.stuck, "question_link", {"question": walked.question.pk}) == 302
        assert walked.block.questions.count() == 1
        slug = cast.own.community.slug
        loosen = reverse("uptake:question_loosen", args=[slug, walked.stuck.pk, walked.question.pk])
        assert browser.post(loosen).status_code == 302
        assert walked.block.questions.count() == 0
        assert browser.post(loosen).status_code == 302
        foreign = chain.walk(cast.other).question
        assert (
            browser.post(reverse("uptake:question_loosen", args=[slug, walked.stuck.pk, foreign.pk])).status_code == 404
        )

    def test_refuses_the_same_twice_and_another_programme(self, cast: Cast, walked: chain.Chain) -> None:
        actions.link_block_to_question(block=walked.block, question=walked.question, by=cast.own.member)
        foreign = chain.walk(cast.other)
        for question in (walked.question, foreign.question):
            with pytest.raises(Refused):
                actions.link_block_to_question(block=walked.block, question=question, by=cast.own.member)
        assert walked.block.questions.count() == 1
