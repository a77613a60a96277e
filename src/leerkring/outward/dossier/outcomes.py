"""What came of it, page by page: insights, changes and norms, and what was told."""

from __future__ import annotations

from collections.abc import Iterator

from leerkring.cycle.uptake.enums import Step
from leerkring.outward.dossier.pages import Book, Lines, Part, day_words, facts_of, filled, label_words, said
from leerkring.outward.dossier.table import Row


def insights(book: Book) -> Iterator[Part]:
    for row in book.tables["insights"]:
        yield Part(
            f"inzicht-{row['id']}",
            row["sentence"],
            label_words(row["label"]),
            facts_of(
                ("Gevonden", day_words(row["found_on"])),
                ("Leergroep", book.named("groups", row["group_id"], "name")),
                ("Bijeenkomst", book.named("meetings", row["meeting_id"], "title")),
                ("Zegt iets over", book.named("questions", row["question_ids"], "wording")),
            ),
            [("Waar en wanneer het geldt", row["context"]), ("Hoe we het weten", row["evidence"])],
            files=[("Bron", row["evidence_url"])] if row["evidence_url"] else [],
        )
    for row in book.tables["threads"]:
        insights = [[book.named("insights", pk, "sentence")] for pk in row["insight_ids"]]
        yield Part(
            f"rode-draad-{row['id']}",
            f"Rode draad: {row['title']}",
            label_words(row["label"]),
            facts_of(("Vragen", book.named("questions", row["question_ids"], "wording"))),
            [("", row["story"])],
            filled(Lines("Inzichten", ["Inzicht"], insights)),
        )


def _steps(book: Book, uptake: Row) -> list[Lines]:
    def word(value: int | None) -> str:
        return "" if value is None else f"{value} {Step(value).label}"

    return filled(
        Lines(
            f"{uptake['unit']}: stappen met bewijs",
            ["Dag", "Van", "Naar", "Bewijs", "Wie dat zegt"],
            [
                [
                    day_words(s["taken_on"]),
                    word(s["before"]),
                    word(s["after"]),
                    " ".join(text for text in (s["evidence"], s["evidence_url"]) if text),
                    s["said_by"],
                ]
                for s in book.of("steps", "uptake_id", uptake["id"])
            ],
        ),
        Lines(
            f"{uptake['unit']}: wat het tegenhield",
            ["Sinds", "Wat", "Opgelost", "Hoe"],
            [
                [day_words(b["since_on"]), b["reason"], day_words(b["lifted_on"]), b["lifted_note"]]
                for b in book.of("blocks", "uptake_id", uptake["id"])
            ],
        ),
        Lines(
            f"{uptake['unit']}: nog steeds de norm?",
            ["Dag", "Uitkomst", "Bewijs"],
            [
                [day_words(r["reviewed_on"]), said("norm_reviews", "outcome", r["outcome"]), r["evidence"]]
                for r in book.of("norm_reviews", "uptake_id", uptake["id"])
            ],
        ),
    )


def changes(book: Book) -> Iterator[Part]:
    for row in book.tables["changes"]:
        uptakes = book.of("uptakes", "change_id", row["id"])
        yield Part(
            f"verandering-{row['id']}",
            row["title"],
            label_words(row["label"]),
            facts_of(
                ("Soort", said("changes", "kind", row["kind"])),
                (
                    "Ankerpunt",
                    " ".join(w for w in (said("changes", "anchor_kind", row["anchor_kind"]), row["anchor"]) if w),
                ),
                ("Trekker", row["carrier"]),
                ("Rust op", book.named("insights", row["insight_ids"], "sentence")),
                *(
                    (
                        uptake["unit"],
                        f"trede {uptake['step']}, {Step(uptake['step']).label}"
                        + (f"; opgegeven: {uptake['given_up_reason']}" if uptake["given_up_at"] else ""),
                    )
                    for uptake in uptakes
                ),
            ),
            [("", row["explanation"])],
            [lines for uptake in uptakes for lines in _steps(book, uptake)],
        )


