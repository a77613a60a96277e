import io
import zipfile
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from leerkring.community.meetings import actions, filetypes
from leerkring.community.meetings.enums import MeetingKind
from leerkring.community.meetings.models import Material
from leerkring.community.memberships.enums import Label
from leerkring.community.people.models import Person
from leerkring.platform import clock
from leerkring.platform.facts.models import FactRow
from leerkring.platform.rules import Refused
from tests.cast import Cast

Browser = Callable[[Person | None], Client]

PDF = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n"
PNG = b"\x89PNG\r\n\x1a\n" + b"\x00" * 32


def zipped(**files: str) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return content.getvalue()


DOCX = zipped(**{"[Content_Types].xml": "<x/>", "word/document.xml": "<x/>"})
XLSM = zipped(**{"[Content_Types].xml": "<x/>", "xl/workbook.xml": "<x/>", "xl/vbaProject.bin": "macro"})
ODT = zipped(**{"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "<x/>"})
HTML = b"<!doctype html><script>alert(document.cookie)</script>"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'


@pytest.fixture(autouse=True)
def uploads(settings: object, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path  # type: ignore[attr-defined]
    return tmp_path


def upload(name: str, content: bytes, content_type: str = "application/octet-stream") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, content_type)


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("verslag.pdf", PDF, ("verslag.pdf", "application/pdf")),
        ("verslag.exe", PDF, ("verslag.exe.pdf", "application/pdf")),
        ("foto.html", PNG, ("foto.html.png", "image/png")),
        ("notulen.docx", DOCX, ("notulen.docx", filetypes.OFFICE["word/document.xml"][1])),
        ("notulen.odt", ODT, ("notulen.odt", "application/vnd.oasis.opendocument.text")),
        ("lijst.csv", "naam;één\n".encode(), ("lijst.csv", "text/csv")),
        ("../../etc/passwd.pdf", PDF, ("passwd.pdf", "application/pdf")),
        ("..\\..\\boot.pdf", PDF, ("boot.pdf", "application/pdf")),
        ('a"; filename="x\r\n.pdf', PDF, (None, "application/pdf")),
    ],
)
def test_a_file_is_what_its_content_says(
    cast: Cast, uploads: Path, name: str, content: bytes, kind: tuple[str | None, str]
) -> None:
    material = actions.add_material(
        meeting=cast.own.meeting(), title="Verslag", file=upload(name, content, "text/html"), by=cast.own.facilitator
    )
    material.refresh_from_db()
    assert material.content_type == kind[1]
    assert kind[0] is None or material.file_name == kind[0]
    assert not set('/\\"\r\n;') & set(material.file_name)
    stored = Path(material.file.path)
    assert uploads in stored.parents
    assert stored.read_bytes() == content
    assert "passwd" not in stored.name
    assert FactRow.objects.get(name="MaterialAdded").ids["material_id"] == material.pk


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("pagina.html", HTML),
        ("pagina.txt", HTML),
        ("pagina.txt", b"\xef\xbb\xbf  \n<html>"),
        ("plaatje.svg", SVG),
        ("plaatje.txt", SVG),
        ("plaatje.png", SVG),
        ("programma.exe", b"MZ\x90\x00"),
        ("programma.pdf", b"MZ\x90\x00%PDF-"),
        ("macro.xlsm", XLSM),
        ("archief.zip", zipped(a="b")),
        ("kapot.docx", b"PK\x03\x04 kapot"),
        ("tekst.txt", b"\x00\x01\x02"),
        ("tekst.txt", b"\xff\xfe\xff"),
        ("geen-naam", b"gewone tekst"),
    ],
)
def test_a_file_of_another_kind_is_refused(
    cast: Cast, client_of: Browser, uploads: Path, name: str, content: bytes
) -> None:
    meeting = cast.own.meeting()
    with pytest.raises(Refused):
        actions.add_material(meeting=meeting, title="Fout", file=upload(name, content), by=cast.own.lead)
    answer = client_of(cast.own.lead).post(
        f"/eigen/meetings/{meeting.pk}/materials/add/",
        {"file": upload(name, content, "application/pdf"), "label": "programme", "title": "Mijn titel"},
    )
    assert answer.status_code == 422
    assert "Mijn titel" in answer.content.decode()
    assert not Material.objects.exists()
    assert not list(uploads.rglob("*.*"))


