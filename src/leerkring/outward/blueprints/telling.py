"""The second edition of the West-Brabant sample, planned from the first as a lead would, and open for enrolment."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from leerkring.community.memberships import queries as memberships
from leerkring.direction.programmes import queries as programmes
from leerkring.outward.blueprints import actions, queries
from leerkring.platform import clock, facts
from leerkring.sample import west_brabant_again as again
from leerkring.sample.facts import StoryTold
from leerkring.sample.stage import moment


@facts.beside(StoryTold)
def tell_the_next_edition(fact: StoryTold) -> None:
    community = memberships.sample_programmes().filter(pk=fact.community_id or 0).first()
    by, today = again.lead(), clock.today()
    edition = programmes.editions_visible_to(by, community).first() if community else None
    blueprint = queries.blueprint_of(edition) if edition else None
    if community is None or by is None or blueprint is None:
        return
    first = again.first_day(today)
    begins = [
        timezone.make_aware(datetime.combine(day, part.begins))
        for part, day in zip(blueprint.moments, blueprint.dates_from(first), strict=True)
    ]
    with clock.at(moment(today - again.PLANNED_BEFORE)):
        planned = actions.plan_from_blueprint(
            programme=programmes.programme_of(community), blueprint=blueprint, name=again.name_of_edition(first),
            begins=begins, place=again.PLACE, places_count=again.PLACES_COUNT, by=by,
        )  # fmt: skip
    if planned.edition is not None:
        again.recruit(planned.edition, today=today, by=by)
