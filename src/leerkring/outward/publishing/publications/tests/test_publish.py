import struct
from collections.abc import Callable
from datetime import timedelta
from xml.etree import ElementTree as ET

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from leerkring.community.memberships.enums import Label
from leerkring.community.people import actions as people
from leerkring.community.people.models import Person
from leerkring.outward.publishing.limits import TooMuch
from leerkring.outward.publishing.publications import actions, pictures, queries
from leerkring.outward.publishing.publications.enums import Language, ReactionState
from leerkring.outward.publishing.publications.models import Author, Publication, PublicationText, Reaction
from leerkring.outward.publishing.publications.writing import as_html
from leerkring.platform import clock
from leerkring.platform.facts.models import FactRow
from leerkring.platform.rules import EditedMeanwhile, Refused
from tests.cast import Cast, ProgrammeCast

Browser = Callable[[Person | None], Client]
ATOM = "{http://www.w3.org/2005/Atom}"
LONG_WORD = "w" * 290


def facts_named(*names: str) -> int:
    return FactRow.objects.filter(name__in=names).count()


def out(own: ProgrammeCast, label: Label = Label.PUBLIC, title: str = "Een stuk", **more: object) -> Publication:
    draft = actions.write_publication(
        community=own.community, title=title, lead="Waar het over gaat.", text="Tekst.", label=label, by=own.lead
    )
    return actions.publish(publication=draft, by=own.lead, **more)  # type: ignore[arg-type]


