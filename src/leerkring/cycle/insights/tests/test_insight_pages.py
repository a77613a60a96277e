"""Insights and threads as people read and write them."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from leerkring.community.memberships.enums import Label
from leerkring.community.people.models import Person
from leerkring.cycle.groups.tests.making import ODD
from leerkring.cycle.insights import actions, queries
from leerkring.cycle.insights.models import Insight, Thread
from leerkring.cycle.insights.tests.making import (
    make_group,
    make_insight,
    make_line,
    make_meeting,
    make_member,
    make_question,
    make_theme,
    make_thread,
)
from leerkring.cycle.questions.models import LearningQuestion
from leerkring.platform import clock
from tests.cast import Cast

ClientOf = Callable[[Person | None], Client]


def text_of(browser: Client, address: str) -> str:
    answer = browser.get(f"/eigen/{address}")
    assert answer.status_code == 200, address
    return answer.content.decode()


def test_every_page_shows_in_both_languages(cast: Cast, client_of: ClientOf) -> None:
    meeting, question = make_meeting(cast.own), make_question(cast.own, code="A")
    group = make_group(cast.own, questions=[question])
    line = make_line(cast.own, "Bel eerder", meeting=meeting, kind="insight")
    insight = make_insight(cast.own, group=group, meeting=meeting, questions=[question])
    thread = make_thread(cast.own)
    actions.add_to_thread(thread=thread, insight=insight, by=cast.own.member)
    actions.add_to_thread(thread=thread, question=question, by=cast.own.member)
    browser = client_of(cast.own.lead)
    for language, words in (("nl", "Inzichten"), ("en", "Insights")):
        browser.cookies["leerkring-language"] = language
        for address in (
            f"meetings/{meeting.pk}/",
            f"meetings/{meeting.pk}/harvest/",
            f"meetings/{meeting.pk}/harvest/sort/",
            f"meetings/{meeting.pk}/harvest/{line.pk}/",
            "insights/",
            "insights/new/",
            f"insights/{insight.pk}/",
            f"insights/{insight.pk}/edit/",
            "threads/",
            "threads/new/",
            f"threads/{thread.pk}/",
            f"threads/{thread.pk}/?q=bel",
            f"threads/{thread.pk}/edit/",
            f"questions/{question.pk}/",
            f"groups/{group.pk}/",
        ):
            assert words in text_of(browser, address), (language, address)


def test_the_list_is_narrowed_by_every_choice(cast: Cast, client_of: ClientOf) -> None:
    theme, meeting = make_theme(cast.own), make_meeting(cast.own)
    question = make_question(cast.own, code="A", theme=theme)
    group, thread = make_group(cast.own), make_thread(cast.own)
    by_theme = make_insight(cast.own, "Over het thema", questions=[question])
    by_group = make_insight(cast.own, "Van de groep", group=group)
    by_meeting = make_insight(cast.own, "Uit de bijeenkomst", meeting=meeting)
    in_thread = make_insight(cast.own, "In de draad", context="Bij sloop van een hal")
    actions.add_to_thread(thread=thread, insight=in_thread, by=cast.own.member)
    every = {by_theme, by_group, by_meeting, in_thread}
    browser = client_of(cast.own.follower)
    for sieve, found in (
        ("", every),
        (f"?theme={theme.pk}", {by_theme}),
        (f"?group={group.pk}", {by_group}),
        (f"?meeting={meeting.pk}", {by_meeting}),
        (f"?thread={thread.pk}", {in_thread}),
        ("?words=sloop+hal", {in_thread}),
        ("?words=sloop+thema", set()),
        ("?theme=999999&group=nonsense", every),
    ):
        text = text_of(browser, f"insights/{sieve}")
        assert {insight for insight in every if insight.sentence in text} == found, sieve


def test_a_group_insight_is_in_no_list_count_strip_or_thread_of_others(cast: Cast, client_of: ClientOf) -> None:
    question, meeting = make_question(cast.own, code="A"), make_meeting(cast.own)
    group, thread = make_group(cast.own), make_thread(cast.own)
    hidden = make_insight(
        cast.own, "Alleen voor ons", group=group, meeting=meeting, questions=[question], label=Label.GROUP
    )
    actions.add_to_thread(thread=thread, insight=hidden, by=cast.own.member)
    asked = actions.follow_up(insight=hidden, wording="En nu?", by=cast.own.member)
    addresses = (
        "insights/", "insights/?words=voor", f"threads/{thread.pk}/", f"questions/{question.pk}/",
        f"questions/{asked.pk}/", f"meetings/{meeting.pk}/", f"groups/{group.pk}/",
    )  # fmt: skip
    for person, sees in ((cast.own.member, True), (cast.own.lead, True), (cast.own.keeper, False)):
        browser = client_of(person)
        for address in addresses:
            assert ("Alleen voor ons" in text_of(browser, address)) == sees, (person, address)
        assert browser.get(f"/eigen/insights/{hidden.pk}/").status_code == (200 if sees else 404)
    assert "Nog geen inzichten" in text_of(client_of(cast.own.keeper), "insights/")
    assert "0 inzichten" in text_of(client_of(cast.own.keeper), "threads/")
    assert "1 inzicht" in text_of(client_of(cast.own.member), "threads/")


def test_sources_that_are_hidden_are_not_named(cast: Cast, client_of: ClientOf) -> None:
    group = make_group(cast.own, "Besloten kring", label=Label.GROUP)
    meeting = make_meeting(cast.own, label=Label.GROUP, title="Besloten dag")
    question = LearningQuestion.objects.create(
        community=group.circle, wording="Besloten vraag?", label=Label.GROUP, raised_at=clock.now()
    )
    insight = make_insight(
        cast.own, "Open inzicht", by=cast.own.lead, group=group, meeting=meeting, questions=[question]
    )
    for address in ("insights/", f"insights/{insight.pk}/"):
        text = text_of(client_of(cast.own.keeper), address)
        assert "Open inzicht" in text
        assert "Besloten" not in text
        assert "Besloten" in text_of(client_of(cast.own.lead), address)


def test_a_visitor_reads_a_public_insight_without_names(cast: Cast, client_of: ClientOf) -> None:
    insight = make_insight(cast.own, by=cast.own.facilitator, label=Label.PUBLIC)
    text = text_of(client_of(None), f"insights/{insight.pk}/")
    assert insight.sentence in text
    assert cast.own.facilitator.name not in text
    assert cast.own.facilitator.name in text_of(client_of(cast.own.follower), f"insights/{insight.pk}/")


def test_forged_and_foreign_ids_are_not_there(cast: Cast, client_of: ClientOf) -> None:
    foreign = make_insight(cast.other, by=cast.other.facilitator, label=Label.PUBLIC)
    thread = make_thread(cast.other, by=cast.other.lead, label=Label.PUBLIC)
    own = make_insight(cast.own)
    browser = client_of(cast.own.lead)
    for address in (f"insights/{foreign.pk}/", "insights/999999/", f"threads/{thread.pk}/", "threads/999999/"):
        assert browser.get(f"/eigen/{address}").status_code == 404, address
    for address in (
        f"insights/{own.pk}/questions/{make_question(cast.other).pk}/unlink/",
        f"threads/{make_thread(cast.own).pk}/insights/{foreign.pk}/add/",
        f"threads/{make_thread(cast.own).pk}/questions/999999/remove/",
    ):
        assert browser.post(f"/eigen/{address}").status_code == 404, address


@pytest.mark.parametrize("sentence", ODD)
def test_any_sentence_is_kept_and_shown(cast: Cast, client_of: ClientOf, sentence: str) -> None:
    browser = client_of(cast.own.member)
    for _ in range(2):
        answer = browser.post("/eigen/insights/new/", {"sentence": sentence, "label": "programme"})
        assert answer.status_code == 302
    insight = Insight.objects.get()
    assert insight.sentence == sentence
    shown = sentence.replace("<", "&lt;").replace(">", "&gt;").replace("'", "&#x27;")
    assert shown in text_of(browser, f"insights/{insight.pk}/")


def test_writing_what_may_not_be_comes_back(cast: Cast, client_of: ClientOf) -> None:
    browser = client_of(cast.own.member)
    for data in (
        {"sentence": "", "label": "programme"},
        {"sentence": "m" * 301, "label": "programme"},
        {"sentence": "Kort", "label": "group"},
        {"sentence": "Kort", "label": "public"},
        {"sentence": "Kort", "label": "programme", "group": make_group(cast.own, contact=cast.own.keeper).pk},
        {"sentence": "Kort", "label": "programme", "questions": [make_question(cast.other).pk]},
        {"sentence": "Kort", "label": "programme", "evidence_url": "javascript:alert(1)"},
    ):
        assert browser.post("/eigen/insights/new/", data).status_code == 422, data
    assert Insight.objects.count() == 0
    assert client_of(cast.own.follower).get("/eigen/insights/new/").status_code == 403


def test_two_tabs_on_an_insight(cast: Cast, client_of: ClientOf) -> None:
    insight = make_insight(cast.own)
    address = f"/eigen/insights/{insight.pk}/edit/"
    data = {"sentence": "De eerste zin", "context": "", "evidence": "", "revision": 1}
    assert client_of(cast.own.facilitator).post(address, data).status_code == 302
    answer = client_of(cast.own.member).post(address, data | {"sentence": "De tweede zin"})
    assert answer.status_code == 422
    for words in ("De eerste zin", "De tweede zin", cast.own.facilitator.name, 'name="revision" value="2"'):
        assert words in answer.content.decode()


def test_verbs_on_an_insight(cast: Cast, client_of: ClientOf) -> None:
    insight, question = make_insight(cast.own), make_question(cast.own, code="A")
    browser, address = client_of(cast.own.member), f"/eigen/insights/{insight.pk}/"
    assert browser.post(address + "questions/", {"question": question.pk}).status_code == 302
    assert browser.post(address + "questions/", {}).status_code == 422
    assert list(insight.questions.all()) == [question]
    for _ in range(2):
        assert browser.post(f"{address}questions/{question.pk}/unlink/").status_code == 302
    assert browser.post(address + "label/", {"label": "organisations"}).status_code == 302
    assert browser.post(address + "label/", {"label": "public"}).status_code == 403
    assert browser.post(address + "label/", {"label": "secret"}).status_code == 422
    for _ in range(2):
        answer = browser.post(address + "follow-up/", {"wording": "Hoe dan?"})
    asked = LearningQuestion.objects.get(wording="Hoe dan?")
    assert answer["Location"] == f"/eigen/questions/{asked.pk}/"
    assert browser.post(address + "follow-up/", {"wording": ""}).status_code == 422
    assert "Hoe dan?" in text_of(browser, f"insights/{insight.pk}/")
    assert insight.sentence in text_of(browser, f"questions/{asked.pk}/")


def test_a_thread_is_filled_by_searching(cast: Cast, client_of: ClientOf) -> None:
    thread, insight = make_thread(cast.own), make_insight(cast.own, "Wie vroeg belt, krijgt ruimte")
    question = make_question(cast.own, "Wie belt er vroeg?", code="A")
    browser, address = client_of(cast.own.member), f"threads/{thread.pk}/"
    text = text_of(browser, address + "?q=vroeg")
    assert f"insights/{insight.pk}/add/" in text
    assert f"questions/{question.pk}/add/" in text
    for kind, pk in (("insights", insight.pk), ("questions", question.pk)):
        for _ in range(2):
            answer = browser.post(f"/eigen/{address}{kind}/{pk}/add/", {"q": "vroeg"})
            assert answer["Location"] == f"/eigen/{address}?q=vroeg"
    assert "Niets gevonden dat er nog niet in zit" in text_of(browser, address + "?q=vroeg")
    answer = browser.post(f"/eigen/{address}insights/{insight.pk}/remove/", follow=True)
    assert f"insights/{insight.pk}/add/" in answer.content.decode()
    assert list(queries.insights_in(cast.own.member, thread)) == []


def test_only_its_maker_and_facilitators_fill_a_thread(cast: Cast, client_of: ClientOf) -> None:
    thread, insight = make_thread(cast.own), make_insight(cast.own)
    address = f"/eigen/threads/{thread.pk}/insights/{insight.pk}/add/"
    assert client_of(make_member(cast.own, "Anna")).post(address).status_code == 403
    assert client_of(cast.own.follower).post(address).status_code == 403
    assert "Voeg toe aan de rode draad" not in text_of(client_of(cast.own.follower), f"threads/{thread.pk}/")
    assert client_of(cast.own.keeper).post(address).status_code == 302


def test_two_tabs_on_a_thread(cast: Cast, client_of: ClientOf) -> None:
    browser = client_of(cast.own.member)
    for _ in range(2):
        assert browser.post("/eigen/threads/new/", {"title": "Draad", "label": "programme"}).status_code == 302
    thread = Thread.objects.get()
    address = f"/eigen/threads/{thread.pk}/edit/"
    data = {"title": "Draad", "story": "De ene", "label": "programme", "revision": 1}
    assert browser.post(address, data).status_code == 302
    answer = client_of(cast.own.lead).post(address, data | {"story": "De andere"})
    assert answer.status_code == 422
    assert "De ene" in answer.content.decode()
    assert "De andere" in answer.content.decode()


@pytest.mark.parametrize("page", ["insights/", "threads/", "thread"])
def test_three_rows_and_three_hundred_cost_the_same(cast: Cast, client_of: ClientOf, page: str) -> None:
    thread = make_thread(cast.own)
    address = f"/eigen/threads/{thread.pk}/" if page == "thread" else f"/eigen/{page}"
    browser, now = client_of(cast.own.member), clock.now()
    question, group = make_question(cast.own, code="A"), make_group(cast.own)

    def fill(numbers: range) -> None:
        made = Insight.objects.bulk_create(
            Insight(
                community=group.circle,
                group=group,
                sentence=f"Inzicht {number}",
                found_on=clock.today(),
                by=cast.own.member,
                changed_at=now,
            )
            for number in numbers
        )
        thread.insights.add(*made)
        question.insights.add(*made)
        Thread.objects.bulk_create(
            Thread(community=cast.own.community, title=f"Draad {number}", made_at=now, changed_at=now)
            for number in numbers
        )

    fill(range(3))
    browser.get(address)
    with CaptureQueriesContext(connection) as few:
        browser.get(address)
    fill(range(3, 300))
    with CaptureQueriesContext(connection) as many:
        browser.get(address)
    # The pages of a list appear from the second page on; they cost no query of their own.
    assert len(many) == len(few) <= 16
