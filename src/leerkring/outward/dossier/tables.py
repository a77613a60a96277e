"""Every table that a dossier holds, in the order in which one reads about a programme."""

from __future__ import annotations

from leerkring.community.meetings.enums import MeetingKind, MeetingState
from leerkring.cycle.groups.enums import GroupState, Guidance
from leerkring.cycle.insights.enums import HarvestKind
from leerkring.cycle.questions.enums import ActionKind, ActionState, DropReason, Origin, QuestionState, Size
from leerkring.cycle.uptake.enums import AnchorKind, ChangeKind, ReviewOutcome, Step
from leerkring.direction.programmes.enums import EditionState, ProgrammeKind
from leerkring.direction.strategy.enums import ActivityState
from leerkring.outward.dossier import queries
from leerkring.outward.dossier.table import Table
from leerkring.outward.publishing.publications.enums import PublicationKind
from leerkring.outward.publishing.reports.enums import Audience

TABLES: tuple[Table, ...] = (
    Table(
        "programmes",
        "Het programma zelf. Altijd één rij.",
        queries.programmes,
        "id name=community.name slug kind headline purpose long_term_goals host=host.name starts_on ended_on",
        words={"kind": ProgrammeKind},
    ),
    Table("organisations", "Organisaties die meedoen.", queries.organisations, "id name kind"),
    Table(
        "units",
        "Organisatieonderdelen van die organisaties.",
        queries.units,
        "id organisation_id parent_id name short_name",
        refs={"organisation_id": "organisations", "parent_id": "units"},
    ),
    Table(
        "editions",
        "Edities, met hoeveel mensen meededen. Minder dan vijf mensen is geen getal.",
        queries.editions,
        "id name state starts_on ends_on places_count fully_from_count taking_part#taking_part_count",
        words={"state": EditionState},
    ),
    Table(
        "cycles",
        "Cycli: van de ene werkplaats naar de volgende.",
        queries.cycles,
        "id number opened_by_id closed_by_id",
        refs={"opened_by_id": "meetings", "closed_by_id": "meetings"},
    ),
    Table(
        "goals",
        "Beleidsdoelen.",
        queries.goals,
        "id label title explanation target_year target_value measured_in",
    ),
    Table(
        "goal_values",
        "Gemeten waarden van de doelen, met bron.",
        queries.goal_values,
        "id goal_id measured_on value source",
        refs={"goal_id": "goals"},
        needs=("goal_id",),
    ),
    Table(
        "activities",
        "Activiteiten onder de doelen.",
        queries.activities,
        "id label number title description chain state starts_on ends_on unit_id owner@owner.name goal_ids=goals[]",
        refs={"unit_id": "units", "goal_ids": "goals"},
        words={"state": ActivityState},
    ),
    Table(
        "meetings",
        "Bijeenkomsten. Van een intervisie staan hier alleen soort, dag, duur en hoeveel mensen er waren.",
        queries.meetings,
        "id label kind title purpose starts_at ends_at minutes place state facilitator@facilitator.name"
        " group_id=community.group.pk edition_ids=editions[] present#present_count",
        refs={"group_id": "groups", "edition_ids": "editions"},
        words={"kind": MeetingKind, "state": MeetingState},
        silent=("title", "purpose", "place", "facilitator"),
    ),
    Table(
        "run_sheet",
        "Draaiboeken, zoals deelnemers ze zien: de onderdelen van een bijeenkomst in volgorde.",
        queries.run_sheet,
        "id meeting_id position minutes title=name note",
        refs={"meeting_id": "meetings"},
        needs=("meeting_id",),
    ),
    Table(
        "materials",
        "Materiaal bij bijeenkomsten. Een bestand staat in de map bestanden, onder de naam in de kolom path.",
        queries.materials,
        "id label meeting_id title url file_name content_type size added_at",
        refs={"meeting_id": "meetings"},
        needs=("meeting_id",),
    ),
    Table(
        "harvest",
        "De oogst van bijeenkomsten, regel voor regel. Voornemens van mensen staan er niet in.",
        queries.harvest,
        "id label=meeting.label meeting_id kind text at insight_id question_id action_id",
        refs={
            "meeting_id": "meetings",
            "insight_id": "insights",
            "question_id": "questions",
            "action_id": "question_actions",
        },
        needs=("meeting_id",),
        words={"kind": HarvestKind},
    ),
    Table("themes", "Thema's.", queries.themes, "id name explanation is_closed"),
    Table(
        "questions",
        "Leervragen zoals ze nu zijn.",
        queries.questions,
        "id label code wording barrier state answer drop_reason drop_note origin theme_id owner@owner.name"
        " owner_unit=owner_unit.name raised_at raised_in_id goal_ids=goals[] activity_ids=activities[]",
        refs={"theme_id": "themes", "raised_in_id": "meetings", "goal_ids": "goals", "activity_ids": "activities"},
        words={"state": QuestionState, "drop_reason": DropReason, "origin": Origin},
    ),
    Table(
        "wordings",
        "Elke formulering die een leervraag heeft gehad.",
        queries.wordings,
        "id question_id text at by@by.name meeting_id",
        refs={"question_id": "questions", "meeting_id": "meetings"},
        needs=("question_id",),
    ),
    Table(
        "question_states",
        "Elke stap in het leven van een leervraag.",
        queries.question_states,
        "id question_id before after at by@by.name note",
        refs={"question_id": "questions"},
        needs=("question_id",),
        words={"before": QuestionState, "after": QuestionState},
    ),
    Table(
        "successions",
        "Welke leervraag uit welke andere kwam, door splitsen of samenvoegen.",
        queries.successions,
        "id predecessor_id successor_id at",
        refs={"predecessor_id": "questions", "successor_id": "questions"},
        needs=("predecessor_id", "successor_id"),
    ),
    Table(
        "question_actions",
        "Acties bij leervragen, met wat ze opleverden.",
        queries.actions,
        "id question_id text kind state owner@owner.name due_on effort impact effect made_at done_at",
        refs={"question_id": "questions"},
        needs=("question_id",),
        words={"kind": ActionKind, "state": ActionState, "effort": Size, "impact": Size},
    ),
    Table(
        "agenda_versions",
        "Vastgestelde versies van de leeragenda. Ze veranderen nooit.",
        queries.versions,
        "id label number state meeting_id meeting_title decision set_on set_at set_by@set_by_name note stubborn_after",
        refs={"meeting_id": "meetings"},
    ),
    Table(
        "agenda_entries",
        "De leervragen zoals ze in een versie van de leeragenda staan.",
        queries.entries,
        "id version_id question_id code position is_listed wording barrier state answer theme=theme_name"
        " owner@owner_name drop_reason drop_note came_from went_to open_count closed_in",
        refs={"version_id": "agenda_versions", "question_id": "questions"},
        needs=("version_id", "question_id"),
        words={"state": QuestionState, "drop_reason": DropReason},
    ),
    Table(
        "groups",
        "Leergroepen.",
        queries.groups,
        "id label name purpose state guidance guide@guide.name guide_organisation=guide_organisation.name theme_id"
        " formed_in_id formed_on ended_on question_ids=questions[] came_from_ids=came_from[]",
        refs={
            "theme_id": "themes",
            "formed_in_id": "meetings",
            "question_ids": "questions",
            "came_from_ids": "groups",
        },
        words={"state": GroupState, "guidance": Guidance},
    ),
    Table(
        "cases",
        "Casussen waaraan leergroepen werkten.",
        queries.cases,
        "id label group_id title description closed_on",
        refs={"group_id": "groups"},
        needs=("group_id",),
    ),
    Table(
        "results",
        "Wat een leergroep op een bijeenkomst liet zien.",
        queries.results,
        "id label=group.label group_id meeting_id did found asks wants_to",
        refs={"group_id": "groups", "meeting_id": "meetings"},
        needs=("group_id", "meeting_id"),
    ),
    Table(
        "insights",
        "Inzichten: één zin die anderen kunnen gebruiken, met waar het geldt en hoe we het weten.",
        queries.insights,
        "id label sentence context evidence evidence_url found_on meeting_id group_id question_ids=questions[]",
        refs={"meeting_id": "meetings", "group_id": "groups", "question_ids": "questions"},
    ),
    Table(
        "threads",
        "Rode draden door inzichten en vragen.",
        queries.threads,
        "id label title story insight_ids=insights[] question_ids=questions[]",
        refs={"insight_ids": "insights", "question_ids": "questions"},
    ),
    Table(
        "follow_ups",
        "Welke leervraag uit welk inzicht kwam.",
        queries.follow_ups,
        "id insight_id question_id at",
        refs={"insight_id": "insights", "question_id": "questions"},
        needs=("insight_id", "question_id"),
    ),
    Table(
        "changes",
        "Veranderingen in het werk, met de inzichten waarop ze rusten.",
        queries.changes,
        "id label title kind explanation anchor_kind anchor carrier@carrier.name theme_id insight_ids=insights[]"
        " goal_ids=goals[] activity_ids=activities[] made_at",
        refs={
            "theme_id": "themes",
            "insight_ids": "insights",
            "goal_ids": "goals",
            "activity_ids": "activities",
        },
        words={"kind": ChangeKind, "anchor_kind": AnchorKind},
    ),
    Table(
        "uptakes",
        "Doorwerking: een verandering in een onderdeel, met de trede waarop die staat (0 tot en met 5).",
        queries.uptakes,
        "id label=change.label change_id unit_id unit=unit.name step recipient@recipient.name"
        " recipient_name@recipient_name review_on given_up_at given_up_reason",
        refs={"change_id": "changes", "unit_id": "units"},
        needs=("change_id",),
        words={"step": Step},
    ),
    Table(
        "steps",
        "Elke stap van een doorwerking, met het bewijs.",
        queries.steps,
        "id uptake_id before after evidence evidence_url said_by@name taken_on",
        refs={"uptake_id": "uptakes"},
        needs=("uptake_id",),
        words={"before": Step, "after": Step},
    ),
    Table(
        "blocks",
        "Wat een doorwerking tegenhield, van wanneer tot wanneer.",
        queries.blocks,
        "id uptake_id reason since_on lifted_on lifted_note",
        refs={"uptake_id": "uptakes"},
        needs=("uptake_id",),
    ),
    Table(
        "givings_up",
        "Wanneer en waarom een doorwerking is opgegeven.",
        queries.givings_up,
        "id uptake_id reason at resumed_at",
        refs={"uptake_id": "uptakes"},
        needs=("uptake_id",),
    ),
    Table(
        "norm_reviews",
        "Of een norm later nog steeds de norm was.",
        queries.reviews,
        "id uptake_id outcome evidence said_by@name reviewed_on next_review_on",
        refs={"uptake_id": "uptakes"},
        needs=("uptake_id",),
        words={"outcome": ReviewOutcome},
    ),
    Table(
        "questions_from_blocks",
        "Welke leervraag uit welke belemmering kwam.",
        queries.questions_from_blocks,
        "id block_id question_id at",
        refs={"block_id": "blocks", "question_id": "questions"},
        needs=("block_id", "question_id"),
    ),
    Table(
        "initiatives",
        "Kansrijke initiatieven.",
        queries.initiatives,
        "id label title description effort impact partners next_step next_step_by@next_step_by.name next_step_on"
        " carrier@carrier.name meeting_id organisation_ids=organisations[] goal_ids=goals[] change_ids=changes[]",
        refs={
            "meeting_id": "meetings",
            "organisation_ids": "organisations",
            "goal_ids": "goals",
            "change_ids": "changes",
        },
        words={"effort": Size, "impact": Size},
    ),
    Table(
        "reports",
        "Verslagen zoals ze toen zijn gemaakt; hun cijfers veranderen niet meer.",
        queries.reports,
        "id label audience edition_id made_at released_at data",
        refs={"edition_id": "editions"},
        words={"audience": Audience},
    ),
    Table(
        "publications",
        "Publicaties die uit zijn, met de namen van wie daarvoor toestemming gaf.",
        queries.publications,
        "id label kind published_on names file_name file_type",
        words={"kind": PublicationKind},
    ),
    Table(
        "publication_texts",
        "De tekst van publicaties, per taal, in Markdown.",
        queries.publication_texts,
        "id label=publication.label publication_id language title lead text picture_words",
        refs={"publication_id": "publications"},
        needs=("publication_id",),
    ),
    Table(
        "facts",
        "Wat er gebeurde, in volgorde, alleen met nummers. Wat over een persoon gaat, staat er niet in.",
        queries.facts,
        "id name at community_id ids",
    ),
)
NAMED = {table.name: table for table in TABLES}