def norms(book: Book) -> Iterator[Part]:
    for uptake in book.tables["uptakes"]:
        if uptake["step"] == Step.NORM and not uptake["given_up_at"]:
            change = book.of("changes", "id", uptake["change_id"])[0]
            yield Part(
                f"norm-{uptake['id']}",
                f"{change['title']}, {uptake['unit']}",
                label_words(uptake["label"]),
                facts_of(("Ankerpunt", change["anchor"]), ("Opnieuw bekijken", day_words(uptake["review_on"]))),
                tables=_steps(book, uptake),
            )


def goals(book: Book) -> Iterator[Part]:
    for row in book.tables["goals"]:
        values = book.of("goal_values", "goal_id", row["id"])
        activities = [a for a in book.tables["activities"] if row["id"] in a["goal_ids"]]
        yield Part(
            f"doel-{row['id']}",
            row["title"],
            label_words(row["label"]),
            facts_of(("Doeljaar", row["target_year"]), ("Streefwaarde", row["target_value"])),
            [("", row["explanation"])],
            filled(
                Lines(
                    "Gemeten",
                    ["Dag", f"Waarde {row['measured_in']}".strip(), "Bron"],
                    [[day_words(v["measured_on"]), v["value"], v["source"]] for v in values],
                ),
                Lines(
                    "Activiteiten",
                    ["Nummer", "Activiteit", "Stand"],
                    [[a["number"], a["title"], said("activities", "state", a["state"])] for a in activities],
                ),
            ),
        )


def plans(book: Book) -> Iterator[Part]:
    for row in book.tables["initiatives"]:
        yield Part(
            f"initiatief-{row['id']}",
            row["title"],
            label_words(row["label"]),
            facts_of(
                ("Moeite", said("initiatives", "effort", row["effort"])),
                ("Effect", said("initiatives", "impact", row["impact"])),
                ("Partners", row["partners"]),
                ("Doen mee", book.named("organisations", row["organisation_ids"], "name")),
                ("Volgende stap", row["next_step"]),
                ("Trekker", row["carrier"]),
            ),
            [("", row["description"])],
        )


def reports(book: Book) -> Iterator[Part]:
    for row in book.tables["reports"]:
        report = row["data"]["nl"]
        yield Part(
            f"verslag-{row['id']}",
            report["title"],
            label_words(row["label"]),
            facts_of(
                ("Voor wie", said("reports", "audience", row["audience"])),
                ("Gemaakt", day_words(row["made_at"])),
                ("Vrijgegeven", day_words(row["released_at"]) or "nee"),
            ),
            [("", report["lead"]), ("Hoe dit is geteld", "\n".join(report["sources"]))],
            filled(
                Lines(
                    report["figures_head"],
                    ["Cijfer", "Hoeveel", "Wat het telt"],
                    [[figure["name"], figure["value"], figure["sentence"]] for figure in report["figures"]],
                ),
                *(Lines(s["heading"], s["heads"], s["lines"]) for s in report["sections"]),
            ),
        )


def publications(book: Book) -> Iterator[Part]:
    for row in book.tables["publications"]:
        texts = sorted(
            book.of("publication_texts", "publication_id", row["id"]), key=lambda text: text["language"] != "nl"
        )
        yield Part(
            f"publicatie-{row['id']}",
            texts[0]["title"] if texts else f"Publicatie {row['id']}",
            label_words(row["label"]),
            facts_of(
                ("Soort", said("publications", "kind", row["kind"])),
                ("Uit sinds", day_words(row["published_on"])),
                ("Door", ", ".join(row["names"])),
            ),
            [
                (text["title"] if number else "", f"{text['lead']}\n\n{text['text']}")
                for number, text in enumerate(texts)
            ],
            files=[
                (name, row[column]) for name, column in (("Bestand", "path"), ("Beeld", "picture_path")) if row[column]
            ],
        )
