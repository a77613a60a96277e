from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string

from leerkring.community.accounts.actions import demo_link
from leerkring.platform.ui import slots
from leerkring.sample import scenario


@slots.fill("demo_page", order=10)
def cast_of_the_stories(request: HttpRequest, **more: Any) -> str | None:
    """The same people, in the same words, as the demo prints when it starts."""
    players = [
        {"person": person, "what": member.part, "to_try": member.task, "link": demo_link(person.account)}
        for member, person in scenario.cast()
        if person.account is not None
    ]
    return render_to_string("memberships/cast.html", {"players": players}, request) if players else None
