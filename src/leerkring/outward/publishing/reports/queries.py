from __future__ import annotations

from collections import Counter
from collections.abc import Collection

from django.db.models import Count, Max, Q, QuerySet

from leerkring.community.meetings import queries as meetings
from leerkring.community.meetings.models import Meeting
from leerkring.community.memberships import queries as memberships
from leerkring.community.memberships.enums import Label, Role
from leerkring.community.memberships.models import Community
from leerkring.community.people.models import Organisation, Person, PolicyField
from leerkring.cycle.insights.models import Insight
from leerkring.cycle.questions.enums import QuestionState
from leerkring.cycle.questions.models import LearningQuestion
from leerkring.cycle.uptake.enums import Step
from leerkring.cycle.uptake.models import Change, Initiative
from leerkring.direction.programmes import queries as programmes
from leerkring.direction.programmes.enums import Completion, EditionState, EnrolmentState
from leerkring.direction.programmes.models import Edition, Enrolment
from leerkring.outward.publishing.reports.access import may_make_reports
from leerkring.outward.publishing.reports.enums import Audience
from leerkring.outward.publishing.reports.models import Report
from leerkring.overview.figures.counting import FEW

Labels = Collection[Label]
NOT_BEGUN = (EditionState.DRAFT, EditionState.RECRUITING)
GONE = (QuestionState.DROPPED, QuestionState.SPLIT, QuestionState.MERGED)


def reports_visible_to(person: Person | None, community: Community) -> QuerySet[Report]:
    """The team sees every report; others what was released for them, a sponsor what is for the sponsor."""
    reports = Report.objects.filter(community=community.root_pk).select_related("edition", "made_by", "community")
    if may_make_reports(person, community):
        return reports
    seen = memberships.open_to(person)
    if memberships.standing_of(person).has_role(community, Role.SPONSOR):
        seen |= Q(audience=Audience.SPONSOR)
    return reports.filter(seen, released_at__isnull=False)


def reports_on(person: Person | None, edition: Edition) -> QuerySet[Report]:
    """Of them, those on this edition or on the whole programme."""
    visible = reports_visible_to(person, edition.community)
    return visible.filter(Q(edition=edition) | Q(edition__isnull=True))


def editions_to_report_on(person: Person | None, community: Community) -> QuerySet[Edition]:
    return programmes.editions_visible_to(person, community)


def meetings_held(community: Community, edition: Edition | None, labels: Labels) -> QuerySet[Meeting]:
    """Held meetings that bear one of these labels: of the edition, or of the programme itself."""
    rows = edition.meetings.all() if edition else Meeting.objects.filter(community=community.root_pk)
    return meetings.held(rows).filter(label__in=labels).order_by("starts_at", "id")


def taking_part(community: Community, edition: Edition | None) -> QuerySet[Enrolment]:
    """Of this edition; of a programme, in each of its editions that has begun."""
    rows = Enrolment.objects.filter(edition__programme__community=community.root_pk)
    rows = rows.filter(edition=edition) if edition else rows.exclude(edition__state__in=NOT_BEGUN)
    return rows.filter(state__in=programmes.TAKING_PART)


def participants_count(enrolments: QuerySet[Enrolment]) -> int:
    return enrolments.order_by().values("person").distinct().count()


def has_a_small_edition(community: Community) -> bool:
    """Whether the people of one edition are so few that they may not be counted."""
    people = taking_part(community, None).order_by().values("edition").annotate(people=Count("person"))
    return any(row["people"] < FEW for row in people)


def completions(enrolments: QuerySet[Enrolment]) -> dict[Completion, int]:
    """How many completed, fully and partly."""
    done = enrolments.filter(state=EnrolmentState.COMPLETED).order_by().values_list("completion", flat=True)
    counts = Counter(done)
    return {completion: counts[completion.value] for completion in Completion}


def attended_and_possible(enrolments: QuerySet[Enrolment]) -> tuple[int, int]:
    """How many meetings were attended, of how many that could be, over everybody who was counted."""
    rows = list(enrolments.filter(meetings_count__isnull=False).values_list("attended_count", "meetings_count"))
    return sum(row[0] or 0 for row in rows), sum(row[1] or 0 for row in rows)


def organisations_in(enrolments: QuerySet[Enrolment]) -> QuerySet[Organisation]:
    return Organisation.objects.filter(pk__in=enrolments.order_by().values("organisation")).order_by("name")


def policy_fields_in(enrolments: QuerySet[Enrolment]) -> dict[PolicyField, int]:
    counts = Counter(enrolments.exclude(policy_field=None).order_by().values_list("policy_field", flat=True))
    fields = PolicyField.objects.filter(pk__in=counts).order_by("name")
    return {field: counts[field.pk] for field in fields}


def questions_in(community: Community, labels: Labels) -> QuerySet[LearningQuestion]:
    """Questions of the programme; those that were let go, or went on as others, are left out."""
    rows = memberships.in_programme(community, LearningQuestion.objects.all())
    return rows.filter(label__in=labels).exclude(state__in=GONE).order_by("code", "id")


def insights_in(community: Community, labels: Labels) -> QuerySet[Insight]:
    rows = memberships.in_programme(community, Insight.objects.all())
    return rows.filter(label__in=labels).order_by("id")


def initiatives_in(community: Community, labels: Labels) -> QuerySet[Initiative]:
    rows = memberships.in_programme(community, Initiative.objects.all())
    return rows.filter(label__in=labels).prefetch_related("organisations").order_by("title", "id")


def changes_in(community: Community, labels: Labels) -> QuerySet[Change, tuple[str, int]]:
    """Changes that somebody took over: title and furthest step."""
    rows = memberships.in_programme(community, Change.objects.all()).filter(label__in=labels)
    going = Q(uptakes__given_up_at__isnull=True)
    furthest = rows.annotate(furthest=Max("uptakes__step", filter=going))
    taken_over = furthest.filter(furthest__gte=Step.HANDED_OVER).order_by("-furthest", "id")
    return taken_over.values_list("title", "furthest")