def part(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + b"\0\0\0\0"


SIZE = struct.pack(">IIBBBBB", 30, 20, 8, 2, 0, 0, 0)
PNG = pictures.PNG + part(b"IHDR", SIZE) + part(b"eXIf", b"waar") + part(b"tEXt", b"wie") + part(b"IEND", b"")
EXIF = pictures.EXIF + b"II\x2a\x00" + struct.pack("<IH", 8, 1) + struct.pack("<HHIHH", 0x0112, 3, 1, 6, 0) + b"waar"
JPEG = (
    b"\xff\xd8"
    + b"\xff\xe1" + struct.pack(">H", len(EXIF) + 2) + EXIF
    + b"\xff\xfe\x00\x05wie"
    + b"\xff\xc0" + struct.pack(">HBHHB", 8, 8, 20, 30, 1)
    + b"\xff\xda\x00\x02" + b"scan" + b"\xff\xd9" + b"achteraan"
)  # fmt: skip


def test_a_picture_is_told_by_content_and_says_not_where_it_was_taken() -> None:
    png, jpeg = pictures.picture_of(PNG), pictures.picture_of(JPEG)
    assert (png.content_type, png.width, png.height) == ("image/png", 30, 20)
    assert (jpeg.content_type, jpeg.width, jpeg.height) == ("image/jpeg", 20, 30), "turned by the camera"
    for words in (b"waar", b"wie", b"achteraan"):
        assert words not in png.content + jpeg.content
    assert pictures.picture_of(jpeg.content) == jpeg
    for broken in (b"<svg onload=x>", b"GIF89a", PNG[:-8], JPEG[:40], b"\xff\xd8\xff", b""):
        with pytest.raises(Refused):
            pictures.picture_of(broken)
    huge = pictures.PNG + part(b"IHDR", struct.pack(">IIBBBBB", 99_999, 99_999, 8, 2, 0, 0, 0)) + part(b"IEND", b"")
    with pytest.raises(Refused):
        pictures.picture_of(huge)


def test_text_is_markdown_and_nothing_else() -> None:
    html = as_html(
        "# Kop\n\n## Onder\n\n**vet** [goed](https://voorbeeld.example) [fout](javascript:alert(1))\n\n"
        "<script>alert(1)</script> <b onclick=x>nee</b>\n\n![plaatje](https://elders.example/volg.png)\n\n"
        "> citaat\n\n- een"
    )
    for words in ("<h2>Kop</h2>", "<h3>Onder</h3>", "<strong>vet</strong>", "<blockquote>", "<li>een</li>"):
        assert words in html
    assert 'href="https://voorbeeld.example" rel="noopener noreferrer nofollow"' in html
    assert as_html("## Eerst\n\n### Dan") == "<h2>Eerst</h2>\n<h3>Dan</h3>\n"
    for words in ("<script", "<b ", "<img", 'href="javascript', "<h1"):
        assert words not in html


def test_a_draft_is_of_the_team_until_its_day(cast: Cast, client_of: Browser) -> None:
    own, lead = cast.own, client_of(cast.own.lead)
    for who in (own.keeper, own.member, cast.other.lead):
        with pytest.raises(PermissionDenied):
            actions.write_publication(community=own.community, title="x", lead="x", text="x", by=who)
    assert lead.post("/eigen/publications/write/", {"title": "Alleen een titel"}).status_code == 422
    answer = lead.post(
        "/eigen/publications/write/",
        {"title": f"Hoe het ging {LONG_WORD[:150]}", "lead": "Kort.", "text": "Lang.\x07", "kind": "essay",
         "label": "public", "language": "nl"},
    )  # fmt: skip
    address = answer.headers["Location"]
    publication = Publication.objects.get()
    assert (publication.kind, publication.text_in("en").text) == ("essay", "Lang.")
    everybody: list[Person | None] = [own.member, own.follower, own.colleague, cast.outsider, None]
    assert {client_of(who).get(address).status_code for who in everybody} == {404}
    assert lead.get(address).status_code == 200
    assert lead.post(address + "publish/", {"on": "geen dag"}).status_code == 422
    tomorrow = clock.today() + timedelta(days=1)
    assert lead.post(address + "publish/", {"on": tomorrow.isoformat()}).status_code == 302
    assert client_of(None).get(address).status_code == 404
    with clock.at(clock.now() + timedelta(days=1)):
        assert client_of(None).get(address).status_code == 200
    assert lead.post(address + "withdraw/").status_code == 302
    assert client_of(own.member).post(address + "put-back/").status_code == 404
    with clock.at(clock.now() + timedelta(days=2)):
        assert client_of(None).get(address).status_code == 404
        assert lead.post(address + "put-back/").status_code == 302
        assert client_of(None).get(address).status_code == 200
        assert client_of(own.member).post(address + "withdraw/").status_code == 403
    publication.refresh_from_db()
    assert publication.published_on == tomorrow
    actions.withdraw_publication(publication=publication, by=own.lead)
    actions.withdraw_publication(publication=publication, by=own.lead)
    assert [facts_named(f"Publication{verb}") for verb in ("Written", "Published", "Withdrawn", "PutBack")] == [
        1,
        1,
        2,
        1,
    ]

    readers: dict[Label, list[Person | None]] = {
        Label.PROGRAMME: [own.member, own.follower],
        Label.ORGANISATIONS: [own.member, own.follower, own.colleague],
        Label.PUBLIC: everybody,
    }
    for label, allowed in readers.items():
        piece = out(own, label, f"Voor {label}")
        page = f"/eigen/publications/{piece.pk}/"
        assert [who for who in everybody if client_of(who).get(page).status_code == 200] == allowed
    listed = [text.title for row in queries.publications_to_list(None, own.community) for text in row.texts.all()]
    assert listed == ["Voor public"]
    front = client_of(own.lead).get("/eigen/").content.decode()
    assert "Voor public" in front
    assert "Voor programme" not in front
    with pytest.raises(Refused):
        actions.write_publication(
            community=own.community, title="x", lead="x", text="x", label=Label.GROUP, by=own.lead
        )


def test_two_who_change_it_lose_nothing_and_a_translation_is_read_by_its_readers(
    cast: Cast, client_of: Browser
) -> None:
    own, publication = cast.own, out(cast.own)
    lead, address = client_of(own.lead), f"/eigen/publications/{publication.pk}/"
    form = {"title": "Een stuk", "lead": "Anders.", "text": "Nieuw.", "kind": "article", "label": "public"}
    first = lead.post(address + "edit/?language=nl", form | {"language": "nl", "revision": "1"})
    assert (first.status_code, first.headers["Location"]) == (302, f"{address}?language=nl")
    late = lead.post(address + "edit/?language=nl", form | {"language": "nl", "revision": "1", "text": "Van mij."})
    assert late.status_code == 422
    for words in ("Nieuw.", "Van mij.", 'value="2"'):
        assert words in late.content.decode()
    with pytest.raises(EditedMeanwhile):
        actions.change_publication(
            publication=publication, language=Language.DUTCH, title="a", lead="b", text="c", revision=1, by=own.lead
        )
    kept = queries.revisions_of(publication).get()
    assert (kept.number, kept.text) == (1, "Tekst.")
    assert "Tekst." in lead.get(address + "history/").content.decode()
    assert client_of(own.member).get(address + "history/").status_code == 403

    english = client_of(None).get(address, headers={"accept-language": "en"}).content.decode()
    assert '<article class="pub" lang="nl">' in english
    lead.post(
        address + "edit/?language=en",
        form | {"title": "A piece", "text": "Fresh.", "language": "en", "revision": "2"},
    )
    english = client_of(None).get(address, headers={"accept-language": "en"}).content.decode()
    assert '<article class="pub">' in english
    assert "Fresh." in english
    assert "Nieuw." in client_of(None).get(address).content.decode()
    assert '<article class="pub" lang="en">' in client_of(None).get(address + "?language=en").content.decode()
    assert facts_named("PublicationChanged") == 2


def test_picture_and_file_come_from_a_view_and_go_with_the_piece(
    cast: Cast, client_of: Browser, django_capture_on_commit_callbacks: Callable[..., object]
) -> None:
    own, publication = cast.own, out(cast.own)
    lead, address = client_of(own.lead), f"/eigen/publications/{publication.pk}/"

    def sent(**fields: object) -> int:
        return lead.post(address + "files/", {"words_nl": "Een brug", **fields}).status_code

    assert sent(picture=SimpleUploadedFile("brug.png", PNG), words_nl="") == 422, "words come with it"
    assert sent(picture=SimpleUploadedFile("brug.png", b"<svg onload=x>")) == 422
    assert sent(file=SimpleUploadedFile("x.html", b"<html>")) == 422
    assert client_of(None).get(address + "picture/").status_code == 404
    assert (
        sent(picture=SimpleUploadedFile("brug.jpg", PNG), file=SimpleUploadedFile("../lijst.txt", b"Een lijst")) == 302
    )
    picture, file = client_of(None).get(address + "picture/"), client_of(None).get(address + "file/")
    assert picture["Content-Type"] == "image/png"
    assert b"waar" not in b"".join(picture.streaming_content)  # type: ignore[attr-defined]
    assert file["Content-Disposition"] == 'attachment; filename="lijst.txt"'
    assert "sandbox" in file["Content-Security-Policy"]
    assert b"".join(file.streaming_content) == b"Een lijst"  # type: ignore[attr-defined]
    page = client_of(None).get(address).content.decode()
    assert 'alt="Een brug"' in page
    assert 'width="30" height="20"' in page
    publication.refresh_from_db()
    name = publication.picture.name or ""
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[attr-defined]
        assert sent(without_picture="on") == 302
    assert not default_storage.exists(name)
    assert client_of(None).get(address + "picture/").status_code == 404
    large = lead.post(
        address + "files/", data=b"", content_type="multipart/form-data; boundary=x", CONTENT_LENGTH=10**8
    )
    assert large.status_code == 413
    actions.withdraw_publication(publication=publication, by=own.lead)
    assert client_of(None).get(address + "file/").status_code == 404
    assert facts_named("PublicationFilesChanged") == 2


def test_nobody_is_named_who_did_not_agree(
    cast: Cast, client_of: Browser, django_capture_on_commit_callbacks: Callable[..., object]
) -> None:
    own, publication = cast.own, out(cast.own)
    lead, member = client_of(own.lead), client_of(own.member)
    address = f"/eigen/publications/{publication.pk}/"

    def named() -> bool:
        pages = [client_of(None).get(path).content.decode() for path in (address, "/eigen/publications/", "/eigen/")]
        pages.append(client_of(None).get("/eigen/publications/feed.atom").content.decode())
        assert len({"Pseudoniem" in page for page in pages}) == 1
        assert not [page for page in pages if own.member.name in page]
        return "Pseudoniem" in pages[0]

    assert lead.post(address + "authors/ask/", {"ask-person": cast.outsider.pk}).status_code == 422
    assert member.post(address + "authors/ask/", {"ask-person": own.member.pk}).status_code == 403
    assert lead.post(address + "authors/ask/", {"ask-person": own.member.pk}).status_code == 302
    author = Author.objects.get()
    where = f"{address}authors/{author.pk}/"
    assert not named()
    assert lead.post(where + "agree/", {"agree-name": "Pseudoniem"}).status_code == 403
    assert client_of(own.keeper).post(where + "agree/", {"agree-name": "Pseudoniem"}).status_code == 404
    assert member.post(where + "agree/", {"agree-name": ""}).status_code == 422
    assert member.post(where + "agree/", {"agree-name": "Pseudoniem"}).status_code == 302
    assert named()
    assert member.post(where + "decline/").status_code == 302
    assert not named()

    closed = out(own, Label.PROGRAMME, "Besloten")
    author = actions.ask_author(publication=closed, person=own.member, by=own.lead)
    actions.agree(author=author, name="Pseudoniem", by=own.member)
    actions.write_reaction(publication=closed, text="Onder ons", device="x", by=own.member)
    same = {"language": Language.DUTCH, "title": "Open", "lead": "x", "text": "x", "by": own.lead}
    actions.change_publication(publication=closed, label=Label.PUBLIC, **same)  # type: ignore[arg-type]
    page = client_of(None).get(f"/eigen/publications/{closed.pk}/").content.decode()
    assert "Pseudoniem" not in page, "who agreed for the programme did not agree for everybody"
    assert "Onder ons" not in page
    assert "Onder ons" in client_of(own.follower).get(f"/eigen/publications/{closed.pk}/").content.decode()

    draft = actions.write_publication(community=own.community, title="x", lead="x", text="x", by=own.lead)
    asked = actions.ask_author(publication=draft, person=own.member, by=own.lead)
    assert member.get(f"/eigen/publications/{draft.pk}/").status_code == 200, "who is asked reads the draft"
    assert client_of(own.keeper).get(f"/eigen/publications/{draft.pk}/").status_code == 404
    actions.agree(author=asked, name="Pseudoniem", by=own.member)
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[attr-defined]
        people.leave(person=own.member, by=own.member)
    assert not Author.objects.filter(publication=draft).exists()
    assert [facts_named(f"Author{verb}") for verb in ("Asked", "Agreed", "Declined")] == [3, 3, 1]


def test_reactions_are_screened_removed_with_a_reason_and_taken_back(cast: Cast, client_of: Browser) -> None:
    own, publication = cast.own, out(cast.own)
    lead, member, reader = client_of(own.lead), client_of(own.member), client_of(cast.outsider)
    address = f"/eigen/publications/{publication.pk}/"

    def seen_by(client: Client, words: str) -> bool:
        return words in client.get(address).content.decode()

    assert client_of(None).post(address + "reactions/write/", {"reaction-text": "Hoi"}).status_code == 302
    assert reader.post(address + "reactions/write/", {"reaction-text": " "}).status_code == 422
    assert not Reaction.objects.exists()
    for _press in range(2):
        assert reader.post(address + "reactions/write/", {"reaction-text": f"Mooi <b>{LONG_WORD}"}).status_code == 302
    shown = Reaction.objects.get()
    assert seen_by(client_of(None), "Mooi &lt;b&gt;")

    assert member.post("/eigen/publications/reactions/choose/", {"are_screened": "on"}).status_code == 403
    assert lead.post("/eigen/publications/reactions/choose/", {"are_screened": "on"}).status_code == 302
    assert member.post(address + "reactions/write/", {"reaction-text": "Wacht even"}).status_code == 302
    waiting = Reaction.objects.get(state=ReactionState.WAITING)
    assert [seen_by(client, "Wacht even") for client in (member, lead, reader, client_of(None))] == [
        True,
        True,
        False,
        False,
    ]
    assert "Wacht even" in lead.get("/eigen/publications/reactions/").content.decode()
    where = f"{address}reactions/{waiting.pk}/"
    assert (member.post(where + "show/").status_code, reader.post(where + "show/").status_code) == (403, 404)
    assert lead.post(where + "show/").status_code == 302
    assert seen_by(client_of(None), "Wacht even")

    where = f"{address}reactions/{shown.pk}/"
    assert lead.post(where + "remove/", {"remove-reason": ""}).status_code == 422
    assert reader.post(where + "remove/", {"remove-reason": "Zo"}).status_code == 403
    assert lead.post(where + "remove/", {"remove-reason": "Noemt een collega"}).status_code == 302
    assert [seen_by(client, "Noemt een collega") for client in (reader, lead, member)] == [True, True, False]
    assert not seen_by(client_of(None), "Mooi")
    assert (member.post(where + "take-back/").status_code, lead.post(where + "take-back/").status_code) == (404, 403)
    assert reader.post(where + "take-back/").status_code == 302
    shown.refresh_from_db()
    assert (shown.text, shown.reason, shown.state) == ("", "", ReactionState.TAKEN_BACK)
    counts = [facts_named(f"Reaction{verb}") for verb in ("Written", "Shown", "Removed", "TakenBack", "sChosen")]
    assert counts == [2, 1, 1, 1, 1]

    for number in range(4):
        actions.write_reaction(publication=publication, text=f"Nog {number}", device="een", by=cast.outsider)
    with pytest.raises(TooMuch):
        actions.write_reaction(publication=publication, text="Te veel", device="twee", by=cast.outsider)
    Reaction.objects.filter(person=cast.outsider).update(device="zelfde")
    draft = actions.write_publication(community=own.community, title="x", lead="x", text="x", by=own.lead)
    with pytest.raises(PermissionDenied):
        actions.write_reaction(publication=draft, text="Te vroeg", device="x", by=own.lead)


def test_the_feed_holds_what_is_public_and_nothing_else(cast: Cast, client_of: Browser) -> None:
    own = cast.own
    shown = out(own, title="A < B & C")
    for label in (Label.PROGRAMME, Label.ORGANISATIONS):
        out(own, label, f"Besloten {label}")
    out(own, title="Later", on=clock.today() + timedelta(days=3))
    actions.withdraw_publication(publication=out(own, title="Ingetrokken"), by=own.lead)
    actions.write_publication(community=own.community, title="Concept", lead="x", text="x", by=own.lead)
    out(cast.other, title="Van een ander")
    address = "/eigen/publications/feed.atom"
    feeds = [client_of(who).get(address) for who in (None, own.lead)]
    assert feeds[0].content == feeds[1].content
    root = ET.fromstring(feeds[0].content)
    entries = root.findall(f"{ATOM}entry")
    assert [entry.findtext(f"{ATOM}title") for entry in entries] == ["A < B & C"]
    assert (entries[0].findtext(f"{ATOM}id") or "").endswith(f"/eigen/publications/{shown.pk}/")
    links = [link.get("href") or "" for link in root.iter(f"{ATOM}link")]
    assert links
    assert all(link.startswith("http") for link in links)
    again = client_of(None).get(address, headers={"if-none-match": feeds[0]["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    actions.change_publication(
        publication=shown, language=Language.DUTCH, title="Anders", lead="x", text="x", by=own.lead
    )
    assert client_of(None).get(address, headers={"if-none-match": feeds[0]["ETag"]}).status_code == 200


def test_many_cost_the_same_questions_as_few(cast: Cast, client_of: Browser) -> None:
    own = cast.own

    def count(path: str) -> int:
        client = client_of(own.member)
        client.get(path)
        with CaptureQueriesContext(
            connection,
        ) as asked:
            assert client.get(path).status_code == 200
        return len(asked)

    pieces = [out(own, title=f"Stuk {number}") for number in range(3)]
    one = pieces[0]
    paths = ["/eigen/publications/", f"/eigen/publications/{one.pk}/", "/eigen/publications/feed.atom", "/eigen/"]
    few = [count(path) for path in paths]
    now = clock.now()
    more = Publication.objects.bulk_create(
        Publication(
            community=own.community, label=Label.PUBLIC, published_on=clock.today(), made_at=now, changed_at=now
        )
        for _ in range(300)
    )
    PublicationText.objects.bulk_create(
        PublicationText(publication=row, language="nl", title="Meer", lead="Meer", text="Meer") for row in more
    )
    Author.objects.bulk_create(
        Author(publication=row, person=own.keeper, name="Naam", asked_at=now, agreed_at=now) for row in [*more, one]
    )
    Reaction.objects.bulk_create(
        Reaction(
            publication=one,
            person=own.keeper,
            text="Ja",
            state=ReactionState.SHOWN,
            label=Label.PUBLIC,
            device="x",
            written_at=now,
        )
        for _ in range(150)
    )
    assert [count(path) for path in paths] == few
    assert max(few) <= 15, few
