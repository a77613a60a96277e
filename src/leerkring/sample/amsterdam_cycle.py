"""Chapters two to four: the first werkplaats, half a year of groups, and the second werkplaats."""

from __future__ import annotations

from datetime import date, timedelta

from leerkring.community.meetings import actions as meetings
from leerkring.community.meetings.enums import MeetingKind, MeetingState
from leerkring.community.meetings.models import Meeting
from leerkring.community.meetings.workforms.library import CARDS
from leerkring.community.memberships import actions as memberships
from leerkring.community.memberships.enums import Label, Level, Role
from leerkring.community.memberships.models import Membership
from leerkring.community.people.models import Person
from leerkring.cycle.agenda import actions as agenda
from leerkring.cycle.agenda.models import Agenda
from leerkring.cycle.groups import actions as groups
from leerkring.cycle.groups.enums import GroupState, Guidance
from leerkring.cycle.groups.models import TransitionRole
from leerkring.cycle.insights import actions as insights
from leerkring.cycle.insights.enums import HarvestKind
from leerkring.cycle.questions import actions as questions
from leerkring.cycle.questions.enums import ActionKind, DropReason
from leerkring.cycle.questions.models import LearningQuestion
from leerkring.cycle.uptake import actions as uptake
from leerkring.cycle.uptake.models import Block
from leerkring.direction.programmes import actions as programmes
from leerkring.sample import amsterdam_texts as texts
from leerkring.sample.amsterdam_days import City
from leerkring.sample.amsterdam_insights import link_late, write_insights
from leerkring.sample.amsterdam_voices import SECOND_WERKPLAATS
from leerkring.sample.evaluating import answer, ask
from leerkring.sample.stage import on

GROUP_SIZE = 7
RUN_SHEET = (
    (20, "Inloop en koffie", "", ""),
    (25, "Waar staan we", "De leeragenda op het scherm", ""),
    (60, "Vragen ophalen en bundelen", "Op telefoons en op het scherm", "write-and-cluster"),
    (20, "Pauze", "", ""),
    (60, "Groepen vormen en kennismaken", "Aan tafels", ""),
    (35, "Versie vaststellen", "Met iedereen erbij", ""),
    (20, "Afronden", "", "four-questions"),
)


def first_werkplaats(city: City) -> None:
    meeting = _plan_werkplaats(city, "Werkplaats 1", city.days.first, "Pakhuis de Zwijger")
    with on(city.days.first, 17):
        there = [person for index, person in enumerate(city.members) if index % 4 != 3]
        _hold(city, meeting, there)
        city.meetings["wp1"] = meeting
        _raise_questions(city, meeting)
        _set_version(city, meeting)
        _form_groups(city, texts.GROUPS, meeting)
        insights.finish_harvest(meeting=meeting, by=city.who("joost"))
        programmes.open_cycle(programme=city.programme, meeting=meeting, by=city.noor)
    with on(city.days.first + timedelta(days=7)):
        link_late(city)
        meeting.refresh_from_db()
        meetings.move_meeting(meeting=meeting, state=MeetingState.CLOSED, by=city.noor)


def _plan_werkplaats(city: City, title: str, day: date, place: str) -> Meeting:
    with on(day - timedelta(days=42)):
        meeting = city.stage.gather(
            city.community, MeetingKind.WERKPLAATS, title, day, by=city.noor, place=place, label=Label.PUBLIC,
            purpose="Vragen delen, groepen vormen en samen de leeragenda vaststellen.", is_open=True, places_count=120,
        )  # fmt: skip
        for minutes, part, note, form in RUN_SHEET:
            meetings.put_run_sheet_item(
                meeting=meeting, minutes=minutes, title=part, note=note, card=CARDS.get(form), by=city.noor
            )
        meetings.add_material(
            meeting=meeting, title="De leeragenda op een A3", url="https://voorbeeld.example/leeragenda", by=city.noor
        )
    return meeting


def _hold(city: City, meeting: Meeting, there: list[Person]) -> None:
    present = {person: (90 if index % 11 == 5 else None) for index, person in enumerate(there)}
    city.stage.hold(meeting, present, by=city.noor)


