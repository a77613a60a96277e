"""The second West-Brabant edition, about now: who asked for a place, and who is still missing. All invented."""

from __future__ import annotations

from datetime import date, timedelta

from leerkring.community.accounts import queries as accounts
from leerkring.community.memberships import queries as memberships
from leerkring.community.people import actions as people
from leerkring.community.people import queries as known
from leerkring.community.people.models import Person
from leerkring.direction.programmes import actions as programmes
from leerkring.direction.programmes.enums import EditionState
from leerkring.direction.programmes.models import Edition
from leerkring.sample.cast import WEST_BRABANT
from leerkring.sample.stage import on

LEAD, KEES = WEST_BRABANT
PLANNED_BEFORE = timedelta(days=34)
PLACES_COUNT = 25
PLACE = "Wordt nog bekend"
INVITATION = (
    "Beste collega,\n\n"
    "In 2023 leerden 25 collega's uit zestien gemeenten van en met elkaar hoe je circulair begint, in je eigen gemeente. "
    "Vier workshops, twee intervisies, en aan het eind één voornemen dat je waarmaakt.\n\n"
    "Nu begint er een nieuwe editie. Doe je mee? Ook als circulair niet in je functie staat: juist dan.",
    "Dear colleague,\n\n"
    "In 2023, 25 colleagues from sixteen municipalities learned with one another how to begin with the circular economy, "
    "each in their own municipality. Four workshops, two intervisies, and at the end one thing that you do.\n\n"
    "A new edition is about to begin. Will you join? Even if your job is about something else: especially then.",
)
CALLED = ("Breda", "Roosendaal", "Moerdijk", "Oosterhout", "Altena", "Bergen op Zoom", "Etten-Leur", "Halderberge")
WANTED = "jeugdzorg"
PASSES_ON = "Zundert"

COMING = (
    ("Marloes", "", "Roelands", "Breda", "duurzaamheid", "Hoe houd ik dit vol naast mijn andere werk?"),
    ("Hamza", "", "Ouali", "Breda", "economie", ""),
    ("Wendy", "van", "Tilborg", "Roosendaal", "afval", "Wat doen anderen met gft bij hoogbouw?"),
    ("Frank", "", "Machielsen", "Moerdijk", "economie", ""),
    ("Denise", "", "Brouwers", "Oosterhout", "duurzaamheid", ""),
    ("Joris", "", "Kerstens", "Altena", "afval", "Hoe krijg ik de milieustraat mee?"),
    ("Saskia", "van", "Oosterbos", "Bergen op Zoom", "duurzaamheid", ""),
    ("Emre", "", "Polat", "Etten-Leur", "duurzaamheid", ""),
    ("Lieke", "", "Aarts", "Halderberge", "afval", ""),
)  # fmt: skip
ASKING = (
    ("Ronald", "", "Goossens", "Drimmelen", "economie", "Wie begint er met bedrijven?"),
    ("Amber", "", "Vissers", "Rucphen", "duurzaamheid", ""),
)


def first_day(today: date) -> date:
    """A Thursday, eight weeks or a little more from now."""
    day = today + timedelta(weeks=8)
    return day + timedelta(days=(3 - day.weekday()) % 7)


def name_of_edition(first: date) -> str:
    return f"{'Voorjaar' if first.month < 7 else 'Najaar'} {first.year}"


def lead() -> Person | None:
    """The programme lead, where the story was told."""
    found = accounts.address_named(LEAD.address)
    return found.account.person if found is not None else None


def recruit(edition: Edition, *, today: date, by: Person) -> None:
    """Open it for everybody, invite by municipality, and take in who asked for a place."""
    fields = {field.name: field for field in known.policy_fields()}
    here = {row.name.removeprefix("Gemeente "): row for row in memberships.organisations_of(edition.community)}
    with on(today - PLANNED_BEFORE + timedelta(days=1)):
        programmes.change_registration(
            edition=edition, is_open_to_all=True, confirms_at_once=False, offer_days=edition.offer_days,
            invitation_nl=INVITATION[0], invitation_en=INVITATION[1], wanted_fields=list(fields.values()), by=by,
        )  # fmt: skip
        programmes.move_edition(edition=edition, state=EditionState.RECRUITING, by=by)
        edition.refresh_from_db()
        calls = {name: programmes.make_call(edition=edition, organisation=here[name], by=by) for name in CALLED}
        for call in calls.values():
            programmes.say_call_sent(call=call, by=by)
    for number, (given, prefix, family, place, field, asks) in enumerate((*COMING, *ASKING)):
        with on(today - PLANNED_BEFORE + timedelta(days=6 + number * 2), 9, number):
            person = people.add_person(
                given_name=given, prefix=prefix, family_name=family, policy_field=fields[field],
                addresses=[f"{given}.{prefix}{family}@west-brabant.example".lower()], by=by, is_sample=True,
            )  # fmt: skip
            enrolment = programmes.register(
                edition=edition, person=person, organisation=here[place], policy_field=fields[field],
                personal_question=asks, call=calls.get(place), by=person,
            )  # fmt: skip
        if number < len(COMING):
            with on(today - PLANNED_BEFORE + timedelta(days=6 + number * 2), 16):
                programmes.approve(enrolment=enrolment, by=by)
    with on(today - timedelta(days=4)):
        programmes.make_call(edition=edition, policy_field=fields[WANTED], by=by)
        call = programmes.make_call(edition=edition, organisation=here[PASSES_ON], by=by)
        kees = accounts.address_named(KEES.address)
        if kees is not None:
            programmes.ask_forwarding(call=call, people=[kees.account.person], by=by)
