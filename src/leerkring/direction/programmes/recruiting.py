"""What recruiting asks of the database: places, the waiting list, calls and who answered them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.core import signing
from django.db.models import Count, Exists, F, Max, OuterRef, Q, QuerySet

from leerkring.community.accounts import queries as accounts
from leerkring.community.accounts.enums import TicketPurpose
from leerkring.community.accounts.models import SignInTicket
from leerkring.community.meetings import queries as meetings
from leerkring.community.memberships import queries as memberships
from leerkring.community.memberships.models import Community, Membership, Placement
from leerkring.community.people import queries as people
from leerkring.community.people.models import Organisation, Person, PolicyField
from leerkring.direction.programmes.access import may_register
from leerkring.direction.programmes.enums import OUTSIDE, EditionState, EnrolmentState, OfferAnswer
from leerkring.direction.programmes.models import Call, Edition, Enrolment, Forwarding, PlaceOffer, Registration
from leerkring.direction.programmes.queries import TAKING_PART, editions_visible_to, enrolments_of
from leerkring.platform import clock
from leerkring.platform.facts.kept import kept

SALT = "programmes.place_offer"
NOT_BEGUN = (EnrolmentState.INVITED, EnrolmentState.APPLIED, EnrolmentState.WAITING, EnrolmentState.CONFIRMED)
_HOME = ("edition__programme__community", "edition__programme__host")


def edition_at(slug: str, edition_id: int, person: Person | None) -> Edition | None:
    """The edition of this address, whoever asks; a draft is its team's."""
    editions = Edition.objects.filter(pk=edition_id, programme__community__slug=slug)
    edition = editions.select_related("programme__community", "programme__host").first()
    if edition is None or edition.state != EditionState.DRAFT:
        return edition
    return edition if memberships.standing_of(person).is_team(edition.community) else None


def open_beside(edition: Edition, person: Person | None) -> list[Edition]:
    """Other editions of the programme for which this person may register now, and in which they are not yet."""
    community = edition.community
    others = editions_visible_to(person, community).filter(state=EditionState.RECRUITING).exclude(pk=edition.pk)
    if person is not None:
        own = Enrolment.objects.filter(person=person, edition__programme__community=community.root_pk)
        mine = own.exclude(state__in=OUTSIDE)
        others = others.exclude(pk__in=mine.values("edition"))
    return [other for other in others if may_register(person, other)]


def call_of_token(edition: Edition, token: str) -> Call | None:
    if not token:
        return None
    return calls_of(edition).filter(token=token).first()


def calls_of(edition: Edition) -> QuerySet[Call]:
    return Call.objects.filter(edition=edition).select_related(
        "organisation", "policy_field", "edition__programme__community", "edition__programme__host"
    )


def taken_count(edition: Edition) -> int:
    """Places that are taken, or held for who was offered one."""
    held = Q(state__in=TAKING_PART) | Q(state=EnrolmentState.WAITING, pk__in=_offered())
    return Enrolment.objects.filter(held, edition=edition).count()


def free_places(edition: Edition) -> int | None:
    """How many places are free; None where nobody counts them."""
    return None if edition.places_count is None else max(0, edition.places_count - taken_count(edition))


def _offered() -> QuerySet[PlaceOffer, int]:
    return PlaceOffer.objects.filter(answered_at__isnull=True).values_list("enrolment_id", flat=True)


def waiting_list(edition: Edition) -> QuerySet[Enrolment]:
    """Who waits for a place, the first first."""
    waiting = enrolments_of(edition).filter(state=EnrolmentState.WAITING)
    return waiting.order_by(F("waiting_since").asc(nulls_first=True), "pk")


def next_in_line(edition: Edition) -> QuerySet[Enrolment]:
    """Those of them to whom a place can go by itself: who let a place pass first says to be still interested."""
    passed = PlaceOffer.objects.filter(
        enrolment=OuterRef("pk"), answer=OfferAnswer.LAPSED, offered_at__gte=OuterRef("waiting_since")
    )
    return waiting_list(edition).exclude(pk__in=_offered()).exclude(Exists(passed))


def offers_in(edition: Edition) -> QuerySet[PlaceOffer]:
    offers = PlaceOffer.objects.filter(enrolment__edition=edition)
    return offers.select_related("enrolment__edition__programme__community", "enrolment__person__account")


def applied(edition: Edition) -> QuerySet[Enrolment]:
    """Who waits for a yes of the team, the first first."""
    return enrolments_of(edition).filter(state=EnrolmentState.APPLIED).order_by("enrolled_on", "pk")


