"""Sentences for what the group former says in data."""

from leerkring.formation.outcome import PersonReason, Rule, RuleAt, Why
from leerkring.formation.reading import Fault, Problematic

FAULTS = {
    Fault.UNREADABLE: "this is not a file that can be read. Save it as .csv, .xlsx or, for weights, .json.",
    Fault.NO_HEADING: "there is no column {column}. The first row holds the names of the columns.",
    Fault.NOBODY: "there is nobody in the list. Add a row for each person.",
    Fault.NO_GROUP: "there is no group in the list. Add a row for each group.",
    Fault.NO_ID: "the id is empty. Give each row an id of its own.",
    Fault.DOUBLE_ID: "the id {text!r} stands in an earlier row too. Give each row an id of its own.",
    Fault.DOUBLE_HEADING: "two columns are called {column!r}. Rename one.",
    Fault.UNKNOWN_PERSON: "nobody in the list has the id {text!r}. Correct it or take it out.",
    Fault.UNKNOWN_GROUP: "no group has the id {text!r}. Correct it or take it out.",
    Fault.THEMSELVES: "{text!r} is this person. Take it out.",
    Fault.NOT_A_NUMBER: "{text!r} is not a number that fits here. Use a number that is not below zero.",
    Fault.NOT_YES_OR_NO: "{text!r} is neither yes nor no.",
    Fault.MAX_BELOW_MIN: "the largest size {text} is below the smallest size. Correct one of them.",
    Fault.UNKNOWN_KEY: "{column!r} is no weight. Use rank_costs, unranked, attributes, met, size, chosen or wishes.",
}

RULES = {
    Rule.MIN_SIZE: "group {groups} has at least {number} people (it would have {would_be})",
    Rule.MAX_SIZE: "group {groups} has at most {number} people (it would have {would_be})",
    Rule.FACILITATOR: "group {groups} has a facilitator",
    Rule.SLOT: "{people} comes only on the slots named (it would be group {groups})",
    Rule.APART: "{people} are apart",
    Rule.TOGETHER: "{people} are together",
    Rule.PIN: "{people} is in group {groups}",
    Rule.PLACE: "{people} has a group",
}

REASONS = {
    Why.FIRST: "First wish.",
    Why.NO_WISH: "Wished nothing.",
    Why.NO_GROUP: "No group has the theme of the first wish.",
    Why.SLOT: "Every group with the theme of the first wish meets when this person cannot come.",
    Why.PIN: "Pinned to this group.",
    Why.TOGETHER: "Moves only with the people who must be in the same group.",
    Why.RULES: "Every move or swap into the first wish breaks a rule.",
}


def fault_words(fault: Problematic) -> str:
    row = f", row {fault.row}" if fault.row else ""
    column = f", column {fault.column}" if fault.column and fault.row else ""
    return f"{fault.source}{row}{column}: {FAULTS[fault.fault].format(column=fault.column, text=fault.text)}"


def rule_words(rule: RuleAt) -> str:
    return RULES[rule.rule].format(
        people=" and ".join(rule.people), groups=", ".join(rule.groups), number=rule.number, would_be=rule.would_be
    )


def because(reason: PersonReason) -> str:
    """Why this person has this group, in one or two sentences."""
    if reason.swap is None:
        return REASONS[reason.why]
    swap = reason.swap
    way = f"changing places with {swap.other} in group {swap.group}" if swap.other else f"moving to group {swap.group}"
    if reason.why is Why.COSTS_NOTHING:
        return f"The first wish would be as good for all together, by {way}."
    dearer = ", ".join(f"{name} {change:+g}" for name, change in swap.terms.items())
    return f"The first wish would cost {swap.price:g} more for all together, by {way} ({dearer})."
