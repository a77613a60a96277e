"""The promise that the sample keeps: from every norm one can click back to a question and a meeting."""

import pytest

from leerkring.community.memberships.enums import CommunityKind
from leerkring.community.memberships.models import Community
from leerkring.community.people.models import Person
from leerkring.cycle.uptake.enums import Step
from leerkring.cycle.uptake.models import QuestionFromBlock, Uptake
from leerkring.overview.trace.enums import Kind
from leerkring.overview.trace.queries import trace_back, trace_forward

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("sample")]


def team_of(community: Community) -> Person:
    grant = community.role_grants.filter(role="team").select_related("person__account").first()
    assert grant is not None
    return grant.person


def test_every_norm_goes_back_to_a_question_and_a_meeting() -> None:
    norms = Uptake.objects.filter(step=Step.NORM, given_up_at=None).select_related("change__community")
    assert norms.count() >= 1
    for norm in norms:
        kinds = {node.kind for node in trace_back(norm, team_of(norm.change.community))}
        assert {Kind.MEETING, Kind.QUESTION, Kind.INSIGHT, Kind.CHANGE} <= kinds, norm


def test_every_question_from_a_block_goes_back_through_that_block_and_on() -> None:
    links = QuestionFromBlock.objects.select_related("question__community", "block__uptake__change__community")
    assert links.count() >= 1
    for link in links:
        team = team_of(link.question.community)
        assert (Kind.UPTAKE, link.block.uptake_id) in {(node.kind, node.pk) for node in trace_back(link.question, team)}
        assert (Kind.QUESTION, link.question_id) in {
            (node.kind, node.pk) for node in trace_forward(link.block.uptake, team)
        }


def test_every_meeting_with_a_question_leads_on() -> None:
    for community in Community.objects.filter(kind=CommunityKind.PROGRAMME):
        team = team_of(community)
        for meeting in community.meeting_items.filter(raised_questions__isnull=False).distinct():
            assert Kind.QUESTION in {node.kind for node in trace_forward(meeting, team)}
