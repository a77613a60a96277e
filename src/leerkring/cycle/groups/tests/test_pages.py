from collections.abc import Callable

from django.test import Client

from leerkring.community.people.models import Person
from leerkring.cycle.groups.tests.making import make_group, make_question, make_theme
from tests.cast import Cast


def test_pages_show(cast: Cast, client_of: Callable[[Person | None], Client]) -> None:
    question = make_question(cast.own, code="A", theme=make_theme(cast.own))
    group = make_group(cast.own, questions=[question], theme=question.theme)
    for who in (cast.own.lead, cast.own.member, None):
        for address in ("groups/", f"groups/{group.pk}/"):
            answer = client_of(who).get(f"/eigen/{address}")
            assert answer.status_code == (200 if who or address == "groups/" else 404)