def applied_in(community: Community) -> list[tuple[int, str, int]]:
    """Editions that recruit and in which people wait for a yes: id, name and how many."""
    return kept("programmes.applied", community.root_pk, community.newest_fact, lambda: _applied_in(community))


def _applied_in(community: Community) -> list[tuple[int, str, int]]:
    waiting = Enrolment.objects.filter(
        edition__programme__community=community.root_pk,
        edition__state=EditionState.RECRUITING,
        state=EnrolmentState.APPLIED,
    )
    rows = waiting.order_by("edition__starts_on", "edition_id").values_list("edition_id", "edition__name")
    return list(rows.annotate(Count("pk")))


def ids_next_in_line(edition: Edition) -> set[int]:
    return set(next_in_line(edition).order_by().values_list("pk", flat=True))


def open_offer_of(enrolment: Enrolment) -> PlaceOffer | None:
    return enrolment.offers.filter(answered_at__isnull=True).first()


def offers_past() -> QuerySet[PlaceOffer]:
    """Offers of which the term is over, and that nobody has closed yet."""
    past = PlaceOffer.objects.filter(answered_at__isnull=True, answer_before__lte=clock.now())
    return past.select_related("enrolment__edition__programme__community")


def token_of(offer: PlaceOffer) -> str:
    """What stands in the mail. The term stands on the offer itself."""
    return signing.dumps(offer.pk, salt=SALT)


def offer_of_token(token: str) -> PlaceOffer | None:
    try:
        offer_id = signing.loads(token, salt=SALT)
    except signing.BadSignature:
        return None
    offers = PlaceOffer.objects.filter(pk=offer_id, enrolment__person__left_at__isnull=True)
    return offers.select_related(
        "enrolment__person__account",
        "enrolment__edition__programme__community",
        "enrolment__edition__programme__host",
        "enrolment__organisation",
        "enrolment__unit",
    ).first()


def registration_of_ticket(ticket: SignInTicket) -> Registration:
    registrations = Registration.objects.select_related(
        "edition__programme__community", "call", "organisation", "unit", "policy_field", "ticket__address__account"
    )
    return registrations.get(ticket=ticket)


def registration_of_link(token: str) -> Registration | None:
    ticket = accounts.ticket_of_link(token, TicketPurpose.REGISTER)
    if ticket is None:
        return None
    return Registration.objects.filter(ticket=ticket).select_related("edition__programme__community").first()


def fields_wanted(edition: Edition) -> list[PolicyField]:
    """The policy fields that the edition looks for; every one when it chose none."""
    return list(edition.wanted_fields.all()) or list(people.policy_fields())


def organisations_to_reach(edition: Edition) -> list[Organisation]:
    """Those that take part in the programme; the host does the inviting."""
    taking_part = memberships.organisations_of(edition.community)
    return [organisation for organisation in taking_part if organisation.pk != edition.programme.host_id]


def who_can_pass_on(call: Call) -> QuerySet[Person]:
    """Members of its organisation; where it has none, those who work on its policy field."""
    members = Membership.objects.filter(community=call.edition.community, until_on__isnull=True)
    if call.organisation_id:
        here = Placement.objects.filter(until_on__isnull=True, organisation=call.organisation_id)
        members = members.filter(pk__in=here.values("membership_id"))
    else:
        members = members.filter(person__policy_field=call.policy_field_id)
    return Person.objects.filter(pk__in=members.values("person_id"), left_at__isnull=True)


def through_whom(call: Call) -> list[tuple[Person, Placement | None]]:
    """Who can pass a call on, beside where they work now; first who works on its policy field too."""
    known = who_can_pass_on(call).select_related("policy_field")
    found = meetings.with_placements(known, call.edition.community)
    return sorted(found, key=lambda row: row[0].policy_field_id != call.policy_field_id)


def counts_of_spread(edition: Edition) -> tuple[dict[str, int], dict[str, int]]:
    """How many people take part, by organisation and by policy field; nought where nobody does."""
    by_organisation = {organisation.name: 0 for organisation in memberships.organisations_of(edition.community)}
    by_field = {policy_field.name: 0 for policy_field in fields_wanted(edition)}
    taking_part = Enrolment.objects.filter(edition=edition, state__in=TAKING_PART).order_by()
    for name, count in taking_part.values_list("organisation__name").annotate(Count("pk")):
        by_organisation[name] = count
    for name, count in (
        taking_part.filter(policy_field__isnull=False).values_list("policy_field__name").annotate(Count("pk"))
    ):
        by_field[name] = count
    return by_organisation, by_field


