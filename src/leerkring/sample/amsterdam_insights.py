"""Insights of a meeting or a group, with the questions that they say something about."""

from __future__ import annotations

from datetime import date, timedelta

from leerkring.community.memberships.enums import Label
from leerkring.cycle.insights import actions as insights
from leerkring.cycle.questions.models import LearningQuestion
from leerkring.sample import amsterdam_texts as texts
from leerkring.sample.amsterdam_days import City
from leerkring.sample.stage import on


def write_insights(city: City, source: str, day: date, *, apart: int = 0) -> None:
    """All insights of this source, the first on this day and each next one `apart` days later."""
    while len(city.insights) < len(texts.INSIGHTS):
        city.insights.append(None)
    group = city.groups.get(source)
    found = [(place, finding) for place, finding in enumerate(texts.INSIGHTS) if finding.source == source]
    for index, (place, finding) in enumerate(found):
        with on(day + timedelta(days=apart * index), 16):
            city.insights[place] = insights.write_insight(
                community=city.community,
                sentence=finding.sentence,
                context=finding.context,
                evidence=finding.evidence,
                meeting=city.meetings.get(source) or (group.formed_in if group else None),
                group=group,
                questions=_known(city, finding.questions),
                label=Label.PUBLIC if place % 3 else Label.PROGRAMME,
                by=city.noor,
            )


def link_late(city: City) -> None:
    """Insights that came before their question had a letter are linked to it now."""
    for place, finding in enumerate(texts.INSIGHTS):
        insight = city.insights[place]
        if insight is not None and finding.questions and not insight.questions.exists():
            for question in _known(city, finding.questions):
                insights.link_question(insight=insight, question=question, by=city.noor)


def _known(city: City, codes: str) -> list[LearningQuestion]:
    return list(LearningQuestion.objects.filter(community=city.community, code__in=list(codes)))
