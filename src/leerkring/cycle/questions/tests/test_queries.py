from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from leerkring.community.memberships.enums import CommunityKind, Label
from leerkring.community.memberships.models import Community
from leerkring.cycle.questions import actions, queries
from leerkring.cycle.questions.enums import QuestionState
from leerkring.cycle.questions.models import LearningQuestion
from leerkring.platform import clock
from tests.cast import Cast, join


def ask(cast: Cast, text: str, label: Label = Label.PROGRAMME, **more: object) -> LearningQuestion:
    own = cast.own
    return actions.raise_question(community=own.community, wording=text, by=own.member, label=label, **more)  # type: ignore[arg-type]


def test_each_sees_what_the_label_says(cast: Cast) -> None:
    own = cast.own
    group = Community.objects.create(kind=CommunityKind.GROUP, root=own.community, name="Groep")
    join(own.member, group)
    questions = {label: ask(cast, f"Voor {label}?", label) for label in list(Label)[1:]}
    questions[Label.GROUP] = actions.raise_question(
        community=group, wording="Voor de groep?", by=own.member, label=Label.GROUP
    )
    everything = set(Label)
    expected = {
        None: {Label.PUBLIC},
        cast.outsider: {Label.PUBLIC},
        cast.other.member: {Label.PUBLIC},
        own.colleague: {Label.PUBLIC, Label.ORGANISATIONS},
        own.follower: everything - {Label.GROUP},
        own.keeper: everything - {Label.GROUP},
        own.member: everything,
        own.lead: everything,
    }
    for person, labels in expected.items():
        seen = {question.label for question in queries.questions_visible_to(person, own.community)}
        assert seen == labels, person


def test_another_programme_stays_out(elsewhere: LearningQuestion, raised: LearningQuestion, cast: Cast) -> None:
    assert list(queries.questions_visible_to(cast.own.lead, cast.own.community)) == [raised]
    assert list(queries.questions_visible_to(cast.other.lead, cast.own.community)) == []


def test_found_by_part_theme_owner_and_words(cast: Cast) -> None:
    own = cast.own
    theme = actions.put_theme(community=own.community, name="Inkoop", by=own.keeper)
    one = ask(cast, "Hoe krijgen we inkoop aan tafel?", theme=theme)
    two = ask(cast, "Waarom blijft het bij een collega?", barrier="Inkoop ziet het niet.")
    three = ask(cast, "Wie mag nee zeggen?")
    actions.give_code(question=three, code="A", by=own.keeper)
    everything = queries.questions_visible_to(own.member, own.community)
    assert list(queries.found(everything)) == [three, one, two]
    assert list(queries.found(everything, part="waiting")) == [one, two]
    assert list(queries.found(everything, part="agenda")) == [three]
    assert list(queries.found(everything, theme=theme)) == [one]
    assert list(queries.found(everything, without_owner=True)) == [three]
    assert list(queries.found(everything, words="INKOOP")) == [one, two]
    assert list(queries.found(everything, words="inkoop tafel")) == [one]
    assert list(queries.found(everything, words="a")) == [three, one, two]
    assert list(queries.questions_to_place(own.member, own.community)) == [one, two]
    assert queries.counts_of(everything) == {
        "total": 3,
        "without_owner": 1,
        "waiting": 2,
        "agenda": 1,
        "answered": 0,
        "gone": 0,
    }


def test_aa_comes_after_z(cast: Cast) -> None:
    for code in ("AA", "B", "Z", "A"):
        actions.give_code(question=ask(cast, f"Vraag {code}?"), code=code, by=cast.own.keeper)
    ordered = queries.in_order_of_codes(queries.questions_visible_to(cast.own.member, cast.own.community))
    assert [question.code for question in ordered] == ["A", "B", "Z", "AA"]


def test_successions_hide_what_one_may_not_read(listed: LearningQuestion, cast: Cast) -> None:
    own = cast.own
    actions.change_label(question=listed, label=Label.PUBLIC, by=own.keeper)
    left, right = actions.split_question(question=listed, wordings=["Links?", "Rechts?"], by=own.keeper)
    actions.change_label(question=right, label=Label.PROGRAMME, by=own.keeper)
    assert queries.successions_of(own.member, listed) == ([], [left, right])
    assert queries.successions_of(None, listed) == ([], [left])


@pytest.mark.parametrize("url", ["/eigen/questions/", "/eigen/themes/"])
def test_lists_ask_the_database_as_often_for_3_as_for_300(
    cast: Cast, client_of: Callable[..., Client], url: str
) -> None:
    own = cast.own
    theme = actions.put_theme(community=own.community, name="Inkoop", by=own.keeper)

    def fill(count: int) -> None:
        LearningQuestion.objects.bulk_create(
            LearningQuestion(
                community=own.community,
                wording=f"Vraag {number}?",
                theme=theme,
                owner=own.member if number % 2 else None,
                owner_unit=own.units[0] if number % 3 else None,
                state=QuestionState.RAISED,
                raised_at=clock.now(),
            )
            for number in range(count)
        )

    def counted(browser: Client) -> int:
        browser.get(url)
        with CaptureQueriesContext(connection) as captured:
            assert browser.get(url).status_code == 200
        return len(captured)

    browser = client_of(own.member)
    fill(3)
    few = counted(browser)
    fill(297)
    assert counted(browser) == few
    assert few <= 15
