from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Prefetch, Q, QuerySet

from leerkring.community.meetings.models import Meeting
from leerkring.community.memberships.models import Community
from leerkring.community.memberships.queries import in_programme, labelled_visible_to, standing_of
from leerkring.community.people.models import Organisation, Person, Unit
from leerkring.cycle.insights.models import Insight
from leerkring.cycle.questions.models import LearningQuestion, Theme
from leerkring.cycle.uptake.enums import CommitmentState, Step
from leerkring.cycle.uptake.models import (
    Block,
    Change,
    Commitment,
    GivingUp,
    Initiative,
    NormReview,
    QuestionFromBlock,
    StepTaken,
    Uptake,
)
from leerkring.direction.strategy.models import Activity, Goal
from leerkring.platform import clock


def changes_visible_to(person: Person | None, community: Community) -> QuerySet[Change]:
    """The changes of a programme that exist for this person."""
    return labelled_visible_to(person, in_programme(community, Change.objects.all()))


def uptakes_visible_to(person: Person | None, community: Community) -> QuerySet[Uptake]:
    """The uptakes, in any unit, of the changes that this person may read."""
    changes = changes_visible_to(person, community)
    return Uptake.objects.filter(change__in=changes).select_related("change__community", "change__carrier", "unit")


def blocked_uptakes(person: Person | None, community: Community) -> QuerySet[Block]:
    """What is stuck now, longest first."""
    return (
        Block.objects.filter(
            lifted_on__isnull=True,
            uptake__given_up_at__isnull=True,
            uptake__change__in=changes_visible_to(person, community),
        )
        .select_related("uptake__change__community", "uptake__change__theme", "uptake__unit", "uptake__recipient")
        .order_by("since_on", "id")
    )


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


def uptakes_of_change(change: Change) -> QuerySet[Uptake]:
    """A change in all its units, furthest first."""
    return (
        change.uptakes.select_related("unit__parent", "unit__organisation", "recipient")
        .prefetch_related(Prefetch("blocks", Block.objects.filter(lifted_on__isnull=True), to_attr="open_blocks"))
        .order_by("-step", "unit__position", "unit__name")
    )


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


def blocks_of(uptake: Uptake, person: Person | None) -> QuerySet[Block]:
    """Every block of an uptake, each with the questions from it that this person may read in `readable`."""
    links = QuestionFromBlock.objects.filter(
        question__in=labelled_visible_to(person, LearningQuestion.objects.all())
    ).select_related("question__community")
    return uptake.blocks.select_related("by", "lifted_by").prefetch_related(
        Prefetch("questions", links, to_attr="readable")
    )


def givings_up_of(uptake: Uptake) -> QuerySet[GivingUp]:
    return uptake.givings_up.select_related("by", "resumed_by")


def reviews_of(uptake: Uptake) -> QuerySet[NormReview]:
    return uptake.reviews.select_related("by")


def open_block_of(uptake: Uptake) -> Block | None:
    return uptake.blocks.filter(lifted_on__isnull=True).first()


def blocks_in(person: Person | None, community: Community) -> QuerySet[Block]:
    """Blocks, lifted ones too, of uptakes that exist for this person."""
    return Block.objects.filter(uptake__change__in=changes_visible_to(person, community)).select_related(
        "uptake__change__community", "uptake__unit"
    )


def questions_to_link(person: Person | None, community: Community, block: Block) -> QuerySet[LearningQuestion]:
    """Questions with a code that this person may read and that are not linked to the block yet."""
    return (
        labelled_visible_to(person, in_programme(community, LearningQuestion.objects.filter(code__isnull=False)))
        .exclude(pk__in=block.questions.values("question_id"))
        .order_by("id")
    )


def insights_of(change: Change, person: Person | None) -> QuerySet[Insight]:
    return labelled_visible_to(person, change.insights.select_related("community"))


def goals_of(change: Change, person: Person | None) -> QuerySet[Goal]:
    return labelled_visible_to(person, change.goals.select_related("community"))


def activities_of(change: Change, person: Person | None) -> QuerySet[Activity]:
    return labelled_visible_to(person, change.activities.select_related("community"))


