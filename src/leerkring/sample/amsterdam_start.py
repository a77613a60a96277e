"""Chapter one: organisation, first 75 people, themes, goals, activities and the first meeting."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from leerkring.community.meetings import actions as meetings
from leerkring.community.meetings.enums import MeetingKind, MeetingState
from leerkring.community.memberships import actions as memberships
from leerkring.community.memberships.enums import Door, Label, Level, Role
from leerkring.community.people import actions as people
from leerkring.community.people.enums import OrganisationKind
from leerkring.community.people.models import Organisation, Person, Unit
from leerkring.cycle.agenda import actions as agenda
from leerkring.cycle.groups import actions as groups
from leerkring.cycle.insights import actions as insights
from leerkring.cycle.insights.enums import HarvestKind
from leerkring.cycle.questions import actions as questions
from leerkring.direction.programmes import actions as programmes
from leerkring.direction.programmes.enums import ProgrammeKind
from leerkring.direction.strategy import actions as strategy
from leerkring.direction.strategy.enums import ActivityState
from leerkring.sample import amsterdam_texts as texts
from leerkring.sample.activities import ACTIVITIES
from leerkring.sample.amsterdam_days import Calendar, City
from leerkring.sample.amsterdam_insights import write_insights
from leerkring.sample.cast import AMSTERDAM, BEHIND_THE_SCENES, ORGANISATION_ADMIN, PARTNER
from leerkring.sample.goals import GOAL_VALUES
from leerkring.sample.stage import Stage, on

FIRST_COUNT = 75
LATER_COUNT = 104
LEAVING_COUNT = 4
NEWEST_COUNT = 12
LEVELS = [Level.CORE, Level.ACTIVE, Level.ACTIVE, Level.OCCASIONAL, Level.OCCASIONAL, Level.FOLLOWER, Level.FOLLOWER]
WEIGHTS = (9, 6, 5, 2, 3, 7, 8, 5, 14)
"""How many people come from each of the nine parts, roughly; the last stands for all districts."""


def start(stage: Stage, today: date) -> City:
    days = Calendar(today)
    with on(days.start, 9):
        city = _found(stage, days)
        _first_people(city)
        _ground(city)
    _kick_off(city)
    return city


def _found(stage: Stage, days: Calendar) -> City:
    by = stage.operator
    organisation = people.add_organisation(name="Gemeente Amsterdam", by=by, is_sample=True)
    drift = people.add_organisation(name="DRIFT", kind=OrganisationKind.KNOWLEDGE, by=by, is_sample=True)
    units = _units(organisation, by)
    for member in (*AMSTERDAM, *BEHIND_THE_SCENES, PARTNER):
        stage.enter(member, by=by)
    admin = stage.enter(ORGANISATION_ADMIN, by=by)
    memberships.appoint_organisation_admin(organisation=organisation, person=admin, by=by)
    programme = programmes.start_programme(
        kind=ProgrammeKind.LEERGEMEENSCHAP,
        name="Leergemeenschap Amsterdam Circulair",
        slug="amsterdam",
        headline="Wij leren hoe circulair werken gewoon wordt",
        purpose="Collega's uit heel de gemeente zoeken samen antwoorden. Lees mee, of schuif een keer aan. Je hoeft niets "
        "te beloven.",
        long_term_goals="In 2026 werkt de gemeente circulair. In 2030 gebruiken we half zoveel nieuw materiaal. In 2050 is "
        "de stad circulair.",
        publications_to_come="Een essay over de rol van de ambtenaar. De werkbladen van de acht leergroepen.",
        host=organisation,
        organisations=[organisation],
        lead=stage.who["noor"],
        is_public=True,
        is_sample=True,
        follow_door=Door.ANYONE,
        by=by,
    )
    return City(stage, days, programme, organisation, drift, units)


def _units(organisation: Organisation, by: Person) -> dict[str, Unit]:
    units = {
        name: people.add_unit(organisation=organisation, name=name, short_name=short, by=by)
        for name, short in texts.UNITS
    }
    for name in texts.DISTRICTS:
        full = f"Stadsdeel {name}"
        units[full] = people.add_unit(organisation=organisation, name=full, parent=units["Stadsdelen"], by=by)
    return units


def _first_people(city: City) -> None:
    known = [(city.who(member.key), city.units[member.place]) for member in (*AMSTERDAM, *BEHIND_THE_SCENES)]
    for person, unit in known:
        level = Level.FOLLOWER if person in (city.who("lotte"), city.who("hester")) else Level.CORE
        enter(city, person, unit, level)
    for _index in range(FIRST_COUNT - len(known)):
        enter(city, invent(city), random_unit(city), city.stage.random.choice(LEVELS))
    for key, role in (("sanne", Role.KEEPER), ("joost", Role.FACILITATOR), ("hester", Role.SPONSOR)):
        memberships.grant_role(community=city.community, person=city.who(key), role=role, by=city.noor)


def enter(city: City, person: Person, unit: Unit, level: Level) -> None:
    """The team brings somebody in; most confirm their level themselves."""
    membership = memberships.join(
        community=city.community, person=person, level=level, organisation=city.organisation, unit=unit, by=city.noor
    )
    if membership.level_stated_by_team and city.stage.random.random() < 0.8:
        memberships.confirm_level(membership=membership, by=person)
    city.members.append(person)


def invent(city: City) -> Person:
    return city.stage.invent("stad.example", by=city.noor)


def random_unit(city: City) -> Unit:
    name = city.stage.random.choices([name for name, _short in texts.UNITS], WEIGHTS)[0]
    if name == "Stadsdelen":
        name = f"Stadsdeel {city.stage.random.choice(texts.DISTRICTS)}"
    return city.units[name]


def _ground(city: City) -> None:
    by = city.noor
    agenda.open_agenda(community=city.community, by=by, stubborn_after=2)
    groups.start_transition_roles(community=city.community, by=by)
    city.themes = [
        questions.put_theme(community=city.community, name=name, explanation=about, by=by)
        for name, about in texts.THEMES
    ]
    for year, title, explanation, measured_in, target in texts.GOALS:
        city.goals[year] = strategy.set_goal(
            community=city.community,
            title=title,
            target_year=year,
            explanation=explanation,
            measured_in=measured_in,
            target_value=Decimal(target) if target else None,
            by=by,
        )
        for measured, value in (row for row in GOAL_VALUES.get(year, ()) if date(row[0], 12, 31) < city.days.start):
            strategy.measure_goal(
                goal=city.goals[year], measured_on=date(measured, 12, 31), value=Decimal(value),
                source="Verzonnen voor dit voorbeeld", by=by,
            )  # fmt: skip
    _activities(city)


def _activities(city: City) -> None:
    states = [ActivityState.RUNNING] * 5 + [ActivityState.PLANNED] * 3 + [ActivityState.DONE] * 2
    number = 0
    for chain, titles in ACTIVITIES.items():
        for title in titles:
            number += 1
            year = (2026, 2030, 2030)[number % 3]
            city.activities.append(
                strategy.put_activity(
                    community=city.community,
                    number=f"{number:02d}",
                    title=title,
                    chain=chain,
                    goals=[city.goals[year]],
                    unit=random_unit(city),
                    state=states[number % len(states)],
                    starts_on=date(2023, 1, 1),
                    ends_on=date(2026, 12, 31),
                    by=city.noor,
                )
            )


def _kick_off(city: City) -> None:
    day = city.days.kick_off
    with on(day - timedelta(days=14)):
        meeting = city.stage.gather(
            city.community, MeetingKind.LECTURE, "Startbijeenkomst", day, by=city.noor, hours=(14, 16),
            place="Stadhuis, Boekmanzaal", purpose="Wat willen we van elkaar leren?", label=Label.PUBLIC, is_open=True,
            facilitator=city.who("joost"),
        )  # fmt: skip
    with on(day, 17):
        there = {person: (60 if index % 9 == 4 else None) for index, person in enumerate(city.members[:62])}
        city.meetings["start"] = city.stage.hold(meeting, there, by=city.noor)
        for kind, text in texts.HARVEST_START:
            insights.harvest(meeting=meeting, kind=HarvestKind(kind), text=text, by=city.who("joost"))
        write_insights(city, "start", day)
        insights.finish_harvest(meeting=meeting, by=city.who("joost"))
    with on(day + timedelta(days=7)):
        meeting.refresh_from_db()
        meetings.move_meeting(meeting=meeting, state=MeetingState.CLOSED, by=city.noor)


def grow(city: City, until: date) -> None:
    """Everybody who joined up to this day and is not in yet; a few of the first leave again."""
    for index in range(len(city.members) - FIRST_COUNT, LATER_COUNT):
        day = _joins_on(city, index)
        if day > until:
            return
        with on(day, 11):
            enter(city, invent(city), random_unit(city), city.stage.random.choice(LEVELS))
            if index % 20 == 10 and index // 20 < LEAVING_COUNT:
                leaver = city.members[FIRST_COUNT - 1 - index // 20]
                membership = leaver.memberships.get(community=city.community)
                memberships.leave_community(membership=membership, by=leaver)


def _joins_on(city: City, index: int) -> date:
    """Most come between the start and the second werkplaats, the newest after it."""
    before = LATER_COUNT - NEWEST_COUNT
    if index < before:
        span = (city.days.second - city.days.start).days - 12
        return city.days.start + timedelta(days=10 + span * index // before)
    return city.days.second + timedelta(days=1 + (index - before) * (city.days.today - city.days.second).days // 13)
