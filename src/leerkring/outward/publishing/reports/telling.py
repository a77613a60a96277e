"""The reports of the sample cases, made and released with our own actions as soon as a case stands."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from django.utils import timezone

from leerkring.community.accounts import queries as accounts
from leerkring.community.memberships import queries as memberships
from leerkring.direction.programmes import queries as programmes
from leerkring.outward.publishing.reports import actions
from leerkring.outward.publishing.reports.enums import Audience
from leerkring.platform import clock, facts
from leerkring.sample.facts import StoryTold
from leerkring.sample.publications import LEADS

A_YEAR_LATER = date(2024, 2, 12)
"""When West-Brabant reports: what municipalities took over is known by then."""


@facts.beside(StoryTold)
def tell_what_is_reported(fact: StoryTold) -> None:
    community = memberships.sample_programmes().filter(pk=fact.community_id or 0).first()
    lead = accounts.address_named(LEADS[community.slug or ""].address) if community else None
    if community is None or lead is None:
        return
    programme, by, today = programmes.programme_of(community), lead.account.person, clock.today()
    edition = programmes.editions_visible_to(by, community).first()
    day = min(A_YEAR_LATER, today) if edition else today - timedelta(days=1)
    with clock.at(timezone.make_aware(datetime.combine(day, time(10)))):
        for audience in Audience if edition else (Audience.SPONSOR,):
            report = actions.make_report(programme=programme, edition=edition, audience=audience, by=by)
            actions.release_report(report=report, by=by)
