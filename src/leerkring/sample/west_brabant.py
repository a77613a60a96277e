"""The West-Brabant story: an edition from February to June 2023, and what people did with it afterwards."""

from __future__ import annotations

from datetime import date, timedelta

from leerkring.community.meetings import actions as meetings
from leerkring.community.meetings.enums import MeetingKind, MeetingState
from leerkring.community.meetings.models import Meeting
from leerkring.community.meetings.workforms import actions as workforms
from leerkring.community.meetings.workforms.card import Card
from leerkring.community.meetings.workforms.cards import own_card
from leerkring.community.meetings.workforms.enums import Aim
from leerkring.community.meetings.workforms.library import CARDS
from leerkring.community.memberships.enums import Label
from leerkring.community.people import actions as people
from leerkring.community.people.enums import OrganisationKind
from leerkring.community.people.models import Person
from leerkring.cycle.agenda import actions as agenda
from leerkring.cycle.agenda.models import Agenda
from leerkring.cycle.insights import actions as insights
from leerkring.cycle.insights.enums import HarvestKind
from leerkring.cycle.questions import actions as questions
from leerkring.cycle.questions.enums import Size
from leerkring.cycle.uptake import actions as uptake
from leerkring.direction.programmes import actions as programmes
from leerkring.direction.programmes.completion import actions as completion
from leerkring.direction.programmes.enums import EditionState, ProgrammeKind
from leerkring.direction.programmes.models import Edition
from leerkring.sample import west_brabant_texts as texts
from leerkring.sample.cast import WEST_BRABANT
from leerkring.sample.evaluating import answer, ask
from leerkring.sample.stage import Stage, on
from leerkring.sample.west_brabant_after import afterwards
from leerkring.sample.west_brabant_region import Region
from leerkring.sample.west_brabant_voices import EVALUATIONS

PARTICIPANTS_COUNT = 25
FULLY_COUNT = 14
HOURS = (13, 16)


def tell(stage: Stage, today: date) -> None:
    region = _start(stage)
    edition = _enrol(stage, region)
    held = _run(stage, region, edition)
    _finish(region, edition, held)
    afterwards(region, held[texts.MEETINGS[-1][1]], today)


def _start(stage: Stage) -> Region:
    with on(date(2023, 1, 9)):
        by = stage.operator
        host = people.add_organisation(name="Regio West-Brabant", kind=OrganisationKind.REGION, by=by, is_sample=True)
        municipalities = {
            name: people.add_organisation(name=f"Gemeente {name}", by=by, is_sample=True)
            for name in texts.MUNICIPALITIES
        }
        lead = stage.enter(WEST_BRABANT[0], by=by)
        programme = programmes.start_programme(
            kind=ProgrammeKind.LEERPROGRAMMA,
            name="Leerprogramma koplopers circulaire economie",
            slug="west-brabant",
            headline="In vier maanden aan de slag in je eigen gemeente",
            purpose="Ambtenaren van zestien gemeenten leren hoe zij de circulaire economie in hun eigen gemeente op gang "
            "brengen: met theorie, met werksessies en met elkaar.",
            long_term_goals="Een regio waarin gemeenten materialen, plekken en kennis delen.",
            host=host,
            organisations=[host, *municipalities.values()],
            lead=lead,
            is_public=True,
            is_sample=True,
            by=by,
        )
        region = Region(programme, lead, municipalities)
        for name, organisation in municipalities.items():
            region.units[name] = people.add_unit(organisation=organisation, name=f"Duurzaamheid {name}", by=by)
        agenda.open_agenda(community=programme.community, by=lead)
        return region


def _enrol(stage: Stage, region: Region) -> Edition:
    with on(date(2023, 1, 16)):
        fields = [people.add_policy_field(name=name, by=stage.operator) for name in texts.FIELDS]
        edition = programmes.open_edition(
            programme=region.programme,
            name="Voorjaar 2023",
            starts_on=date(2023, 2, 9),
            ends_on=date(2023, 6, 8),
            fully_from_count=5,
            places_count=30,
            by=region.lead,
        )
        programmes.move_edition(edition=edition, state=EditionState.RECRUITING, by=region.lead)
    order = [*texts.MUNICIPALITIES, *texts.MUNICIPALITIES][:PARTICIPANTS_COUNT]
    for index, name in enumerate(order):
        with on(date(2023, 1, 17) + timedelta(days=index % 12)):
            policy_field = fields[index % len(fields)]
            if name == WEST_BRABANT[1].place and WEST_BRABANT[1].key not in stage.who:
                person = stage.enter(WEST_BRABANT[1], by=region.lead, policy_field=policy_field)
            else:
                person = stage.invent("west-brabant.example", by=region.lead, policy_field=policy_field)
            programmes.enrol(
                edition=edition,
                person=person,
                organisation=region.municipalities[name],
                unit=region.units[name],
                policy_field=policy_field,
                personal_question="Waar begin ik in mijn eigen gemeente?" if index % 3 == 0 else "",
                by=region.lead,
            )
            region.participants.append(person)
    with on(date(2023, 2, 6)):
        programmes.move_edition(edition=edition, state=EditionState.RUNNING, by=region.lead)
    return edition


