"""One object of every kind with every label, in a programme of the cast, and somebody for every party of the matrix."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta

from leerkring.community.accounts.models import EmailAddress
from leerkring.community.meetings import actions as meetings
from leerkring.community.meetings.enums import MeetingKind, MeetingState, PollReply
from leerkring.community.meetings.models import Meeting
from leerkring.community.meetings.polls import actions as polls
from leerkring.community.meetings.speakers import actions as speakers
from leerkring.community.meetings.workforms.actions import copy_workform
from leerkring.community.meetings.workforms.enums import BuiltIn
from leerkring.community.meetings.workforms.library import CARDS
from leerkring.community.memberships import actions as memberships
from leerkring.community.memberships.enums import Label, Role
from leerkring.community.memberships.models import Community, Invitation, Membership, OrganisationAdmin
from leerkring.community.memberships.queries import forget_standings
from leerkring.community.people.models import Person, PolicyField
from leerkring.config.permissions import IN_GROUPS, Party
from leerkring.cycle.agenda import actions as agenda
from leerkring.cycle.agenda.models import Agenda
from leerkring.cycle.groups import actions as groups
from leerkring.cycle.groups.enums import PairKind
from leerkring.cycle.groups.forming import actions as formings
from leerkring.cycle.groups.models import LearningGroup
from leerkring.cycle.insights import actions as insights
from leerkring.cycle.insights.stories import actions as stories
from leerkring.cycle.insights.stories.enums import Value
from leerkring.cycle.questions import actions as questions
from leerkring.cycle.questions.models import Theme
from leerkring.cycle.uptake import actions as uptake
from leerkring.cycle.uptake.enums import ChangeKind
from leerkring.direction.programmes import actions as programmes
from leerkring.direction.programmes.enums import EditionState, EnrolmentState
from leerkring.direction.programmes.models import Edition
from leerkring.direction.strategy import actions as strategy
from leerkring.formats.werkplaats import actions as werkplaats
from leerkring.formats.werkplaats.queries.rooms import last_step, rounds_of
from leerkring.outward.blueprints import actions as blueprints
from leerkring.outward.blueprints.ready_made import ready_made
from leerkring.outward.exchange import actions as exchange
from leerkring.outward.exchange.enums import ImportKind
from leerkring.outward.exchange.looking import Choices, look_at
from leerkring.outward.notifications import links as mail_links
from leerkring.outward.publishing import actions as publishing
from leerkring.platform import clock
from tests.cast import Cast, ProgrammeCast, grant, join, make_person
from tests.permissions.papers import a_certificate, a_dossier, a_handover, a_publication, a_report
from tests.permissions.sitting import a_round_of_intervisie

LIST = b"Naam;E-mail\nAnn Ek;ann@voorbeeld.example\n"
WIDE = (Label.PROGRAMME, Label.ORGANISATIONS, Label.PUBLIC)


@dataclass
class Scene:
    """What the addresses of one programme can name, per label, and who is who there."""

    of: ProgrammeCast
    parties: dict[Party, Person | None] = field(default_factory=dict)
    groups: dict[str, LearningGroup] = field(default_factory=dict)
    named: dict[str, dict[str, object]] = field(default_factory=dict)
    shared: dict[str, object] = field(default_factory=dict)

    def kwargs(self, label: str, parts: frozenset[str]) -> dict[str, object]:
        """What the address names. What cannot bear the label is taken from the programme's.

        A group bears the label `group` where nothing else of it can: what is inside is tried in one that more can see.
        """
        found = {**self.shared, **self.named[Label.PROGRAMME], **self.named[label or Label.PROGRAMME]}
        if label == Label.GROUP and parts & IN_GROUPS == {"group_id"}:
            found["group_id"] = self.groups[Label.GROUP].pk
        return {part: found[part] for part in parts}


def set_scene(cast: Cast, of: ProgrammeCast, elsewhere: ProgrammeCast) -> Scene:
    """A colleague is of a participating organisation, and takes part in the programme elsewhere only."""
    scene = Scene(of)
    _parties(scene, cast, elsewhere)
    agenda.open_agenda(community=of.community, by=of.lead)
    groups.start_transition_roles(community=of.community, by=of.lead)
    _shared(scene)
    for label in Label:
        _group(scene, label)
    for label in Label:
        _objects(scene, label)
    forget_standings()
    return scene


def _parties(scene: Scene, cast: Cast, elsewhere: ProgrammeCast) -> None:
    of = scene.of
    name = of.community.slug or ""
    made = {party: make_person(party.name.title(), name) for party in (Party.GROUP_MEMBER, Party.CONTACT)}
    for person in made.values():
        join(person, of.community, organisation=of.organisation, unit=of.units[0])
    partner, sponsor, admin, colleague = (
        make_person(word, name) for word in ("Partner", "Sponsor", "Orgadmin", "Collega")
    )
    join(colleague, elsewhere.community, organisation=of.organisation, unit=of.units[0])
    grant(sponsor, of.community, Role.SPONSOR)
    OrganisationAdmin.objects.create(organisation=of.organisation, person=admin)
    scene.parties = {
        Party.VISITOR: None,
        Party.OUTSIDER: cast.outsider,
        Party.COLLEAGUE: colleague,
        Party.FOLLOWER: of.follower,
        Party.MEMBER: of.member,
        **made,
        Party.FACILITATOR: of.facilitator,
        Party.KEEPER: of.keeper,
        Party.TEAM: of.lead,
        Party.PARTNER: partner,
        Party.SPONSOR: sponsor,
        Party.ORGANISATION_ADMIN: admin,
        Party.PLATFORM_ADMIN: cast.platform_admin,
    }


def _shared(scene: Scene) -> None:
    """Objects that bear no label of their own."""
    of = scene.of
    lead = of.lead
    theme: Theme = questions.put_theme(community=of.community, name="Thema", by=lead)
    edition = programmes.open_edition(
        programme=of.programme, name="Editie", starts_on=clock.today(), ends_on=clock.today() + timedelta(days=90),
        fully_from_count=1, by=lead,
    )  # fmt: skip
    programmes.move_edition(edition=edition, state=EditionState.RUNNING, by=lead)
    invitation: Invitation = memberships.invite(community=of.community, by=lead)
    someone = make_person("Iemand", of.community.slug or "")
    join(someone, of.community, organisation=of.organisation, unit=of.units[1])
    enrolment = programmes.enrol(edition=edition, person=someone, organisation=of.organisation, by=lead)
    role = grant(someone, of.community, Role.FACILITATOR)
    address = EmailAddress.objects.get(account=of.member.account)
    scene.shared = {
        "slug": of.community.slug,
        "theme_id": theme.pk,
        "edition_id": edition.pk,
        "enrolment_id": enrolment.pk,
        "invitation_id": invitation.pk,
        "person_id": someone.pk,
        "membership_id": Membership.objects.get(person=of.member, community=of.community).pk,
        "grant_id": role.pk,
        "address_id": address.pk,
        "organisation_id": of.organisation.pk,
        "unit_id": of.units[0].pk,
        "policy_field_id": PolicyField.objects.get_or_create(name="afval")[0].pk,
        "admin_id": OrganisationAdmin.objects.get(organisation=of.organisation).pk,
        "token": invitation.token,
        "feed": exchange.open_calendar(person=of.member, by=of.member).token,
        "code": "AAAAAA",
        **a_certificate(of.programme, of.member),
        **a_report(of.programme, of.lead),
        **a_dossier(of.community, of.lead),
        **a_handover(of.community, of.lead, of.member),
        "stop_token": mail_links.stop_token(of.member, "meeting.expected"),
        "answer_token": mail_links.answer_token(of.member, of.meeting(label=Label.PUBLIC)),
        **_outward(of),
        **_recruiting(of, edition),
        **_kept_method(of),
        "workform_key": str(copy_workform(community=of.community, card=CARDS[BuiltIn.FISHBOWL], by=lead).pk),
        **a_round_of_intervisie(of.community, of.lead, scene.parties[Party.GROUP_MEMBER], scene.parties[Party.CONTACT]),
        **_forming(of),
    }


def _recruiting(of: ProgrammeCast, edition: Edition) -> dict[str, object]:
    """An invitation per organisation, and a place that is offered to somebody on the waiting list."""
    call = programmes.make_call(edition=edition, organisation=of.organisation, by=of.lead)
    waiting = programmes.enrol(
        edition=edition, person=of.keeper, organisation=of.organisation, state=EnrolmentState.WAITING, by=of.lead
    )
    return {"call_id": call.pk, "offer_id": programmes.offer_place(enrolment=waiting, by=of.lead).pk}


def _kept_method(of: ProgrammeCast) -> dict[str, object]:
    """Two methods that came in as a file: one to look at, one to remove."""
    blueprint = ready_made("four-workshops")
    assert blueprint is not None
    shown, other = (
        blueprints.keep_blueprint(community=of.community, blueprint=blueprint, by=of.lead) for _ in range(2)
    )
    return {"source": f"file-{shown.pk}", "blueprint_id": other.pk}


def _forming(of: ProgrammeCast) -> dict[str, object]:
    """A division that is being prepared, with a pair in it."""
    forming = formings.open_forming(community=of.community, title="Indeling", people=[of.member, of.keeper], by=of.lead)
    possible = formings.put_possible_group(forming=forming, name="Groep", by=of.lead)
    one, other = forming.candidates.all()
    pair = formings.put_pair(one=one, other=other, kind=PairKind.APART, by=of.lead)
    return {
        "forming_id": forming.pk, "candidate_id": one.pk, "possible_id": possible.pk, "pair_id": pair.pk,
    }  # fmt: skip


def _outward(of: ProgrammeCast) -> dict[str, object]:
    """A list that waits, one that came in, and a message of a visitor."""
    waiting, brought = (
        exchange.keep_file(
            community=of.community, kind=ImportKind.PEOPLE, file_name="lijst.csv", content=LIST, by=of.lead
        )
        for _list in range(2)
    )
    look = look_at(
        content=LIST,
        file_name="lijst.csv",
        kind=ImportKind.PEOPLE,
        community=of.community,
        choices=Choices(),
        by=of.lead,
    )
    assert look.people
    batch = exchange.import_people(
        community=of.community, plan=look.people, by=of.lead, file_name="lijst.csv", waiting=brought
    )
    message = publishing.send_message(
        community=of.community, name="Iemand", address="iemand@voorbeeld.example", text="Hoi", device="x", by=None
    )
    return {"waiting_id": waiting.pk, "batch_id": batch.pk, "message_id": message.pk}


def _group(scene: Scene, label: Label) -> None:
    """A group with this label, in which the member, the contact and the partner of the matrix are."""
    of = scene.of
    contact, member = scene.parties[Party.CONTACT], scene.parties[Party.GROUP_MEMBER]
    partner = scene.parties[Party.PARTNER]
    assert contact
    assert member
    assert partner
    group = groups.form_group(
        community=of.community, name=f"Groep {label}", people=[member], contact=contact, label=label, by=of.lead
    )
    grant(partner, group.circle, Role.PARTNER)
    scene.groups[label] = group


def _objects(scene: Scene, label: Label) -> None:
    of, lead = scene.of, scene.of.lead
    is_narrow = label == Label.GROUP
    group = scene.groups[Label.PROGRAMME if is_narrow else label]
    home: Community = group.circle if is_narrow else of.community
    meeting = _meeting(scene, home, label)
    material = meetings.add_material(
        meeting=meeting, title="Stuk", url="https://voorbeeld.example/", label=label, by=lead
    )
    meetings.expect_people(meeting=meeting, people=[of.member], by=lead)
    harvest = insights.harvest(meeting=meeting, text="Een regel", by=lead)
    insight = insights.write_insight(
        community=of.community, sentence=f"Inzicht {label}", label=label, group=group if is_narrow else None, by=lead
    )
    case = groups.put_case(group=group, title=f"Casus {label}", label=label, by=lead)
    found: dict[str, object] = {
        "meeting_id": meeting.pk,
        "attendance_id": meeting.attendances.get(person=of.member).pk,
        "item_id": meetings.put_run_sheet_item(meeting=meeting, title="Deel", minutes=10, by=lead).pk,
        "material_id": material.pk,
        "harvest_id": harvest.pk,
        "insight_id": insight.pk,
        "case_id": case.pk,
        "group_id": group.pk,
        **_room(meeting, lead),
        **_poll(scene, home, label),
        **_speaker(meeting, lead),
    }
    if not is_narrow:
        found |= _wide_objects(scene, label, meeting)
    scene.named[label] = found


def _meeting(scene: Scene, home: Community, label: Label) -> Meeting:
    starts_at = clock.now() + timedelta(days=3)
    return meetings.plan_meeting(
        community=home, kind=MeetingKind.WERKPLAATS if home.root_id is None else MeetingKind.GROUP_MEETING,
        title=f"Bijeenkomst {label}", starts_at=starts_at, ends_at=starts_at + timedelta(hours=2), label=label,
        facilitator=scene.of.lead, by=scene.of.lead,
    )  # fmt: skip


def _room(meeting: Meeting, lead: Person) -> dict[str, object]:
    """A werkplaats that has begun, in a round with paper; the opening of it is the step that can be taken back.

    The meeting itself stays planned, so that it can be cancelled too.
    """
    room = werkplaats.prepare_room(meeting=meeting, by=lead)
    werkplaats.begin_room(room=room, by=lead)
    asking = next(round_ for round_ in rounds_of(room) if round_.has_paper)
    werkplaats.open_round(round=asking, by=lead)
    Meeting.objects.filter(pk=meeting.pk).update(state=MeetingState.PLANNED)
    step = last_step(room)
    assert step
    return {"round_id": asking.pk, "step_id": step.pk}


def _poll(scene: Scene, home: Community, label: Label) -> dict[str, object]:
    """A poll for a date that the member answered."""
    starts_at = clock.now() + timedelta(days=9)
    poll = polls.open_poll(
        community=home, kind=MeetingKind.WORKSHOP, title="Datum", label=label, by=scene.of.lead,
        slots=[polls.Slot(starts_at, starts_at + timedelta(hours=2))], closes_on=clock.today() + timedelta(days=5),
    )  # fmt: skip
    option = poll.options.get()
    voice = polls.answer_poll(poll=poll, answers={option.pk: PollReply.YES}, device="x", by=scene.of.member)
    return {
        "poll_id": poll.pk, "option_id": option.pk, "voice_id": voice.pk,
        "poll_token": poll.token, "voice_token": voice.token,
    }  # fmt: skip


def _speaker(meeting: Meeting, lead: Person) -> dict[str, object]:
    speaker = speakers.invite_speaker(
        meeting=meeting, address="spreker@voorbeeld.example", given_name="Spreker", last_day=meeting.last_day, by=lead
    )
    handout = meeting.materials.get()
    return {"speaker_id": speaker.pk, "speaker_token": speaker.token, "handout_id": handout.pk}


def _wide_objects(scene: Scene, label: Label, meeting: Meeting) -> dict[str, object]:
    of, lead = scene.of, scene.of.lead
    community = of.community
    question = questions.raise_question(community=community, wording=f"Vraag {label}?", label=label, by=lead)
    agenda.place_question(question=question, by=lead)
    living = Agenda.objects.get(community=community)
    version = agenda.set_version(
        community=community, decision=f"Besluit {label}", revision=living.revision, label=label, by=lead
    )
    change = uptake.put_change(
        community=community, title=f"Verandering {label}", kind=ChangeKind.ANEW, label=label, by=lead
    )
    return {
        "question_id": question.pk,
        "action_id": questions.put_action(question=question, text="Doen", by=lead).pk,
        "version_number": version.number,
        "change_id": change.pk,
        "uptake_id": uptake.start_uptake(change=change, unit=of.units[0], recipient_name="Teamleider", by=lead).pk,
        "thread_id": insights.put_thread(community=community, title=f"Draad {label}", label=label, by=lead).pk,
        "story_id": _story(of, label),
        **a_publication(community, label, lead, of.member),
        "initiative_id": uptake.put_initiative(community=community, title=f"Plan {label}", label=label, by=lead).pk,
        "goal_id": strategy.set_goal(
            community=community, title=f"Doel {label}", target_year=2030, label=label, by=lead
        ).pk,
        "activity_id": strategy.put_activity(community=community, title=f"Werk {label}", label=label, by=lead).pk,
        "commitment_id": uptake.make_commitment(
            person=of.member,
            meeting=_held(scene, label),
            text="Dit doe ik",
            due_on=clock.today() + timedelta(days=30),
            by=of.member,
        ).pk,
    }


def _story(of: ProgrammeCast, label: Label) -> int:
    """Told by the member, who shows it as far as the label reaches."""
    story = stories.tell_story(community=of.community, texts={Value.APPLIED: "Zo ging het"}, by=of.member)
    return stories.show_story(story=story, label=label, by=of.member).pk


def _held(scene: Scene, label: Label) -> Meeting:
    """A meeting that has begun, at which a commitment can be made."""
    with clock.at(clock.now() - timedelta(days=9)):
        return _meeting(scene, scene.of.community, label)
