"""Sentences for what the group former says in ids and numbers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from leerkring.cycle.groups.forming.models import Forming
from leerkring.cycle.groups.forming.results import pairs_of
from leerkring.formation.effects import Effect
from leerkring.formation.outcome import PersonReason, Rule, RuleAt, Swap, Why
from leerkring.formation.problem import Problem

Names = Callable[[str], str]
"""The name of a person, or of a group, by its key: they may have the same."""


def nth_wish(choice: int | None) -> str:
    """Which wish a group is, counted from 1."""
    words = [_("first wish"), _("second wish"), _("third wish"), _("fourth wish"), _("fifth wish")]
    return _("not one of the wishes") if choice is None else words[min(choice, len(words)) - 1]


def from_to(choices: tuple[int | None, int | None]) -> str:
    """From which wish to which somebody goes."""
    before, after = choices
    if before == after:
        return nth_wish(after)
    return _("from %(before)s to %(after)s") % {"before": nth_wish(before), "after": nth_wish(after)}


def better(percent: float, *, is_optimal: bool) -> str:
    """The proven bound."""
    if is_optimal or percent <= 0:
        return _("No division can be better for these wishes and rules.")
    number = number_format(percent, 1 if percent % 1 else 0)
    return _("No division can be more than %(percent)s %% better for these wishes.") % {"percent": number}


def pairs_in_words(name: str, count: int) -> str:
    """How many pairs more, or fewer, share something in one group."""
    n = abs(count)
    more = {
        "met": ngettext("%(count)d more pair who know each other", "%(count)d more pairs who know each other", n),
        "unit": ngettext("%(count)d more pair of one department", "%(count)d more pairs of one department", n),
        "organisation": ngettext(
            "%(count)d more pair of one organisation", "%(count)d more pairs of one organisation", n
        ),
        "policy_field": ngettext(
            "%(count)d more pair of one policy field", "%(count)d more pairs of one policy field", n
        ),
        "level": ngettext("%(count)d more pair of one level", "%(count)d more pairs of one level", n),
        "role": ngettext("%(count)d more pair with the same role", "%(count)d more pairs with the same role", n),
    }
    fewer = {
        "met": ngettext("%(count)d fewer pair who know each other", "%(count)d fewer pairs who know each other", n),
        "unit": ngettext("%(count)d fewer pair of one department", "%(count)d fewer pairs of one department", n),
        "organisation": ngettext(
            "%(count)d fewer pair of one organisation", "%(count)d fewer pairs of one organisation", n
        ),
        "policy_field": ngettext(
            "%(count)d fewer pair of one policy field", "%(count)d fewer pairs of one policy field", n
        ),
        "level": ngettext("%(count)d fewer pair of one level", "%(count)d fewer pairs of one level", n),
        "role": ngettext("%(count)d fewer pair with the same role", "%(count)d fewer pairs with the same role", n),
    }
    return (more if count > 0 else fewer)[name] % {"count": n}


def changes(problem: Problem, terms: Mapping[str, float]) -> list[str]:
    """What a move does to the mixing, in pairs; wishes are told by person."""
    said = [pairs_in_words(name, count) for name, count in pairs_of(problem, terms).items()]
    if chosen := terms.get("chosen", 0):
        said.append(_("people who chose each other are apart") if chosen > 0 else _("people who chose each other meet"))
    if size := terms.get("size", 0):
        said.append(_("sizes differ more") if size > 0 else _("sizes differ less"))
    return said


def listed(parts: Iterable[str]) -> str:
    return ", ".join(parts)


def why(reason: PersonReason, first: str, person: Names, group: Names) -> str:
    """Why somebody did not get the first wish, and what it would take. `first` is the name of that group."""
    if reason.swap is not None:
        return swap(reason.swap, person, group)
    said = {
        Why.NO_GROUP: _("The group of the first wish is not there."),
        Why.SLOT: _("%(group)s meets when this person cannot come."),
        Why.PIN: _("Pinned here."),
        Why.TOGETHER: _("Goes only together with somebody else."),
        Why.RULES: _("Every way into %(group)s breaks a rule."),
    }
    return said.get(reason.why, "") % {"group": first}


def swap(found: Swap, person: Names, group: Names) -> str:
    """The cheapest way to the first wish."""
    if found.other is None:
        return _("Could move to %(group)s.") % {"group": group(found.group)}
    values = {"group": group(found.group), "other": person(found.other)}
    if found.other_choice is None:
        return _("Could change places with %(other)s, to %(group)s.") % values
    before, after = found.other_choice
    if before == after:
        return _("Could change places with %(other)s, to %(group)s; for them it is the same.") % values
    values |= {"before": nth_wish(before), "after": nth_wish(after)}
    return _("Could change places with %(other)s, to %(group)s: they go from %(before)s to %(after)s.") % values


def price(problem: Problem, reason: PersonReason) -> str:
    """What that would cost everybody."""
    if reason.swap is None:
        return ""
    if reason.why is Why.COSTS_NOTHING:
        return _("For everybody together that is as good.")
    said = changes(problem, reason.swap.terms)
    return _("It costs: %(what)s.") % {"what": listed(said)} if said else ""


def effect(problem: Problem, found: Effect, names: Names) -> list[str]:
    """What one move or swap does: to those who move, to the mixing, to the rules."""
    said = [
        f"{names(person)}: {from_to(choices)}"
        for person, choices in found.choices.items()
        if choices[0] != choices[1] or choices[1] is not None
    ]
    return [*said, *changes(problem, found.terms)]


def verdict(found: Effect) -> str:
    if found.breaks:
        return _("breaks a rule")
    if found.price > 0:
        return _("worse")
    return _("better") if found.price < 0 else _("as good")


def rule(found: RuleAt, person: Names, group: Names) -> str:
    said = {
        Rule.MIN_SIZE: _("%(group)s needs at least %(number)s people; this gives %(would_be)s."),
        Rule.MAX_SIZE: _("%(group)s can have at most %(number)s people; this gives %(would_be)s."),
        Rule.FACILITATOR: _("%(group)s needs somebody who can guide it."),
        Rule.SLOT: _("%(people)s cannot come when %(group)s meets."),
        Rule.APART: _("%(people)s must be apart."),
        Rule.TOGETHER: _("%(people)s must be together."),
        Rule.PIN: _("%(people)s is pinned to %(group)s."),
        Rule.PLACE: _("%(people)s needs a group."),
    }
    return said[found.rule] % {
        "people": _(" and ").join(person(key) for key in found.people),
        "group": listed(group(key) for key in found.groups),
        "number": found.number,
        "would_be": found.would_be,
    }


def what_to_do(found: RuleAt) -> str:
    said = {
        Rule.MIN_SIZE: _("Lower the smallest size, or take the group away."),
        Rule.MAX_SIZE: _("Make the largest size bigger, or add a group."),
        Rule.FACILITATOR: _("Say of somebody else that they can guide a group, or let this one go without."),
        Rule.SLOT: _("Ask whether they can come after all, or add a group at a time that fits."),
        Rule.APART: _("Take this rule away."),
        Rule.TOGETHER: _("Take this rule away."),
    }
    return said.get(found.rule, _("Take the pin off."))


def stage(forming: Forming) -> str:
    """How far a run is."""
    words = {
        "waiting": _("Getting ready. The first time this takes a minute."),
        "rules": _("Looking whether all rules can hold."),
        "search": _("Looking for the best division."),
        "reasons": _("Working out the reasons."),
    }
    return words.get(forming.stage, words["search"])


def failure(kind: str) -> str:
    """What went wrong with a run, and what to do next."""
    words = {
        "stopped": _("It took too long, or the machine stopped it. Try again."),
        "broken": _("Our fault: forming the groups broke down. Nothing is lost. Try again."),
        "input": _("Nobody or no group is left to divide. Choose people and groups, then try again."),
        "reshuffle": _(
            "With at most five others moving, not everybody fits. Let more people move, or form the groups anew."
        ),
        "lost": _("The server stopped while the groups were being formed. Nothing is lost. Try again."),
    }
    return words.get(kind, words["broken"])