def insights_in(person: Person | None, community: Community) -> QuerySet[Insight]:
    return labelled_visible_to(person, in_programme(community, Insight.objects.select_related("community")))


def goals_in(person: Person | None, community: Community) -> QuerySet[Goal]:
    return labelled_visible_to(person, in_programme(community, Goal.objects.select_related("community")))


def activities_in(person: Person | None, community: Community) -> QuerySet[Activity]:
    return labelled_visible_to(person, in_programme(community, Activity.objects.select_related("community")))


def themes_of(community: Community) -> QuerySet[Theme]:
    return Theme.objects.filter(community=community.root_pk)


def commitments_visible_to(person: Person | None, community: Community) -> QuerySet[Commitment]:
    """One's own; those that were shared; for the programme team all (rule 7: nobody else)."""
    standing = standing_of(person)
    items = Commitment.objects.filter(
        Q(meeting__community=community) | Q(meeting__community__root=community)
    ).select_related("person", "meeting__community")
    if person is None:
        return items.none()
    if standing.is_team(community):
        return items
    seen = Q(person=person)
    if standing.belongs_to(community):
        seen |= Q(is_shared=True)
    return items.filter(seen)


def commitments_to_look_back_on(person: Person, community: Community) -> QuerySet[Commitment]:
    """One's own whose day has come."""
    return (
        commitments_visible_to(person, community)
        .filter(person=person, due_on__lte=clock.today())
        .exclude(state=CommitmentState.LOOKED_BACK)
    )


def meetings_to_commit_at(person: Person | None, community: Community) -> QuerySet[Meeting]:
    """Meetings at which a commitment can be made: readable, begun, and not an intervisie."""
    return labelled_visible_to(
        person, in_programme(community, Meeting.objects.filter(keeps_text=True, starts_at__lte=clock.now()))
    ).order_by("-starts_at")


def initiatives_visible_to(person: Person | None, community: Community) -> QuerySet[Initiative]:
    return (
        labelled_visible_to(person, in_programme(community, Initiative.objects.all()))
        .select_related("community", "carrier", "meeting__community")
        .prefetch_related("organisations")
    )


def organisations_to_join(person: Person | None, initiative: Initiative) -> QuerySet[Organisation]:
    """Participating organisations that this person may say join in, and that have not."""
    standing = standing_of(person)
    items = initiative.community.organisations.exclude(pk__in=initiative.organisations.values("pk"))
    is_carrier = person is not None and initiative.carrier_id == person.pk
    if is_carrier or standing.is_facilitator(initiative.community):
        return items
    if not standing.takes_part(initiative.community):
        return items.none()
    return items.filter(pk__in=standing.organisations)


@dataclass(frozen=True)
class Cell:
    """One uptake as the matrix needs it: no model instance, there may be thousands."""

    uptake_id: int
    change_id: int
    unit_id: int
    step: int
    is_given_up: bool
    is_blocked: bool

    @property
    def is_fixed(self) -> bool:
        return not self.is_given_up and self.step >= Step.ANCHORED

    @property
    def is_norm(self) -> bool:
        return not self.is_given_up and self.step == Step.NORM


@dataclass(frozen=True)
class MatrixFilter:
    """What somebody asked to see of the matrix; empty means everything."""

    kind: str = ""
    theme_id: int | None = None
    unit_id: int | None = None
    step: int | None = None
    only_blocked: bool = False

    def wants(self, cell: Cell) -> bool:
        if self.unit_id is not None and cell.unit_id != self.unit_id:
            return False
        if self.step is not None and (cell.step != self.step or cell.is_given_up):
            return False
        return cell.is_blocked or not self.only_blocked

    @property
    def picks_cells(self) -> bool:
        return self.unit_id is not None or self.step is not None or self.only_blocked

    @property
    def is_empty(self) -> bool:
        return not (self.kind or self.theme_id or self.picks_cells)


@dataclass(frozen=True)
class UnitGroup:
    """Columns that stand together: the units of an organisation, or the parts of one unit."""

    name: str
    units: Sequence[Unit]


