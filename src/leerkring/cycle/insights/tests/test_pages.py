from collections.abc import Callable

from django.test import Client

from leerkring.community.people.models import Person
from leerkring.cycle.insights import actions
from leerkring.cycle.insights.tests.making import (
    make_group,
    make_insight,
    make_line,
    make_meeting,
    make_question,
    make_thread,
)
from tests.cast import Cast

ClientOf = Callable[[Person | None], Client]


def test_every_page_shows(cast: Cast, client_of: ClientOf) -> None:
    meeting, question = make_meeting(cast.own), make_question(cast.own, code="A")
    group = make_group(cast.own, questions=[question])
    for text in ("Bel eerder", "Bel later"):
        line = make_line(cast.own, text, meeting=meeting, kind="insight")
    actions.promote_to_insight(item=line, by=cast.own.facilitator)
    insight = make_insight(cast.own, group=group, meeting=meeting, questions=[question])
    thread = make_thread(cast.own)
    actions.add_to_thread(thread=thread, insight=insight, by=cast.own.member)
    actions.add_to_thread(thread=thread, question=question, by=cast.own.member)
    actions.follow_up(insight=insight, wording="En nu?", by=cast.own.member)
    browser = client_of(cast.own.lead)
    for address in (
        f"meetings/{meeting.pk}/",
        f"meetings/{meeting.pk}/harvest/",
        f"meetings/{meeting.pk}/harvest/sort/",
        f"meetings/{meeting.pk}/harvest/{line.pk}/",
        "insights/",
        "insights/?words=belt&theme=9999",
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
        assert browser.get(f"/eigen/{address}").status_code == 200, address
