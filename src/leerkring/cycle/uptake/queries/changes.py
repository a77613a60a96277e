from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet

from leerkring.community.memberships.models import Community
from leerkring.community.memberships.queries import labelled_visible_to, open_in, readable_in
from leerkring.community.people.models import Person, Unit
from leerkring.cycle.insights.models import Insight
from leerkring.cycle.questions.enums import GONE_STATES
from leerkring.cycle.questions.models import LearningQuestion, Theme
from leerkring.cycle.uptake.enums import Step
from leerkring.cycle.uptake.models import (
    Block,
    Change,
    GivingUp,
    NormReview,
    QuestionFromBlock,
    StepTaken,
    Uptake,
)
from leerkring.direction.strategy.models import Activity, Goal
from leerkring.platform import clock


def changes_visible_to(person: Person | None, community: Community) -> QuerySet[Change]:
    """The changes of a programme that exist for this person."""
    return readable_in(person, community, Change.objects.all())


def uptakes_visible_to(person: Person | None, community: Community) -> QuerySet[Uptake]:
    """The uptakes, in any unit, of the changes that this person may read."""
    uptakes = Uptake.objects.filter(open_in(person, community, "change__"))
    return uptakes.select_related("change__community", "change__carrier", "unit")


def changes_with_facts(person: Person | None, community: Community) -> QuerySet[Change]:
    """With what the page of one change says, in one query."""
    return changes_visible_to(person, community).select_related("community", "theme", "carrier", "changed_by", "by")


def uptakes_with_facts(person: Person | None, community: Community) -> QuerySet[Uptake]:
    """With what the page of one uptake says, in one query."""
    return uptakes_visible_to(person, community).select_related("recipient", "change__theme", "unit__organisation")


def blocked_uptakes(person: Person | None, community: Community) -> QuerySet[Block]:
    """What is stuck now, longest first."""
    return (
        Block.objects.filter(
            open_in(person, community, "uptake__change__"), lifted_on__isnull=True, uptake__given_up_at__isnull=True
        )
        .select_related("uptake__change__community", "uptake__change__theme", "uptake__unit", "uptake__recipient")
        .order_by("since_on", "id")
    )


def longest_blocked(person: Person | None, community: Community) -> Block | None:
    """The block that waits longest; those that nobody made a question of come first."""
    is_asked = Exists(QuestionFromBlock.objects.filter(block=OuterRef("pk")))
    return blocked_uptakes(person, community).order_by(is_asked, "since_on", "id").first()


def norms_to_review(person: Person | None, community: Community) -> QuerySet[Uptake]:
    """Norms whose review date has come."""
    return (
        uptakes_visible_to(person, community)
        .filter(step=Step.NORM, given_up_at__isnull=True, review_on__lte=clock.today())
        .order_by("review_on", "id")
    )


def uptakes_of_person(person: Person, community: Community) -> QuerySet[Uptake]:
    """What this person carries or receives and is not the norm yet."""
    return (
        uptakes_visible_to(person, community)
        .filter(Q(recipient=person) | Q(change__carrier=person))
        .filter(given_up_at__isnull=True, step__lt=Step.NORM)
        .distinct()
        .order_by("change__title", "unit__position")
    )


def changes_resting_on(insight: Insight, person: Person | None, community: Community) -> QuerySet[Change]:
    return changes_visible_to(person, community).filter(insights=insight)


def uptakes_of_change(change: Change) -> QuerySet[Uptake]:
    """A change in all its units, furthest first."""
    return (
        change.uptakes.select_related("unit__parent", "unit__organisation", "recipient")
        .prefetch_related(_open_blocks())
        .order_by("-step", "unit__position", "unit__name")
    )


def uptakes_in_unit(person: Person | None, community: Community, unit: Unit) -> QuerySet[Uptake]:
    """What a unit takes over, furthest first, each with its open block and the insights that this person may read."""
    insights = labelled_visible_to(person, Insight.objects.select_related("group", "meeting").order_by("id"))
    return (
        uptakes_visible_to(person, community)
        .filter(unit=unit)
        .select_related("recipient", "change__theme")
        .prefetch_related(
            _open_blocks(),
            _ahead("change__insights", insights, "readable_insights"),
        )
        .order_by("-step", "change__title")
    )


def parts_of(unit: Unit) -> QuerySet[Unit]:
    return unit.children.all()


def units_to_start_in(change: Change) -> QuerySet[Unit]:
    """Units of the participating organisations in which this change is not followed yet."""
    organisations = change.community.organisations.all()
    return (
        Unit.objects.filter(organisation__in=organisations)
        .exclude(pk__in=change.uptakes.values("unit_id"))
        .select_related("organisation", "parent")
        .order_by("organisation__name", "position", "name")
    )


