"""What the steps of facilitators were about. A step keeps ids; names are looked up here, as they are now."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.db.models import Q

from leerkring.community.meetings.models import Seat
from leerkring.community.people.models import Person
from leerkring.cycle.questions.models import LearningQuestion
from leerkring.formats.werkplaats.models import Ask, Placing, Post, Presentation, Round, Step, Table
from leerkring.formats.werkplaats.queries.scene import Scene
from leerkring.formats.werkplaats.snapshots import StepView

Row = tuple[str, int]
FEW = 4
"""Of a step about more rows only their number is told."""
LEADING = {
    "place": "Placing", "put_with": "Cluster", "cluster_posts": "Cluster", "dissolve_cluster": "Cluster",
    "begin_presentation": "Presentation", "put_presentation": "Presentation", "end_presentation": "Presentation",
    "move_round": "Round", "add_round": "Round", "walk": "LearningQuestion", "place_pile": "LearningQuestion",
    "remove_table": "Table",
}  # fmt: skip
"""The kind of thing that a step is about, where it changes rows of several kinds."""


def step_views(scene: Scene, steps: Iterable[Step]) -> tuple[StepView, ...]:
    """Steps with the names of who and what they are about; a fixed number of queries however many rows they changed."""
    shown = list(steps)
    names = _names(scene, {row for step in shown for row in (*_things(step), *_others(step))})
    return tuple(_view(step, names) for step in shown)


def _view(step: Step, names: dict[Row, str]) -> StepView:
    things, others = _things(step), _others(step)
    return StepView(
        id=step.pk, verb=step.verb, by=step.by.name if step.by else "", at=step.at,
        is_undone=step.undone_at is not None, undone_by=step.undone_by.name if step.undone_by else "",
        thing=names.get(things[0], "") if things else "", other=names.get(others[0], "") if others else "",
        count=_count(step), verdict=str(step.payload.get("verdict", "")),
    )  # fmt: skip


def _rows(step: Step, name: str = "") -> list[dict[str, Any]]:
    """What became of the rows of this kind (of all when none is named): model, id, and values before and after."""
    altered = list(step.payload["altered"])
    made = [{"model": model, "id": id_, "before": {}, "after": {}} for model, id_ in step.payload["made"]]
    removed = [
        {"model": entry["model"], "id": entry["values"]["id"], "before": entry["values"], "after": {}}
        for entry in step.payload["removed"]
    ]
    return [row for row in (*altered, *made, *removed) if not name or row["model"] == name]


def _count(step: Step) -> int:
    kind = {"apply_division": "Placing", "put_with": "Post", "cluster_posts": "Post", "release_all": "Post"}
    return len({row["id"] for row in _rows(step, kind.get(step.verb, ""))})


def _things(step: Step) -> list[Row]:
    """The row that a step is about, first."""
    named = {
        "Cluster": step.payload.get("cluster_id"), "Round": step.payload.get("round_id"),
        "LearningQuestion": step.payload.get("question_id"),
    }  # fmt: skip
    told = [(model, int(id_)) for model, id_ in named.items() if id_]
    leading = LEADING.get(step.verb)
    if any(model == leading for model, _id in told):
        return [row for row in told if row[0] == leading]
    rows = _rows(step, leading or "")
    if len(rows) > FEW and step.verb != "move_round":
        return told
    found = [row for each in rows if (row := _whose(each))]
    return [*told, *found] if not leading else [*found, *told]


def _whose(row: dict[str, Any]) -> Row | None:
    """A place is told by who has it; of a place that is no longer there, the step knows whose it was."""
    if row["model"] != "Placing" or not row["before"].get("room_id"):
        return row["model"], row["id"]
    person, seat = row["before"].get("person_id"), row["before"].get("seat_id")
    return ("Person", person) if person else ("Seat", seat) if seat else None


def _others(step: Step) -> list[Row]:
    """The second thing: the pile on which another one was put, the table where somebody sits now."""
    rows = _rows(step)
    match step.verb:
        case "merge_clusters":
            return [("Cluster", row["after"]["merged_into_id"]) for row in rows if row["after"].get("merged_into_id")]
        case "put_with" if _count(step) == 1:
            return [("Post", row["id"]) for row in rows if row["model"] == "Post"]
        case "place":
            moved = [("Table", row["after"]["table_id"]) for row in rows if row["after"].get("table_id")]
            return moved or [("Table of", id_) for model, id_ in step.payload["made"] if model == "Placing"]
        case _other:
            return []


def _names(scene: Scene, wanted: set[Row]) -> dict[Row, str]:
    ids: defaultdict[str, set[int]] = defaultdict(set)
    for model, id_ in wanted:
        ids[model].add(id_)
    found = _of_posts(scene, ids["Post"], ids["Cluster"])
    known = {round_.pk: round_ for round_ in scene.rounds}
    if missing := ids["Round"] - set(known):
        known |= Round.objects.filter(room=scene.room).in_bulk(missing)
    found |= {("Round", pk): row.title for pk, row in known.items()}
    if ids["Placing"] or ids["Table of"]:
        rows = Placing.objects.filter(room=scene.room).select_related("person", "seat__person", "table")
        for pk, row in rows.in_bulk(ids["Placing"] | ids["Table of"]).items():
            person = row.person or (row.seat.person if row.seat else None)
            found["Placing", pk] = person.name if person else (row.seat.name if row.seat else "")
            found["Table of", pk] = row.table.name
    if ids["Table"]:
        tables = Table.objects.filter(room=scene.room).in_bulk(ids["Table"])
        found |= {("Table", pk): row.name for pk, row in tables.items()}
    if ids["Presentation"]:
        presenting = Presentation.objects.filter(round__room=scene.room).select_related("group")
        found |= {("Presentation", pk): row.group.name for pk, row in presenting.in_bulk(ids["Presentation"]).items()}
    if ids["LearningQuestion"]:
        questions = LearningQuestion.objects.in_bulk(ids["LearningQuestion"])
        found |= {("LearningQuestion", pk): row.code or "" for pk, row in questions.items()}
    if ids["Ask"]:
        asks = Ask.objects.filter(round__room=scene.room).in_bulk(ids["Ask"])
        found |= {("Ask", pk): row.text for pk, row in asks.items()}
    if ids["Person"]:
        found |= {("Person", pk): row.name for pk, row in Person.objects.in_bulk(ids["Person"]).items()}
    if ids["Seat"]:
        found |= {("Seat", pk): row.name for pk, row in Seat.objects.in_bulk(ids["Seat"]).items()}
    return found


def _of_posts(scene: Scene, posts: set[int], clusters: set[int]) -> dict[Row, str]:
    """What was taken back is no longer told; a pile without a name is told by what lies on top."""
    found: dict[Row, str] = {}
    on_top: dict[int, str] = {}
    nameless = {pk for pk in clusters if pk in scene.piles.rows and not scene.piles.rows[pk].title}
    if posts or nameless:
        rows = Post.objects.filter(Q(pk__in=posts) | Q(cluster__in=nameless), taken_back_at__isnull=True)
        for pk, cluster_id, text in rows.filter(room=scene.room).order_by("pk").values_list("pk", "cluster", "text"):
            found["Post", pk] = text
            on_top.setdefault(cluster_id or 0, text)
    for pk in clusters:
        pile = scene.piles.rows.get(pk)
        found["Cluster", pk] = (pile.title if pile else "") or on_top.get(pk, "")
    return found
