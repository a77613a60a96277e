from collections.abc import Callable

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from leerkring.community.memberships.enums import Label
from leerkring.cycle.questions import actions
from leerkring.cycle.questions.models import LearningQuestion
from tests.cast import Cast


def page(browser: Client, question: LearningQuestion) -> str:
    answer = browser.get(f"/eigen/questions/{question.pk}/")
    assert answer.status_code == 200
    return answer.content.decode()


def test_readers_read_and_see_no_buttons(
    listed: LearningQuestion, cast: Cast, client_of: Callable[..., Client]
) -> None:
    text = page(client_of(cast.own.follower), listed)
    assert "Hoe doen we dat?" in text
    assert "Wijzig deze vraag" not in text
    assert "Pak deze vraag op" not in text


def test_each_gets_one_next_step(listed: LearningQuestion, cast: Cast, client_of: Callable[..., Client]) -> None:
    own = cast.own
    assert "Pak deze vraag op" in page(client_of(own.member), listed)
    actions.give_owner(question=listed, owner=own.member, by=own.keeper)
    assert "We zijn ermee bezig" in page(client_of(own.member), listed)
    actions.explore_question(question=listed, by=own.member)
    assert "Wat lijkt het antwoord te zijn?" in page(client_of(own.member), listed)
    actions.answer_provisionally(question=listed, answer="Zo.", by=own.member)
    assert "Houdt het antwoord stand?" in page(client_of(own.member), listed)
    assert page(client_of(own.member), listed).count('class="now"') == 1
    actions.answer_question(question=listed, answer="Zo.", by=own.member)
    assert 'class="now"' not in page(client_of(own.member), listed)


def test_a_raised_question_asks_to_be_sharpened(
    raised: LearningQuestion, cast: Cast, client_of: Callable[..., Client]
) -> None:
    assert "Maak deze vraag scherp" in page(client_of(cast.own.keeper), raised)
    assert "Maak deze vraag scherp" not in page(client_of(cast.own.follower), raised)


def test_the_public_reads_no_names(listed: LearningQuestion, cast: Cast, client_of: Callable[..., Client]) -> None:
    own = cast.own
    actions.change_label(question=listed, label=Label.PUBLIC, by=own.keeper)
    actions.give_owner(question=listed, owner=own.member, by=own.keeper)
    actions.put_action(question=listed, text="Vraag het", by=own.member, owner=own.member)
    inside, outside = page(client_of(own.follower), listed), page(client_of(None), listed)
    assert own.member.name in inside
    assert own.member.name not in outside
    assert own.keeper.name not in outside
    assert "heeft een eigenaar" in outside


def test_history_and_kin(listed: LearningQuestion, cast: Cast, client_of: Callable[..., Client]) -> None:
    own = cast.own
    hidden = own.meeting(label=Label.GROUP, title="Besloten overleg")
    actions.reword_question(question=listed, wording="Hoe doen we het?", by=own.keeper, revision=1, meeting=hidden)
    actions.split_question(question=listed, wordings=["Links?", "Rechts?"], by=own.keeper)
    text = page(client_of(own.member), listed)
    for shown in ("Hoe doen we dat?", "<mark>het?</mark>", "Links?", "Rechts?"):
        assert shown in text
    assert "Besloten overleg" not in text
    assert "Besloten overleg" in page(client_of(own.lead), listed)


def test_a_word_of_300_letters_and_script_are_shown_as_text(cast: Cast, client_of: Callable[..., Client]) -> None:
    own = cast.own
    question = actions.raise_question(
        community=own.community, wording="<script>alert(1)</script>" + "w" * 270, by=own.member, label=Label.PUBLIC
    )
    text = page(client_of(None), question)
    assert "<script>alert(1)" not in text
    assert "w" * 270 in text


def test_the_page_asks_as_often_for_much_history_as_for_little(
    listed: LearningQuestion, cast: Cast, client_of: Callable[..., Client]
) -> None:
    own = cast.own
    browser = client_of(own.member)

    def counted() -> int:
        page(browser, listed)
        with CaptureQueriesContext(connection) as captured:
            page(browser, listed)
        return len(captured)

    actions.put_action(question=listed, text="Doe iets", by=own.member, owner=own.member)
    actions.reword_question(question=listed, wording="Anders?", by=own.keeper, revision=1, meeting=own.meeting())
    few = counted()
    for number in range(2, 22):
        meeting = own.meeting(days=number)
        actions.reword_question(
            question=listed, wording=f"Zo {number}?", by=own.keeper, revision=number, meeting=meeting
        )
        actions.put_action(question=listed, text=f"Stap {number}", by=own.member, owner=own.member)
    assert counted() == few
