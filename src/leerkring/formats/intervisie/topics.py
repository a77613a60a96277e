"""The step that is on, made once for all phones of a group."""

from __future__ import annotations

from django.http import HttpRequest
from django.template.loader import render_to_string

from leerkring.community.memberships.requests import person_of
from leerkring.formats.intervisie import access, queries
from leerkring.formats.intervisie.facts import IntervisieRoundFact
from leerkring.formats.intervisie.models import Round
from leerkring.formats.intervisie.screens import now_in, plan_for
from leerkring.platform import live


def round_of_change(change: live.Change) -> int | None:
    return change.ids.get("intervisie_round_id")


def round_named(key: str) -> Round | None:
    return queries.round_numbered(int(key)) if key.isascii() and key.isdigit() and len(key) < 19 else None


def for_the_group(request: HttpRequest, key: str) -> live.Grant | None:
    person, round_ = person_of(request), round_named(key)
    if person is None or round_ is None or not access.may_run(person, round_):
        return None
    return live.Grant([round_.group.circle_id], person.pk)


@live.topic("intervisie.round", facts=[IntervisieRoundFact], key_of=round_of_change, may_listen=for_the_group)
def round_screen(key: str, language: str) -> live.Snapshot | None:
    """Nothing of now is in it: the page counts from `ends_at` by the server's clock."""
    round_ = round_named(key)
    if round_ is None:
        return None
    now = now_in(round_) if round_.is_running else None
    html = render_to_string("intervisie/phone_now.html", {"round": round_, "now": now, "plan": _plan(round_)})
    return live.Snapshot(
        round_.version,
        {
            "html": html,
            "state": round_.state,
            "ends_at": round_.ends_at,
            "left_seconds": round_.left_seconds,
            "minutes": now.minutes if now else None,
        },
    )


def _plan(round_: Round) -> object:
    return plan_for(round_) if round_.is_planned else None