def test_a_file_that_is_too_large_is_refused_before_it_is_kept(
    cast: Cast, client_of: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    meeting = cast.own.meeting()
    monkeypatch.setattr(filetypes, "MAX_BYTES", 100)
    with pytest.raises(Refused):
        actions.add_material(meeting=meeting, title="Groot", file=upload("g.pdf", PDF + b"x" * 100), by=cast.own.lead)
    answer = client_of(cast.own.lead).post(
        f"/eigen/meetings/{meeting.pk}/materials/add/",
        data=b"x",
        content_type="multipart/form-data; boundary=x",
        CONTENT_LENGTH=str(60 * 1024 * 1024),
    )
    assert answer.status_code == 413
    assert not Material.objects.exists()


def test_without_a_token_nothing_is_uploaded(cast: Cast) -> None:
    browser = Client(enforce_csrf_checks=True)
    assert cast.own.lead.account is not None
    browser.force_login(cast.own.lead.account)
    meeting = cast.own.meeting()
    answer = browser.post(
        f"/eigen/meetings/{meeting.pk}/materials/add/", {"file": upload("a.pdf", PDF), "label": "programme"}
    )
    assert answer.status_code == 403
    assert not Material.objects.exists()


def test_a_file_is_given_to_keep_and_never_to_run(cast: Cast, client_of: Browser) -> None:
    meeting = cast.own.meeting()
    material = actions.add_material(
        meeting=meeting, title="Verslag", file=upload("één verslag.pdf", PDF), by=cast.own.lead
    )
    answer = client_of(cast.own.follower).get(f"/eigen/meetings/{meeting.pk}/materials/{material.pk}/")
    assert b"".join(answer) == PDF
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"].startswith("attachment;")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer["Content-Security-Policy"]


def test_a_material_obeys_its_own_label_and_that_of_its_meeting(cast: Cast, client_of: Browser) -> None:
    meeting, hidden = cast.own.meeting(), cast.own.meeting(label=Label.GROUP)
    for_team = actions.add_material(
        meeting=meeting, title="Voor het team", file=upload("a.pdf", PDF), label=Label.GROUP, by=cast.own.lead
    )
    in_hidden = actions.add_material(
        meeting=hidden, title="Verborgen", file=upload("b.pdf", PDF), label=Label.PUBLIC, by=cast.own.lead
    )
    member = client_of(cast.own.member)
    assert member.get(f"/eigen/meetings/{meeting.pk}/materials/{for_team.pk}/").status_code == 404
    assert member.get(f"/eigen/meetings/{hidden.pk}/materials/{in_hidden.pk}/").status_code == 404
    assert member.get(f"/eigen/meetings/{meeting.pk}/materials/{in_hidden.pk}/").status_code == 404
    assert "Voor het team" not in member.get(f"/eigen/meetings/{meeting.pk}/").content.decode()
    assert client_of(None).get(f"/eigen/meetings/{meeting.pk}/materials/{for_team.pk}/").status_code == 404
    given = client_of(cast.own.lead).get(f"/eigen/meetings/{meeting.pk}/materials/{for_team.pk}/")
    assert b"".join(given) == PDF


def test_an_intervisie_takes_no_material(cast: Cast, client_of: Browser) -> None:
    meeting = cast.own.meeting(MeetingKind.INTERVISIE, keeps_text=False)
    for given in ({"url": "https://voorbeeld.example/zaak"}, {"file": upload("zaak.pdf", PDF)}):
        with pytest.raises(Refused):
            actions.add_material(meeting=meeting, title="De zaak", by=cast.own.lead, **given)
    browser = client_of(cast.own.lead)
    address = f"/eigen/meetings/{meeting.pk}/materials/add/"
    assert browser.post(address, {"url": "https://x.example/", "title": "De zaak", "label": "group"}).status_code == 422
    assert not Material.objects.exists()


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "ftp://x.example/a", "x"]
)
def test_a_link_goes_to_a_web_page(cast: Cast, url: str) -> None:
    with pytest.raises(Refused):
        actions.add_material(meeting=cast.own.meeting(), title="Link", url=url, by=cast.own.lead)


def test_removing_can_be_undone_for_a_week_and_then_the_file_is_gone(
    cast: Cast, client_of: Browser, uploads: Path, committed: Callable[[], Iterator[None]]
) -> None:
    meeting = cast.own.meeting()
    material = actions.add_material(meeting=meeting, title="Verslag", file=upload("a.pdf", PDF), by=cast.own.lead)
    browser = client_of(cast.own.lead)
    address = f"/eigen/meetings/{meeting.pk}/materials/{material.pk}/"

    assert browser.post(address + "remove/").status_code == 302
    assert browser.get(address).status_code == 404
    assert browser.post(address + "restore/").status_code == 302
    assert b"".join(browser.get(address)) == PDF
    assert browser.post(address + "remove/").status_code == 302

    with clock.at(clock.now() + timedelta(days=8)), committed():  # type: ignore[attr-defined]
        actions.add_material(meeting=meeting, title="Link", url="https://voorbeeld.example/", by=cast.own.lead)
    assert not Material.objects.filter(pk=material.pk).exists()
    assert not default_storage.exists(material.file.name or "")


@pytest.mark.parametrize("who", ["member", "follower"])
def test_readers_add_and_remove_nothing(cast: Cast, client_of: Browser, who: str) -> None:
    meeting = cast.own.meeting()
    person = getattr(cast.own, who)
    material = actions.add_material(meeting=meeting, title="Link", url="https://x.example/", by=cast.own.lead)
    with pytest.raises(PermissionDenied):
        actions.add_material(meeting=meeting, title="Mijn", url="https://x.example/", by=person)
    with pytest.raises(PermissionDenied):
        actions.remove_material(material=material, by=person)
    with pytest.raises(PermissionDenied):
        actions.restore_material(material=material, by=person)
    for verb in ("add/", f"{material.pk}/remove/", f"{material.pk}/restore/"):
        assert client_of(person).post(f"/eigen/meetings/{meeting.pk}/materials/{verb}").status_code == 403