def _raise_questions(city: City, meeting: Meeting) -> None:
    known = {text for _kind, text in texts.HARVEST_FIRST}
    for row in texts.FIRST_QUESTIONS:
        item = insights.harvest(meeting=meeting, kind=HarvestKind.BARRIER, text=row.barrier, by=city.who("joost"))
        question = insights.promote_to_question(
            item=item, wording=row.wording, barrier=row.barrier, by=city.who("joost")
        )
        question = questions.change_label(question=question, label=Label.PUBLIC, by=city.keeper)
        question.refresh_from_db()
        question = questions.sharpen_question(
            question=question, theme=city.themes[row.theme], revision=question.revision, meeting=meeting, by=city.keeper
        )
        give_owner(city, question, row.owner)
        question.refresh_from_db()
        agenda.place_question(question=question, by=city.keeper)
    for kind, text in texts.HARVEST_FIRST:
        if kind != HarvestKind.BARRIER or text not in known:
            insights.harvest(meeting=meeting, kind=HarvestKind(kind), text=text, by=city.who("joost"))


def give_owner(city: City, question: LearningQuestion, owner: str) -> None:
    if owner in city.units:
        questions.give_owner(question=question, owner_unit=city.units[owner], by=city.keeper)
    elif owner:
        questions.give_owner(question=question, owner=city.who(owner), by=city.keeper)


def _set_version(city: City, meeting: Meeting) -> None:
    living = Agenda.objects.get(community=city.community)
    agenda.set_version(
        community=city.community, meeting=meeting, revision=living.revision, label=Label.PUBLIC, by=city.keeper
    )


def _form_groups(city: City, rows: tuple[texts.Group, ...], meeting: Meeting) -> None:
    free = _free_people(city)
    for row in rows:
        contact = city.who(row.contact)
        people = [contact, *(free.pop() for _index in range(GROUP_SIZE - 1))]
        group = groups.form_group(
            community=city.community,
            name=row.name,
            purpose=row.purpose,
            theme=city.themes[row.theme],
            questions=[city.question(code) for code in row.questions],
            people=people,
            contact=contact,
            guidance=Guidance.GUIDED if row.guided else Guidance.OWN,
            guide_organisation=city.drift if row.guided else None,
            meeting=meeting,
            label=Label.PUBLIC,
            by=city.who("joost"),
        )
        groups.move_group(group=group, state=GroupState.WORKING, by=contact)
        groups.put_case(group=group, title=row.case, by=contact)
        city.groups[row.key] = group


def _free_people(city: City) -> list[Person]:
    """Who takes part and has no part in the story yet, in an order of chance."""
    known = set(city.stage.who.values())
    taking_part = Membership.objects.filter(community=city.community, until_on__isnull=True).exclude(
        level=Level.FOLLOWER
    )
    ids = set(taking_part.values_list("person_id", flat=True))
    busy = {
        person_id
        for group in city.groups.values()
        for person_id in group.circle.memberships.values_list("person_id", flat=True)
    }
    free = [person for person in city.members if person.pk in ids - busy and person not in known]
    city.stage.random.shuffle(free)
    return free


