"""What a division costs, by term, and which hard rules it breaks: plain Python, the measure for everything faster."""

from collections import Counter
from collections.abc import Iterable, Mapping

from leerkring.formation.outcome import Assignment, Rule, RuleAt
from leerkring.formation.problem import Group, Person, Problem, rank_in, slot_fits

CHOICE, SIZE, CHOSEN = "choice", "size", "chosen"
ATTRIBUTE, MET = "attribute:", "met:"


def weights_of(problem: Problem) -> dict[str, float]:
    """The mixing terms, each a cost for every pair of one group with the same value."""
    weights = {ATTRIBUTE + name: problem.objective.pair_cost(name) for name in problem.attributes()}
    return weights | {MET + name: problem.objective.met_cost() for name in problem.rounds()}


def value_of(person: Person, term: str) -> str:
    """The person's value for a mixing term; empty: none, which no one shares."""
    kind, _, name = term.partition(":")
    return (person.met if kind == "met" else person.attributes).get(name, "")


def choice_cost(problem: Problem, person: Person, group: Group) -> float:
    return problem.objective.rank_cost(rank_in(person, group)) if person.choices else 0.0


def pairs_in(members: Iterable[Person], term: str) -> int:
    counts = Counter(value for person in members if (value := value_of(person, term)))
    return sum(count * (count - 1) // 2 for count in counts.values())


def group_terms(
    problem: Problem, group: Group, members: list[Person], weights: Mapping[str, float]
) -> dict[str, float]:
    """The cost of one group by term, pairs who chose each other left out: they may sit in two groups."""
    terms = {CHOICE: sum(choice_cost(problem, person, group) for person in members)}
    for term, weight in weights.items():
        terms[term] = weight * pairs_in(members, term)
    terms[SIZE] = problem.objective.size_cost() * (len(members) - problem.mean_size()) ** 2
    return terms


def members_of(problem: Problem, assignment: Assignment) -> dict[str, list[Person]]:
    members: dict[str, list[Person]] = {group.id: [] for group in problem.groups}
    for person in problem.people:
        if assignment.get(person.id) in members:
            members[assignment[person.id]].append(person)
    return members


def terms_of(problem: Problem, assignment: Assignment) -> dict[str, float]:
    """The cost by term."""
    members, weights = members_of(problem, assignment), weights_of(problem)
    totals: dict[str, float] = {CHOICE: 0.0, **dict.fromkeys(weights, 0.0), SIZE: 0.0}
    for group in problem.groups:
        for term, cost in group_terms(problem, group, members[group.id], weights).items():
            totals[term] += cost
    if pairs := problem.chosen_pairs():
        split = sum(assignment.get(one) != assignment.get(other) for one, other in pairs)
        totals[CHOSEN] = problem.objective.chosen_cost() * split
    return {term: round(cost, 6) for term, cost in totals.items()}


def cost_of(problem: Problem, assignment: Assignment) -> float:
    return round(sum(terms_of(problem, assignment).values()), 6)


def violations_of(problem: Problem, assignment: Assignment) -> tuple[RuleAt, ...]:
    """Every hard rule that this division breaks."""
    groups = {group.id: group for group in problem.groups}
    broken: list[RuleAt] = []
    for person in problem.people:
        group = groups.get(assignment.get(person.id, ""))
        if group is None:
            broken.append(RuleAt(Rule.PLACE, (person.id,)))
        else:
            broken += _broken_by(person, group)
    broken += pair_violations(problem, assignment)
    members = members_of(problem, assignment)
    for group in problem.groups:
        broken += broken_in(group, members[group.id])
    return tuple(broken)


def _broken_by(person: Person, group: Group) -> list[RuleAt]:
    broken = []
    if not slot_fits(person, group):
        broken.append(RuleAt(Rule.SLOT, (person.id,), (group.id,)))
    if person.pin and person.pin != group.id:
        broken.append(RuleAt(Rule.PIN, (person.id,), (person.pin,)))
    return broken


def pair_violations(problem: Problem, assignment: Assignment) -> list[RuleAt]:
    apart = [
        RuleAt(Rule.APART, pair, (assignment[pair[0]],))
        for pair in sorted(problem.apart_pairs())
        if assignment.get(pair[0]) == assignment.get(pair[1]) and pair[0] in assignment
    ]
    return apart + [
        RuleAt(Rule.TOGETHER, pair)
        for pair in sorted(problem.together_pairs())
        if assignment.get(pair[0]) != assignment.get(pair[1])
    ]


def broken_in(group: Group, members: list[Person]) -> list[RuleAt]:
    """The rules of the group itself."""
    size, broken = len(members), []
    if size < group.min_size:
        broken.append(RuleAt(Rule.MIN_SIZE, (), (group.id,), group.min_size, size))
    if size > group.max_size:
        broken.append(RuleAt(Rule.MAX_SIZE, (), (group.id,), group.max_size, size))
    if group.needs_facilitator and not any(person.can_facilitate for person in members):
        broken.append(RuleAt(Rule.FACILITATOR, (), (group.id,)))
    return broken


def ties(members: list[Person], rounds: Iterable[str]) -> tuple[int, int]:
    """Pairs who never met, and meetings that are repeated."""
    rounds, new, repeats = tuple(rounds), 0, 0
    for index, one in enumerate(members):
        for other in members[:index]:
            times = sum(bool(one.met.get(name)) and one.met.get(name) == other.met.get(name) for name in rounds)
            new += not times
            repeats += times
    return new, repeats


def first_wishes(problem: Problem, assignment: Mapping[str, str]) -> int:
    groups = {group.id: group for group in problem.groups}
    return sum(rank_in(person, groups[assignment[person.id]]) == 0 for person in problem.people)