@dataclass(frozen=True)
class Matrix:
    """Changes by units as one person may see them, and what it all says."""

    changes: Sequence[Change]
    groups: Sequence[UnitGroup]
    cells: dict[tuple[int, int], Cell]
    all_cells: Sequence[Cell]
    all_changes_count: int
    all_units: Sequence[Unit]
    absent_units: Sequence[Unit]

    @property
    def units(self) -> list[Unit]:
        return [unit for group in self.groups for unit in group.units]

    @property
    def fixed_count(self) -> int:
        return sum(cell.is_fixed for cell in self.all_cells)

    @property
    def norm_count(self) -> int:
        return sum(cell.is_norm for cell in self.all_cells)

    @property
    def blocked_count(self) -> int:
        return sum(cell.is_blocked for cell in self.all_cells)


def matrix_of(person: Person | None, community: Community, asked: MatrixFilter = MatrixFilter()) -> Matrix:
    """The matrix, in four queries whatever its size. The counts are of everything, the rows of what was asked."""
    every_change = list(changes_visible_to(person, community).select_related("theme").order_by("theme__position", "id"))
    blocked = set(
        Block.objects.filter(lifted_on__isnull=True, uptake__change__community=community).values_list(
            "uptake_id", flat=True
        )
    )
    known = {change.pk for change in every_change}
    rows = Uptake.objects.filter(change__community=community).values_list(
        "id", "change_id", "unit_id", "step", "given_up_at"
    )
    all_cells = [
        Cell(pk, change_id, unit_id, step, given_up_at is not None, given_up_at is None and pk in blocked)
        for pk, change_id, unit_id, step, given_up_at in rows
        if change_id in known
    ]
    every_unit = list(units_of_programme(community))
    in_use = {cell.unit_id for cell in all_cells}
    changes = [
        change
        for change in every_change
        if (not asked.kind or change.kind == asked.kind) and (not asked.theme_id or change.theme_id == asked.theme_id)
    ]
    shown = {change.pk for change in changes}
    wanted = [cell for cell in all_cells if cell.change_id in shown and asked.wants(cell)]
    if asked.picks_cells:
        rows_with = {cell.change_id for cell in wanted}
        changes = [change for change in changes if change.pk in rows_with]
        shown = rows_with
    columns = {cell.unit_id for cell in wanted} if asked.picks_cells else in_use
    return Matrix(
        changes=changes,
        groups=_grouped([unit for unit in every_unit if unit.pk in columns]),
        cells={(cell.change_id, cell.unit_id): cell for cell in all_cells if cell.change_id in shown},
        all_cells=all_cells,
        all_changes_count=len(every_change),
        all_units=[unit for unit in every_unit if unit.pk in in_use],
        absent_units=_absent(every_unit, in_use),
    )


def _absent(units: Sequence[Unit], in_use: set[int]) -> list[Unit]:
    """Units without any uptake; a unit whose parts take part is not absent."""
    present = in_use | {unit.parent_id for unit in units if unit.pk in in_use and unit.parent_id is not None}
    return [unit for unit in units if unit.pk not in present and unit.parent_id not in in_use]


def _grouped(units: Sequence[Unit]) -> list[UnitGroup]:
    groups: defaultdict[tuple[str, str], list[Unit]] = defaultdict(list)
    for unit in units:
        parent = unit.parent.name if unit.parent is not None else ""
        groups[(unit.organisation.name, parent)].append(unit)
    return [
        UnitGroup(name=parent or organisation, units=members)
        for (organisation, parent), members in sorted(groups.items(), key=lambda item: (item[0][0], item[0][1] != ""))
    ]


def step_counts(person: Person | None, community: Community) -> dict[int, int]:
    """How many uptakes stand on each step, those given up left out."""
    rows = (
        Uptake.objects.filter(change__in=changes_visible_to(person, community), given_up_at__isnull=True)
        .order_by()
        .values_list("step")
        .annotate(number=Count("id"))
    )
    return {int(step): 0 for step in Step} | dict(rows)


def steps_since(person: Person | None, community: Community, since: date) -> QuerySet[StepTaken]:
    """Steps taken since a day, newest first."""
    return (
        StepTaken.objects.filter(
            taken_on__gte=since, before__isnull=False, uptake__change__in=changes_visible_to(person, community)
        )
        .select_related("uptake__change", "uptake__unit")
        .order_by("-taken_on", "-id")
    )
