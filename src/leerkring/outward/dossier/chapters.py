"""What happened, page by page: meetings, questions, the agenda, groups."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from django.utils.text import capfirst

from leerkring.cycle.agenda.enums import Fate
from leerkring.outward.dossier.gathering import COMPARISONS
from leerkring.outward.dossier.pages import Book, Lines, Part, day_words, facts_of, filled, label_words, said
from leerkring.outward.dossier.table import Row


def meetings(book: Book) -> Iterator[Part]:
    for row in sorted(book.tables["meetings"], key=lambda row: (row["starts_at"], row["id"])):
        sheet = book.of("run_sheet", "meeting_id", row["id"])
        harvest = book.of("harvest", "meeting_id", row["id"])
        kind = said("meetings", "kind", row["kind"])
        versions = book.of("agenda_versions", "meeting_id", row["id"])
        yield Part(
            f"bijeenkomst-{row['id']}",
            row["title"] or kind,
            label_words(row["label"]),
            facts_of(
                ("Soort", kind),
                ("Dag", day_words(row["starts_at"])),
                ("Duur", f"{row['minutes']} minuten"),
                ("Plaats", row["place"]),
                ("Stand", said("meetings", "state", row["state"])),
                ("Aanwezig", row["present"]),
                ("Begeleider", row["facilitator"]),
                ("Leergroep", book.named("groups", row["group_id"], "name")),
                ("Leeragenda", ", ".join(f"versie {version['number']}" for version in versions)),
            ),
            [("", row["purpose"])],
            filled(
                Lines(
                    "Draaiboek",
                    ["Minuten", "Onderdeel", "Toelichting"],
                    [[str(item["minutes"]), item["title"], item["note"]] for item in sheet],
                ),
                Lines(
                    "Oogst",
                    ["Soort", "Wat er gezegd is"],
                    [[said("harvest", "kind", line["kind"]), line["text"]] for line in harvest],
                ),
            ),
            [(m["title"], m["path"] or m["url"]) for m in book.of("materials", "meeting_id", row["id"])],
        )


def questions(book: Book) -> Iterator[Part]:
    def order(row: Row) -> tuple[bool, int, str, int]:
        return not row["code"], len(row["code"] or ""), row["code"] or "", row["id"]

    for row in sorted(book.tables["questions"], key=order):
        came = [link["predecessor_id"] for link in book.of("successions", "successor_id", row["id"])]
        went = [link["successor_id"] for link in book.of("successions", "predecessor_id", row["id"])]
        yield Part(
            f"vraag-{row['id']}",
            f"{row['code']}. {row['wording']}" if row["code"] else row["wording"],
            label_words(row["label"]),
            facts_of(
                ("Stand", said("questions", "state", row["state"])),
                ("Thema", book.named("themes", row["theme_id"], "name")),
                ("Eigenaar", ", ".join(name for name in (row["owner"], row["owner_unit"]) if name)),
                ("Ingebracht", day_words(row["raised_at"])),
                ("Kwam uit", book.named("questions", came, "wording")),
                ("Ging verder als", book.named("questions", went, "wording")),
                ("Losgelaten", said("questions", "drop_reason", row["drop_reason"])),
                ("Toelichting", row["drop_note"]),
            ),
            [("Belemmering", row["barrier"]), ("Antwoord", row["answer"])],
            filled(
                Lines(
                    "Formuleringen",
                    ["Dag", "Formulering", "Door"],
                    [
                        [day_words(w["at"]), w["text"], w["by"] or ""]
                        for w in book.of("wordings", "question_id", row["id"])
                    ],
                ),
                Lines(
                    "Verloop",
                    ["Dag", "Werd", "Toelichting"],
                    [
                        [day_words(c["at"]), said("question_states", "after", c["after"]), c["note"]]
                        for c in book.of("question_states", "question_id", row["id"])
                    ],
                ),
                Lines(
                    "Acties",
                    ["Actie", "Wie", "Stand", "Wat het opleverde"],
                    [
                        [a["text"], a["owner"] or "", said("question_actions", "state", a["state"]), a["effect"]]
                        for a in book.of("question_actions", "question_id", row["id"])
                    ],
                ),
            ),
        )


def agenda(book: Book) -> Iterator[Part]:
    compared: dict[int, list[Row]] = defaultdict(list)
    for row in book.tables[COMPARISONS]:
        compared[row["to_version"]].append(row)
    for version in sorted(book.tables["agenda_versions"], key=lambda row: row["number"]):
        listed = [entry for entry in book.of("agenda_entries", "version_id", version["id"]) if entry["is_listed"]]
        changes = compared[version["number"]]
        yield Part(
            f"versie-{version['number']}",
            f"Versie {version['number']}",
            label_words(version["label"]),
            facts_of(
                ("Vastgesteld", day_words(version["set_on"])),
                ("Bijeenkomst", version["meeting_title"] if version["meeting_id"] else ""),
                ("Besluit", version["decision"]),
                ("Door", version["set_by"]),
            ),
            [("", version["note"])],
            filled(
                Lines(
                    f"Leervragen in versie {version['number']}",
                    ["Letter", "Vraag", "Thema", "Stand", "Eigenaar"],
                    [
                        [e["code"], e["wording"], e["theme"], said("agenda_entries", "state", e["state"]), e["owner"]]
                        for e in listed
                    ],
                ),
                Lines(
                    f"Van versie {changes[0]['from_version'] if changes else ''} naar versie {version['number']}",
                    ["Was", "Wat ermee gebeurde", "Werd"],
                    [
                        [
                            f"{c['old_code']} {c['old_wording']}".strip(),
                            str(capfirst(Fate(c["fate"]).label)),
                            f"{c['new_code']} {c['new_wording']}".strip(),
                        ]
                        for c in changes
                    ],
                ),
            ),
        )


def groups(book: Book) -> Iterator[Part]:
    for row in book.tables["groups"]:
        results = book.of("results", "group_id", row["id"])
        yield Part(
            f"groep-{row['id']}",
            row["name"],
            label_words(row["label"]),
            facts_of(
                ("Stand", said("groups", "state", row["state"])),
                ("Werkt", said("groups", "guidance", row["guidance"])),
                ("Begeleid door", row["guide"] or row["guide_organisation"]),
                ("Gevormd", day_words(row["formed_on"])),
                ("Gestopt", day_words(row["ended_on"])),
                ("Vragen", book.named("questions", row["question_ids"], "wording")),
            ),
            [
                ("Doel", row["purpose"]),
                *((case["title"], case["description"]) for case in book.of("cases", "group_id", row["id"])),
                *(
                    (name, result[column])
                    for result in results
                    for name, column in (("Wat we deden", "did"), ("Wat we vonden", "found"), ("Wat we vragen", "asks"))
                ),
            ],
        )