def half_year_of_groups(city: City) -> None:
    span = (city.days.second - city.days.first).days
    for index, row in enumerate(texts.GROUPS):
        group = city.groups[row.key]
        for number in range(3):
            meet(city, row, city.days.first + timedelta(days=21 + index * 3 + number * 49))
        write_insights(city, row.key, city.days.first + timedelta(days=30 + index * 4), apart=span // 5)
        for code in row.questions:
            with on(city.days.first + timedelta(days=25 + index)):
                questions.explore_question(question=city.question(code), by=city.keeper)
        if row.guided:
            with on(city.days.first + timedelta(days=14)):
                memberships.grant_role(
                    community=group.circle, person=city.who("ilse"), role=Role.PARTNER,
                    until_on=city.days.today + timedelta(days=200), by=city.noor,
                )  # fmt: skip
    take_roles(city, [row for row in texts.ROLES if row[0] in city.groups])
    for code, text, kind, owner, weeks in texts.ACTIONS:
        with on(city.days.first + timedelta(days=60)):
            questions.put_action(
                question=city.question(code), text=text, kind=ActionKind(kind), owner=city.who(owner),
                due_on=city.days.today + timedelta(days=weeks), by=city.keeper,
            )  # fmt: skip


def take_roles(city: City, rows: list[tuple[str, int, str]]) -> None:
    roles = list(TransitionRole.objects.filter(community=city.community))
    for key, number, who in rows:
        with on(city.days.first + timedelta(days=40)):
            case = city.groups[key].cases.select_related("group__circle", "group__community").get()
            if not case.roles_taken.exists():
                groups.take_role(case=case, role=roles[number], by=city.who(who))


def meet(city: City, row: texts.Group, day: date) -> None:
    contact, group = city.who(row.contact), city.groups[row.key]
    formed = group.formed_on or city.days.first
    with on(max(day - timedelta(days=14), formed + timedelta(days=1))):
        meeting = city.stage.gather(
            group.circle, MeetingKind.GROUP_MEETING, f"{row.name} bij elkaar", day, by=contact, hours=(10, 12),
            place="Online", label=Label.GROUP,
        )  # fmt: skip
    with on(day, 12, 30):
        there = [membership.person for membership in group.circle.memberships.select_related("person")][:5]
        city.stage.hold(meeting, dict.fromkeys(there), by=contact)
        insights.harvest(meeting=meeting, text=f"Besproken: {row.case}", by=contact)
        insights.finish_harvest(meeting=meeting, by=contact)


def second_werkplaats(city: City) -> None:
    meeting = _plan_werkplaats(city, "Werkplaats 2", city.days.second, "Stadhuis, Raadzaal")
    for row in texts.GROUPS:
        did, found, asks, wants = texts.RESULTS[row.key]
        with on(city.days.second - timedelta(days=6)):
            groups.write_result(
                group=city.groups[row.key], meeting=meeting, did=did, found=found, asks=asks, wants_to=wants,
                by=city.who(row.contact),
            )  # fmt: skip
    with on(city.days.second - timedelta(days=5)):
        ask(meeting, SECOND_WERKPLAATS, by=city.noor)
    there = [person for index, person in enumerate(city.members) if index % 3 != 1]
    with on(city.days.second, 17):
        _hold(city, meeting, there)
        city.meetings["wp2"] = meeting
        _walk_through(city, meeting)
        _set_version(city, meeting)
        _groups_after(city, meeting)
        for kind, text in texts.HARVEST_SECOND:
            insights.harvest(meeting=meeting, kind=HarvestKind(kind), text=text, by=city.who("joost"))
        write_insights(city, "wp2", city.days.second)
        programmes.open_cycle(programme=city.programme, meeting=meeting, by=city.noor)
    answer(meeting, SECOND_WERKPLAATS, there, city.days.second, by=city.noor)


def _walk_through(city: City, meeting: Meeting) -> None:
    by = city.keeper
    for code, wording in texts.REWORDED.items():
        question = city.question(code)
        questions.reword_question(
            question=question, wording=wording, revision=question.revision, meeting=meeting, by=by
        )
    questions.answer_provisionally(question=city.question("C"), answer=texts.ANSWER_C, by=by)
    questions.answer_question(question=city.question("D"), answer=texts.ANSWER_D, by=by)
    parts = agenda.split_on_agenda(
        question=city.question("E"), wordings=[wording for wording, _owner in texts.SPLIT_E],
        note="Plek zoeken en vergunning bleken twee vragen", by=by,
    )  # fmt: skip
    for part, (_wording, owner) in zip(parts, texts.SPLIT_E, strict=True):
        give_owner(city, part, owner)
    merged = agenda.merge_on_agenda(questions=[city.question("G"), city.question("H")], wording=texts.MERGED_GH, by=by)
    give_owner(city, merged, "femke")
    questions.drop_question(question=city.question("I"), reason=DropReason.NAMED, by=by)
    item = insights.harvest(meeting=meeting, kind=HarvestKind.BARRIER, text=texts.NEW_O[1], by=city.who("joost"))
    new = insights.promote_to_question(item=item, wording=texts.NEW_O[0], barrier=texts.NEW_O[1], by=city.who("joost"))
    new = questions.change_label(question=new, label=Label.PUBLIC, by=by)
    new = questions.change_theme_of_question(question=new, theme=city.themes[0], by=by)
    new = agenda.place_question(question=new, by=by)
    give_owner(city, new, "noor")
    _close_the_circle(city)


def _close_the_circle(city: City) -> None:
    """What held up a district becomes the last question of the new version."""
    held_up = Block.objects.get(
        uptake__change__community=city.community,
        uptake__unit=city.units["Stadsdeel Oost"],
        lifted_on__isnull=True,
    )
    question = uptake.question_from_block(
        block=held_up, wording=texts.FROM_BLOCK_P, theme=city.themes[0], by=city.keeper
    )
    questions.change_label(question=question, label=Label.PUBLIC, by=city.keeper)


def _groups_after(city: City, meeting: Meeting) -> None:
    """Some go on, two end, one goes quiet, and two begin."""
    for key in ("milieustraat", "kring", "ton"):
        contact = city.who(next(row.contact for row in texts.GROUPS if row.key == key))
        for state in (GroupState.PRESENTING, GroupState.FINISHED):
            group = city.groups[key]
            group.refresh_from_db()
            groups.move_group(group=group, state=state, by=contact)
    _form_groups(city, texts.LATER_GROUPS, meeting)
    take_roles(city, [row for row in texts.ROLES if row[0] == "loket"])
