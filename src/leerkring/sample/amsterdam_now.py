"""The last chapter: the weeks since the second werkplaats, and what is planned."""

from __future__ import annotations

from datetime import timedelta
from uuid import NAMESPACE_URL, uuid5

from leerkring.community.meetings import actions as meetings
from leerkring.community.meetings.enums import MeetingKind
from leerkring.community.meetings.models import Meeting
from leerkring.community.meetings.workforms.library import CARDS
from leerkring.community.memberships.enums import Label
from leerkring.cycle.groups import actions as groups
from leerkring.cycle.groups.enums import GroupState
from leerkring.cycle.insights import actions as insights
from leerkring.cycle.insights.stories import actions as stories
from leerkring.cycle.questions import actions as questions
from leerkring.cycle.uptake import actions as uptake
from leerkring.formats.werkplaats import actions as werkplaats
from leerkring.formats.werkplaats.enums import RoundKind
from leerkring.formats.werkplaats.queries import rounds_of
from leerkring.sample import amsterdam_texts as texts
from leerkring.sample.amsterdam_cycle import meet
from leerkring.sample.amsterdam_days import City
from leerkring.sample.amsterdam_voices import STORIES
from leerkring.sample.stage import on

HALFWAY = (
    (5, "Welkom en geluid testen", ""),
    (10, "Inchecken in viertallen", "check-in"),
    (15, "Elke groep in twee minuten", ""),
    (20, "Wat vragen we aan de directies?", "alone-to-all"),
    (10, "Eén stap tot werkplaats 3", "one-step"),
)
WORKING_ON = ("inkoop", "allemaal", "losmaakbaar", "eisen", "loket", "offertes")


def since_then(city: City) -> None:
    _threads(city)
    _groups_go_on(city)
    _ask_more(city)
    _tell(city)
    _plan(city)


def _threads(city: City) -> None:
    with on(city.days.second + timedelta(days=5)):
        for title, story, places in texts.THREADS:
            thread = insights.put_thread(
                community=city.community, title=title, story=story, label=Label.PUBLIC, by=city.keeper
            )
            for place in places:
                insights.add_to_thread(thread=thread, insight=city.insights[place], by=city.keeper)
        thread_question = city.question("F")
        insights.add_to_thread(thread=thread, question=thread_question, by=city.keeper)


def _groups_go_on(city: City) -> None:
    """All that are working meet again, but for one, which goes quiet."""
    working = [row for row in (*texts.GROUPS, *texts.LATER_GROUPS) if row.key in WORKING_ON]
    for index, row in enumerate(working):
        meet(city, row, city.days.second + timedelta(days=7 + index))
    with on(city.days.second + timedelta(days=12)):
        group = city.groups["bouwmarkt"]
        group.refresh_from_db()
        groups.move_group(group=group, state=GroupState.DORMANT, by=city.noor)


def _ask_more(city: City) -> None:
    with on(city.days.second + timedelta(days=4)):
        for (theme, wording, barrier), key in zip(texts.RAISED_LATER, ("ravi", "femke", "yusuf"), strict=True):
            questions.raise_question(
                community=city.community, wording=wording, barrier=barrier, theme=city.themes[theme], by=city.who(key)
            )
    with on(city.days.second + timedelta(days=2)):
        for key, text, weeks in (
            ("tarik", "Ik nodig inkoop uit bij elke start in Noord", 6),
            ("noor", "Ik leg de agenda voor aan de directie", 4),
            ("lotte", "Ik neem de norm voor kunstgras mee in ons jaarplan", 8),
        ):
            person = city.who(key)
            uptake.make_commitment(
                person=person, meeting=city.meetings["wp2"], text=text,
                due_on=city.days.today + timedelta(weeks=weeks), by=person,
            )  # fmt: skip


def _tell(city: City) -> None:
    """What it was worth to two of them, in their own words."""
    for number, (key, label, is_named, said) in enumerate(STORIES):
        with on(city.days.second + timedelta(days=8 + number)):
            story = stories.tell_story(community=city.community, texts=said, by=city.who(key))
            stories.show_story(story=story, label=label, is_named=is_named, by=city.who(key))


def _plan(city: City) -> None:
    with on(city.days.second + timedelta(days=6)):
        halfway = city.stage.gather(
            city.community, MeetingKind.FOLLOW_UP, "Halverwege: groepen laten zien wat ze vonden", city.days.halfway,
            by=city.noor, hours=(12, 13), place="Online, 45 minuten", label=Label.PUBLIC, is_open=True,
        )  # fmt: skip
        for minutes, part, form in HALFWAY:
            meetings.put_run_sheet_item(
                meeting=halfway, minutes=minutes, title=part, card=CARDS.get(form), by=city.noor
            )
        third = city.stage.gather(
            city.community, MeetingKind.WERKPLAATS, "Werkplaats 3", city.days.third, by=city.noor,
            place="Stadhuis, Raadzaal", label=Label.PUBLIC, is_open=True, places_count=120,
            purpose="Wat vonden de groepen, en wat wordt de volgende versie van de leeragenda? Ook voor wie nooit eerder was.",
        )  # fmt: skip
        for person in (city.who("tarik"), city.who("lotte"), city.who("elif")):
            meetings.sign_up(meeting=third, by=person)
        meetings.sign_up(meeting=halfway, by=city.who("lotte"))
    _prepare_room(city, third)


def _prepare_room(city: City, meeting: Meeting) -> None:
    """The next werkplaats stands ready: its run of rounds, and what people bring in before it."""
    with on(city.days.second + timedelta(days=12)):
        room = werkplaats.prepare_room(meeting=meeting, by=city.noor)
        asking = rounds_of(room).get(kind=RoundKind.RAISE)
        deadline = meeting.starts_at - timedelta(days=1)
        werkplaats.change_round(round=asking, is_anonymous=False, deadline_at=deadline, by=city.noor)
    with on(city.days.second + timedelta(days=15)):
        for key, kind, text in texts.BROUGHT_IN_EARLY:
            seat = meetings.take_seat(meeting=meeting, device=f"sample {key}", by=city.who(key))
            asking.refresh_from_db()
            werkplaats.post(round=asking, seat=seat, key=uuid5(NAMESPACE_URL, text), text=text, kind=kind)