def enrolment_numbered(enrolment_id: int) -> Enrolment | None:
    enrolments = Enrolment.objects.filter(pk=enrolment_id)
    return enrolments.select_related("person__account", *_HOME).first()


def enrolments_to_give_back(person: Person, community: Community | None) -> QuerySet[Enrolment]:
    """What somebody has in editions that are not over: of one programme, or of all."""
    enrolments = Enrolment.objects.filter(
        person=person,
        state__in=(*NOT_BEGUN, EnrolmentState.ACTIVE),
        edition__state__in=(EditionState.DRAFT, EditionState.RECRUITING, EditionState.RUNNING),
    )
    if community is not None:
        enrolments = enrolments.filter(edition__programme__community=community)
    return enrolments.select_related("person", *_HOME).order_by("pk")


def offer_numbered(offer_id: int) -> PlaceOffer | None:
    offers = PlaceOffer.objects.filter(pk=offer_id)
    return offers.select_related("enrolment__person__account", *(f"enrolment__{path}" for path in _HOME)).first()


def call_numbered(call_id: int) -> Call | None:
    return Call.objects.filter(pk=call_id).select_related("organisation", "policy_field", *_HOME).first()


def people_numbered(person_ids: Iterable[int]) -> QuerySet[Person]:
    here = Person.objects.filter(pk__in=list(person_ids), left_at__isnull=True)
    return here.select_related("account")


def forwarded_by(call: Call) -> set[int]:
    """Ids of those who were asked to pass it on."""
    return set(call.forwardings.values_list("person_id", flat=True))


@dataclass(frozen=True)
class Asked:
    """How many members were asked to pass a call on to their colleagues, and when last."""

    count: int = 0
    at: datetime | None = None


def asked_to_pass_on(edition: Edition) -> dict[int, Asked]:
    """By the id of the call."""
    rows = Forwarding.objects.filter(call__edition=edition).order_by().values_list("call")
    return {call_id: Asked(count, at) for call_id, count, at in rows.annotate(Count("pk"), Max("asked_at"))}


@dataclass(frozen=True)
class Reach:
    """How far recruiting came with one organisation, by all the calls that are aimed at it."""

    organisation: Organisation
    calls: tuple[Call, ...] = ()
    asked: Asked = Asked()
    taking_part: int = 0
    asking: int = 0
    """Applied, or on the waiting list."""
    invited: int = 0

    @property
    def call(self) -> Call | None:
        """The one for everybody there, before one for a policy field."""
        return min(self.calls, key=lambda call: (call.policy_field_id is not None, call.pk), default=None)

    @property
    def mailed_at(self) -> datetime | None:
        return max((call.mailed_at for call in self.calls if call.mailed_at is not None), default=None)

    @property
    def said_sent_at(self) -> datetime | None:
        return max((call.said_sent_at for call in self.calls if call.said_sent_at is not None), default=None)

    @property
    def is_silent(self) -> bool:
        return not (self.taking_part or self.asking)

    @property
    def is_called(self) -> bool:
        """By name, by an invitation that went out, or by members who were asked to pass it on."""
        return bool(self.invited or self.asked.count) or any(call.is_sent for call in self.calls)


def reached(
    organisations: Iterable[Organisation],
    calls: Iterable[Call],
    enrolments: Iterable[Enrolment],
    asked: Mapping[int, Asked],
) -> list[Reach]:
    """Invited, applied, nobody yet: per organisation. People count where they work, whatever link they came by."""
    calls_of_each: defaultdict[int | None, list[Call]] = defaultdict(list)
    for call in calls:
        calls_of_each[call.organisation_id].append(call)
    states_of: defaultdict[int, Counter[str]] = defaultdict(Counter)
    for enrolment in enrolments:
        states_of[enrolment.organisation_id][enrolment.state] += 1
    rows = []
    for organisation in organisations:
        states, own = states_of[organisation.pk], calls_of_each[organisation.pk]
        passing = [asked[call.pk] for call in own if call.pk in asked]
        rows.append(
            Reach(
                organisation,
                tuple(own),
                Asked(sum(each.count for each in passing), max((each.at for each in passing if each.at), default=None)),
                taking_part=sum(states[state] for state in TAKING_PART),
                asking=states[EnrolmentState.APPLIED] + states[EnrolmentState.WAITING],
                invited=states[EnrolmentState.INVITED],
            )
        )
    return rows
