"""How long a certificate takes as PDF: one, and a hundred. `python benchmarks/certificates.py`; needs no database."""

import json
import resource
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "src"), str(ROOT)]

from leerkring.platform.documents.making import Document, made, qr  # noqa: E402

TEMPLATE = ROOT / "src/leerkring/direction/programmes/completion/documents/certificate.typ"
ADDRESS = "https://leerkring.example/certificates/ACDE-FGHJ-KLMN-PQRT/"
LINES = [
    {"day": f"{day} maart 2023", "title": "Circulair denken", "more": "Workshop", "hours": "3 uur"}
    for day in range(1, 7)
]


def a_certificate(number: int) -> Document:
    data = {
        "title": f"Certificaat {number}", "host": "Regio West-Brabant", "foot": f"Certificaat {number}",
        "kind": "Certificaat van deelname", "name": f"Deelnemer {number}", "took_part": "nam volledig deel aan",
        "programme": "Leerprogramma circulaire economie", "edition": "Voorjaar 2023", "part": 6, "whole": 6,
        "attended": 6, "of_all": "van 6", "sum": "Was bij 6 van de 6 bijeenkomsten.", "attended_head": "Bijgewoond",
        "heads": ["Datum", "Bijeenkomst", "Uren"], "lines": LINES, "nothing": "", "rule": "Volledig vanaf 5.",
        "facts": [["Nummer", f"2023-{number:04}"]], "check": "Controleer het op", "address": ADDRESS,
        "address_words": ADDRESS, "qr": qr(ADDRESS), "qr_words": "QR-code",
    }  # fmt: skip
    return Document(TEMPLATE, data, "nl", datetime(2023, 6, 16, tzinfo=UTC))


def main() -> None:
    started, used = time.perf_counter(), time.process_time()
    size = len(made(a_certificate(0)))
    first = time.perf_counter() - started
    started, used = time.perf_counter(), time.process_time()
    for number in range(1, 101):
        made(a_certificate(number))
    hundred, work = time.perf_counter() - started, time.process_time() - used
    print(
        json.dumps(
            {
                "first_ms": round(first * 1000, 1),
                "one_ms": round(hundred * 10, 1),
                "one_processor_ms": round(work * 10, 1),
                "hundred_s": round(hundred, 2),
                "bytes": size,
                "memory_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
            }
        )
    )


if __name__ == "__main__":
    main()