def units_of_programme(community: Community) -> QuerySet[Unit]:
    """Units of the participating organisations."""
    return (
        Unit.objects.filter(organisation__in=community.organisations.all())
        .select_related("organisation", "parent")
        .order_by("organisation__name", "position", "name")
    )


def people_who_may_carry(community: Community) -> QuerySet[Person]:
    """Current members and followers, by last name: carriers and recipients are chosen among them."""
    return Person.objects.filter(
        memberships__community=community, memberships__until_on__isnull=True, left_at__isnull=True
    ).distinct()


def steps_of(uptake: Uptake) -> QuerySet[StepTaken]:
    return uptake.steps.select_related("by")


def last_step_of(uptake: Uptake) -> StepTaken | None:
    """The step by which it came where it stands."""
    return uptake.steps.filter(after=uptake.step).last()


def blocks_of(uptake: Uptake, person: Person | None) -> QuerySet[Block]:
    """Every block of an uptake, each with the questions from it that this person may read in `readable`."""
    links = QuestionFromBlock.objects.filter(
        question__in=labelled_visible_to(person, LearningQuestion.objects.all())
    ).select_related("question__community")
    return uptake.blocks.select_related("by", "lifted_by").prefetch_related(_ahead("questions", links, "readable"))


def givings_up_of(uptake: Uptake) -> QuerySet[GivingUp]:
    return uptake.givings_up.select_related("by", "resumed_by")


def reviews_of(uptake: Uptake) -> QuerySet[NormReview]:
    return uptake.reviews.select_related("by")


def open_block_of(uptake: Uptake) -> Block | None:
    return uptake.blocks.filter(lifted_on__isnull=True).first()


def blocks_in(person: Person | None, community: Community) -> QuerySet[Block]:
    """Blocks, lifted ones too, of uptakes that exist for this person."""
    return Block.objects.filter(open_in(person, community, "uptake__change__")).select_related(
        "uptake__change__community", "uptake__unit"
    )


def questions_to_link(person: Person | None, community: Community, block: Block | None) -> QuerySet[LearningQuestion]:
    """Living questions of the agenda that this person may read and that are not linked to the block yet."""
    items = LearningQuestion.objects.filter(code__isnull=False).exclude(state__in=GONE_STATES)
    if block is None:
        return items.none()
    return readable_in(person, community, items).exclude(pk__in=block.questions.values("question_id")).order_by("id")


def questions_in(person: Person | None, community: Community) -> QuerySet[LearningQuestion]:
    """Questions of the programme that exist for this person."""
    return readable_in(person, community, LearningQuestion.objects.all())


def insights_of(change: Change, person: Person | None) -> QuerySet[Insight]:
    return labelled_visible_to(person, change.insights.select_related("community"))


def goals_of(change: Change, person: Person | None) -> QuerySet[Goal]:
    return labelled_visible_to(person, change.goals.select_related("community"))


def activities_of(change: Change, person: Person | None) -> QuerySet[Activity]:
    return labelled_visible_to(person, change.activities.select_related("community"))


def insights_in(person: Person | None, community: Community) -> QuerySet[Insight]:
    return readable_in(person, community, Insight.objects.select_related("community"))


def goals_in(person: Person | None, community: Community) -> QuerySet[Goal]:
    return readable_in(person, community, Goal.objects.select_related("community"))


def activities_in(person: Person | None, community: Community) -> QuerySet[Activity]:
    return readable_in(person, community, Activity.objects.select_related("community"))


def themes_of(community: Community) -> QuerySet[Theme]:
    return Theme.objects.filter(community=community.root_pk)


def step_counts(person: Person | None, community: Community) -> dict[int, int]:
    """How many uptakes stand on each step, those given up left out."""
    rows = (
        Uptake.objects.filter(open_in(person, community, "change__"), given_up_at__isnull=True)
        .order_by()
        .values_list("step")
        .annotate(number=Count("id"))
    )
    return {int(step): 0 for step in Step} | dict(rows)


def steps_since(person: Person | None, community: Community, since: date) -> QuerySet[StepTaken]:
    """Steps taken since a day, newest first."""
    return (
        StepTaken.objects.filter(
            open_in(person, community, "uptake__change__"), taken_on__gte=since, before__isnull=False
        )
        .select_related("uptake__change", "uptake__unit")
        .order_by("-taken_on", "-id")
    )


def _ahead(lookup: str, rows: QuerySet[Any], name: str) -> Prefetch[Any]:
    """Read ahead into a list that the model declares."""
    return Prefetch(lookup, rows, to_attr=name)


def _open_blocks() -> Prefetch[Any]:
    return _ahead("blocks", Block.objects.filter(lifted_on__isnull=True), "open_blocks")