def _run(stage: Stage, region: Region, edition: Edition) -> dict[str, Meeting]:
    held = {}
    cards = CARDS | {texts.OWN_FORM: _write_form(region)}
    for index, (kind, title, ymd, place, purpose) in enumerate(texts.MEETINGS):
        day = date(*ymd)
        with on(day - timedelta(days=28)):
            meeting = stage.gather(
                region.programme.community, MeetingKind(kind), title, day,
                by=region.lead, hours=HOURS, place=f"Gemeentehuis {place}", purpose=purpose,
                label=Label.PUBLIC if kind == MeetingKind.WORKSHOP else Label.PROGRAMME,
            )  # fmt: skip
            programmes.add_meeting(edition=edition, meeting=meeting, by=region.lead)
            for minutes, part, note, form in texts.RUN_SHEETS.get(title, ()):
                meetings.put_run_sheet_item(
                    meeting=meeting, minutes=minutes, title=part, note=note, card=cards.get(form), by=region.lead
                )
            ask(meeting, EVALUATIONS[index], by=region.lead)
        present = _present(region, index)
        with on(day, 17):
            meeting = stage.hold(meeting, present, by=region.lead)
            held[title or f"intervisie {index}"] = meeting
            _harvest(region, meeting, texts.HARVEST.get(title, ()))
        there = [person for person, minutes in present.items() if minutes != 0]
        answer(meeting, EVALUATIONS[index], there, day, by=region.lead)
    return held


def _write_form(region: Region) -> Card:
    """A working form that the programme lead made for sixteen municipalities."""
    with on(date(2023, 1, 11)):
        form = workforms.write_workform(
            community=region.programme.community,
            texts=workforms.Texts(
                name="Rondje langs de gemeenten",
                purpose="Iedereen hoort in een kwartier wat er in zestien gemeenten speelt.",
                aim=Aim.ARRIVE, minutes=20, minutes_min=15, minutes_max=30, size_min=10, size_max=30,
                steps="Hang de kaart van de regio op en geef ieder twee prikkers.\n"
                "Om de beurt, in een halve minuut: prik je gemeente en zeg waar je trots op bent.\n"
                "Prik de tweede bij een gemeente waar je iets wilt halen, en zeg wat.\n"
                "Laat de kaart hangen: in de pauze zoeken mensen elkaar op.",
                materials="De kaart van West-Brabant op A0\nPrikkers, twee voor ieder",
                fits="Bij de eerste bijeenkomst van mensen uit veel gemeenten.",
                fits_not="Als mensen van één organisatie zijn.",
                watch="Een halve minuut is kort: doe het zelf voor.",
            ),
            by=region.lead,
        )  # fmt: skip
    return own_card(form)


def _present(region: Region, index: int) -> dict[Person, int | None]:
    """The first so many miss at most one meeting, the others come to some, now and then for a part."""
    present: dict[Person, int | None] = {}
    for place, person in enumerate(region.participants):
        if place < FULLY_COUNT:
            present[person] = 0 if place % 6 == index and place % 2 else None
        elif (place + index) % 3 == 0:
            present[person] = 0
        elif (place + index) % 3 == 1:
            present[person] = 100 if place % 2 else 40
        else:
            present[person] = None if index < 4 else 0
    return present


def _harvest(region: Region, meeting: Meeting, lines: tuple[tuple[str, str], ...]) -> None:
    for kind, text in lines:
        item = insights.harvest(meeting=meeting, kind=HarvestKind(kind), text=text, by=region.lead)
        if kind == HarvestKind.INSIGHT:
            found = insights.promote_to_insight(item=item, by=region.lead)
            insights.change_label(insight=found, label=Label.PUBLIC, by=region.lead)
        elif kind == HarvestKind.QUESTION:
            question = insights.promote_to_question(item=item, by=region.lead)
            question = questions.change_label(question=question, label=Label.PUBLIC, by=region.lead)
            agenda.place_question(question=question, by=region.lead)
    if lines:
        insights.finish_harvest(meeting=meeting, by=region.lead)


def _finish(region: Region, edition: Edition, held: dict[str, Meeting]) -> None:
    last = held[texts.MEETINGS[-1][1]]
    with on(date(2023, 6, 8), 16, 30):
        living = Agenda.objects.get(community=region.programme.community)
        agenda.set_version(
            community=region.programme.community,
            by=region.lead,
            meeting=last,
            revision=living.revision,
            label=Label.PUBLIC,
        )
        for index, text in enumerate(texts.COMMITMENTS):
            uptake.make_commitment(
                person=region.participants[index], meeting=last, text=text, due_on=date(2023, 9, 1),
                by=region.participants[index],
            )  # fmt: skip
        for title, about, effort, impact, partners, joining, step in texts.INITIATIVES:
            initiative = uptake.put_initiative(
                community=region.programme.community,
                title=title,
                description=about,
                effort=Size(effort),
                impact=Size(impact),
                partners=partners,
                organisations=[region.municipalities[name] for name in joining],
                next_step=step,
                meeting=last,
                label=Label.PUBLIC,
                by=region.lead,
            )
            for index, person in enumerate(region.participants[:9]):
                uptake.judge_initiative(
                    initiative=initiative,
                    effort=Size.MEDIUM if index % 4 == 3 else Size(effort),
                    impact=Size.MEDIUM if index % 5 == 4 else Size(impact),
                    by=person,
                )
    with on(date(2023, 6, 9)):
        programmes.complete_enrolments(edition=edition, by=region.lead)
        programmes.move_edition(edition=edition, state=EditionState.FINISHED, by=region.lead)
        completion.issue_certificates(edition=edition, by=region.lead)
    with on(date(2023, 6, 16)):
        for meeting in held.values():
            meeting.refresh_from_db()
            if meeting.may_become(MeetingState.CLOSED):
                meetings.move_meeting(meeting=meeting, state=MeetingState.CLOSED, by=region.lead)
        programmes.move_edition(edition=edition, state=EditionState.AFTERCARE, by=region.lead)
