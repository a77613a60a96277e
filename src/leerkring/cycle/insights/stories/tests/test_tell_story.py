"""A value story belongs to its teller, who says who reads it and takes that back."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from leerkring.community.memberships.enums import Label
from leerkring.community.people.models import Person
from leerkring.cycle.insights.stories import actions, pictures, queries
from leerkring.cycle.insights.stories.enums import Value
from leerkring.cycle.insights.stories.models import ValueStory
from leerkring.platform import clock
from leerkring.platform.facts.models import FactRow
from leerkring.platform.rules import EditedMeanwhile, Refused
from tests.cast import Cast

Browser = Callable[..., Client]
SAID = "Ik bel nu eerst de buurgemeente"


def facts_named(name: str) -> list[dict[str, object]]:
    return list(FactRow.objects.filter(name=name).order_by("id").values_list("ids", flat=True))


def url(cast: Cast, name: str, *ids: int) -> str:
    return reverse(f"insights:{name}", args=[cast.own.community.slug, *ids])


@pytest.fixture
def story(cast: Cast) -> ValueStory:
    return actions.tell_story(community=cast.own.community, texts={Value.APPLIED: SAID}, by=cast.own.member)


def readers(cast: Cast) -> list[str]:
    people: dict[str, Person | None] = {
        "teller": cast.own.member, "lead": cast.own.lead, "follower": cast.own.follower,
        "colleague": cast.own.colleague, "outsider": cast.outsider, "visitor": None,
    }  # fmt: skip
    return [name for name, who in people.items() if queries.stories_visible_to(who, cast.own.community).exists()]


def test_starts_anywhere_and_is_its_tellers_alone(cast: Cast, story: ValueStory) -> None:
    assert (story.opening, [value for value, _text in story.told]) == (SAID, [Value.APPLIED])
    assert readers(cast) == ["teller"]
    assert facts_named("StoryTold") == [{"story_id": story.pk}]
    assert pictures.rings(story).count("is-told") == 1
    for texts in ({}, {Value.APPLIED: "  "}, {Value.APPLIED: "x" * 301}):
        with pytest.raises(Refused):
            actions.tell_story(community=cast.own.community, texts=texts, by=cast.own.member)
    with pytest.raises(PermissionDenied):
        actions.tell_story(community=cast.own.community, texts={Value.APPLIED: SAID}, by=cast.own.colleague)


def test_label_is_set_and_withdrawn_by_its_teller(cast: Cast, story: ValueStory) -> None:
    seen = {}
    for label in (Label.PROGRAMME, Label.ORGANISATIONS, Label.PUBLIC):
        actions.show_story(story=story, label=label, by=cast.own.member)
        seen[label.value] = readers(cast)
    inside = ["teller", "lead", "follower"]
    assert seen == {
        "programme": inside,
        "organisations": [*inside, "colleague"],
        "public": [*inside, "colleague", "outsider", "visitor"],
    }
    actions.withdraw_story(story=story, by=cast.own.member)
    assert readers(cast) == ["teller"]
    assert [fact["label"] for fact in facts_named("StoryShown")] == list(seen)
    assert facts_named("StoryWithdrawn") == [{"story_id": story.pk}]
    with pytest.raises(Refused):
        actions.show_story(story=story, label=Label.GROUP, by=cast.own.member)
    for act in (actions.withdraw_story, actions.remove_story):
        with pytest.raises(PermissionDenied):
            act(story=story, by=cast.own.lead)


def test_is_worded_anew_and_thrown_away(cast: Cast, story: ValueStory) -> None:
    texts = {Value.APPLIED: SAID, Value.REALISED: "Samen ingekocht"}
    story = actions.change_story(story=story, texts=texts, revision=1, by=cast.own.member)
    with pytest.raises(EditedMeanwhile):
        actions.change_story(story=story, texts=texts, revision=1, by=cast.own.member)
    actions.show_story(story=story, label=Label.PROGRAMME, by=cast.own.member)
    with pytest.raises(Refused):
        actions.remove_story(story=story, by=cast.own.member)
    actions.withdraw_story(story=story, by=cast.own.member)
    actions.remove_story(story=story, by=cast.own.member)
    assert not ValueStory.objects.exists()
    assert [len(facts_named(name)) for name in ("StoryChanged", "StoryRemoved")] == [1, 1]


def test_pages(cast: Cast, client_of: Browser) -> None:
    browser = client_of(cast.own.follower)
    assert browser.get(url(cast, "story_new")).status_code == 200
    assert browser.post(url(cast, "story_new"), {}).status_code == 422
    assert browser.post(url(cast, "story_new"), {"immediate": SAID}).status_code == 302
    story = ValueStory.objects.get()
    page = url(cast, "story_page", story.pk)
    assert client_of(cast.own.lead).get(page).status_code == 404
    assert browser.post(url(cast, "story_show", story.pk), {}).status_code == 422
    assert browser.post(url(cast, "story_show", story.pk), {"label": "public"}).status_code == 302
    visitor = client_of(None).get(page).content.decode()
    assert SAID in visitor
    assert cast.own.follower.name not in visitor
    assert cast.own.follower.name in client_of(cast.own.member).get(page).content.decode()
    assert client_of(cast.own.lead).post(url(cast, "story_withdraw", story.pk)).status_code == 403
    said = {"immediate": SAID, "potential": "Een lijst", "revision": story.revision}
    assert browser.get(url(cast, "story_edit", story.pk)).status_code == 200
    assert browser.post(url(cast, "story_edit", story.pk), said).status_code == 302
    assert browser.post(url(cast, "story_edit", story.pk), said).status_code == 422
    named = {"label": "public", "is_named": "on"}
    assert browser.post(url(cast, "story_show", story.pk), named).status_code == 302
    assert cast.own.follower.name in client_of(None).get(page).content.decode()
    assert browser.post(url(cast, "story_remove", story.pk)).status_code == 302
    assert browser.post(url(cast, "story_withdraw", story.pk)).status_code == 302
    assert browser.post(url(cast, "story_remove", story.pk)).status_code == 302
    assert not ValueStory.objects.exists()


def test_list_asks_as_much_for_three_as_for_three_hundred(cast: Cast, story: ValueStory, client_of: Browser) -> None:
    browser, page = client_of(cast.own.follower), url(cast, "stories_page")
    counts = []
    for number in (3, 297):
        ValueStory.objects.bulk_create(
            ValueStory(
                community=cast.own.community, label=Label.PROGRAMME, teller=cast.own.member, immediate="Fijn",
                told_at=clock.now() - timedelta(days=row), shown_at=clock.now(), changed_at=clock.now(),
            )
            for row in range(number)
        )  # fmt: skip
        with CaptureQueriesContext(
            connection,
        ) as found:
            assert browser.get(page).status_code == 200
        counts.append(len(found))
    assert counts[0] == counts[1]
    assert SAID not in browser.get(page).content.decode()
