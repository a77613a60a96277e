from __future__ import annotations

from leerkring.community.memberships.models import Community
from leerkring.community.memberships.queries import standing_of
from leerkring.community.people.models import Person
from leerkring.cycle.insights.stories.models import ValueStory


def may_tell_story(person: Person | None, community: Community) -> bool:
    """Whoever belongs to the programme, followers too."""
    return standing_of(person).belongs_to(community)


def may_keep_story(person: Person | None, story: ValueStory) -> bool:
    """Word it, say who may read it, withdraw it: its teller alone."""
    return person is not None and story.teller_id == person.pk


def may_see_teller(person: Person | None, story: ValueStory) -> bool:
    """Inside the programme a story has a name; outside it only when its teller agreed (rule 12)."""
    return story.is_named or may_keep_story(person, story) or standing_of(person).belongs_to(story.community)
