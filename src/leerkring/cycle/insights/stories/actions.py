from __future__ import annotations

from collections.abc import Mapping

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from leerkring.community.memberships.enums import Label
from leerkring.community.memberships.models import Community
from leerkring.community.people.models import Person
from leerkring.cycle.insights.stories import access
from leerkring.cycle.insights.stories.enums import Value
from leerkring.cycle.insights.stories.facts import (
    StoryChanged,
    StoryRemoved,
    StoryShown,
    StoryTold,
    StoryWithdrawn,
)
from leerkring.cycle.insights.stories.models import ValueStory
from leerkring.platform import clock, facts
from leerkring.platform.rules import EditedMeanwhile, Refused, check_fields

Texts = Mapping[Value, str]


def tell_story(*, community: Community, texts: Texts, by: Person) -> ValueStory:
    """Write one's own story down, starting anywhere; nobody else sees it yet. Raises PermissionDenied and Refused."""
    if not access.may_tell_story(by, community):
        raise PermissionDenied
    now = clock.now()
    story = ValueStory(
        community_id=community.root_pk, label=Label.PROGRAMME, teller=by, told_at=now, changed_at=now, **_said(texts)
    )
    check_fields(story)
    with transaction.atomic():
        story.save()
        facts.record(StoryTold(community_id=story.community_id, by_id=by.pk, story_id=story.pk))
    return story


def change_story(*, story: ValueStory, texts: Texts, by: Person, revision: int | None = None) -> ValueStory:
    """Word it anew, or go on with it. Raises PermissionDenied, Refused, or EditedMeanwhile (two windows of one)."""
    _require_teller(story, by)
    said = _said(texts)
    with transaction.atomic():
        story = _locked(story)
        if revision is not None and revision != story.revision:
            raise EditedMeanwhile(
                theirs="\n".join(text for _value, text in story.told),
                mine="\n".join(text for text in said.values() if text),
                by_name=by.name,
                at=story.changed_at,
                revision=story.revision,
            )
        for name, text in said.items():
            setattr(story, name, text)
        story.changed_at, story.revision = clock.now(), story.revision + 1
        check_fields(story)
        story.save()
        facts.record(StoryChanged(community_id=story.community_id, by_id=by.pk, story_id=story.pk))
    return story


def show_story(*, story: ValueStory, label: Label, by: Person, is_named: bool = False) -> ValueStory:
    """Say who may read it, and whether one's name stands with it outside. Raises PermissionDenied and Refused."""
    _require_teller(story, by)
    if label == Label.GROUP:
        raise Refused(_("Choose who may read it: the programme, the organisations, or everybody."))
    with transaction.atomic():
        story = _locked(story)
        story.label, story.is_named, story.shown_at = label, is_named, story.shown_at or clock.now()
        story.save(update_fields=["label", "is_named", "shown_at"])
        facts.record(StoryShown(community_id=story.community_id, by_id=by.pk, story_id=story.pk, label=label.value))
    return story


def withdraw_story(*, story: ValueStory, by: Person) -> ValueStory:
    """Keep it to oneself again, at once. Twice is once. Raises PermissionDenied."""
    _require_teller(story, by)
    with transaction.atomic():
        story = _locked(story)
        if story.shown_at is not None:
            story.shown_at = None
            story.save(update_fields=["shown_at"])
            facts.record(StoryWithdrawn(community_id=story.community_id, by_id=by.pk, story_id=story.pk))
    return story


def remove_story(*, story: ValueStory, by: Person) -> None:
    """Throw it away for good; it has to be withdrawn first. Raises PermissionDenied and Refused."""
    _require_teller(story, by)
    with transaction.atomic():
        story = _locked(story)
        if story.is_shown:
            raise Refused(_("First keep it to yourself. Then you can throw it away."))
        facts.record(StoryRemoved(community_id=story.community_id, by_id=by.pk, story_id=story.pk))
        story.delete()


def _require_teller(story: ValueStory, by: Person) -> None:
    if not access.may_keep_story(by, story):
        raise PermissionDenied


def _said(texts: Texts) -> dict[str, str]:
    said = {value.value: " ".join(texts.get(value, "").split()) for value in Value}
    if not any(said.values()):
        raise Refused(_("Answer at least one of the five. You can start anywhere."))
    return said


def _locked(story: ValueStory) -> ValueStory:
    return ValueStory.objects.select_for_update(of=("self",)).select_related("community", "teller").get(pk=story.pk)
