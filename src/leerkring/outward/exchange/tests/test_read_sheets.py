"""Every kind of file comes in, or is sent back with a sentence that says what to do; none of them hurts."""

import io
import re
import struct
import tracemalloc
import zipfile
import zlib
from collections.abc import Callable
from datetime import date

import pytest

from leerkring.outward.exchange import sheets, unpacking
from leerkring.outward.exchange.sheets import Unreadable
from leerkring.outward.exchange.tests.lists import csv, xlsx

ROWS = [["Naam", "E-mail"], ["Zoë van 't Hof", "zoe@voorbeeld.example"], ["Søren", "soren@voorbeeld.example"]]


def cells(content: bytes) -> list[list[object]]:
    spreadsheet = sheets.read("lijst", content)
    return [list(row.values) for row in spreadsheet.table(spreadsheet.names[0]).rows]


def refusal(content: bytes) -> str:
    with pytest.raises(Unreadable) as refused:
        cells(content)
    return str(refused.value)


def test_xlsx_gives_rows_with_their_numbers() -> None:
    table = sheets.read("lijst.xlsx", xlsx([["Titel"], [], *ROWS])).table("Lijst")
    assert [(row.number, row.cell(1)) for row in table.rows] == [
        (1, ""),
        (3, "E-mail"),
        (4, "zoe@voorbeeld.example"),
        (5, "soren@voorbeeld.example"),
    ]


def test_a_row_of_spaces_is_no_row() -> None:
    table = sheets.read("lijst.xlsx", xlsx([["E-mail"], [" "], ["\xa0"], ["a@voorbeeld.example"]])).table("Lijst")
    assert [row.number for row in table.rows] == [1, 4]


def test_date_cells_are_dates() -> None:
    assert cells(xlsx([["Sinds"], [date(2023, 3, 12)]]))[1] == [date(2023, 3, 12)]


@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_csv_of_any_make(delimiter: str, encoding: str, newline: str) -> None:
    assert cells(csv(ROWS, delimiter=delimiter, encoding=encoding, newline=newline)) == ROWS


def test_csv_with_its_delimiter_in_the_first_line() -> None:
    table = sheets.read("lijst.csv", b"sep=;\r\n" + csv(ROWS)).table("csv")
    assert (table.rows[0].number, table.rows[0].cell(1)) == (2, "E-mail")


def test_csv_keeps_row_numbers_through_lines_in_cells_and_empty_lines() -> None:
    content = b'Naam;E-mail\r\n"Jan\r\nJansen";jan@voorbeeld.example\r\n\r\nPiet;piet@voorbeeld.example'
    table = sheets.read("lijst.csv", content).table("csv")
    assert [(row.number, row.cell(0)) for row in table.rows] == [(1, "Naam"), (2, "Jan\r\nJansen"), (4, "Piet")]


def test_csv_with_addresses_between_the_other_delimiter() -> None:
    rows = [["Naam", "E-mail"], ["Jan", "a@voorbeeld.example, b@voorbeeld.example"], ["Piet", "p@voorbeeld.example"]]
    assert cells(csv(rows)) == rows


def test_csv_of_one_column() -> None:
    assert cells(b"E-mail\na@voorbeeld.example\nb@voorbeeld.example") == [
        ["E-mail"],
        ["a@voorbeeld.example"],
        ["b@voorbeeld.example"],
    ]


def test_csv_with_an_open_quotation_mark_names_the_line() -> None:
    assert "aanhalingsteken" in refusal(b'Naam;E-mail\nJan;"a@voorbeeld.example\nPiet;b@voorbeeld.example\n')


def test_csv_with_a_loose_quotation_mark_comes_in() -> None:
    assert cells(b'Naam;E-mail\n5" Jan;a@voorbeeld.example')[1] == ['5" Jan', "a@voorbeeld.example"]


def test_sheets_are_named_and_hidden_ones_known() -> None:
    content = xlsx(ROWS, more={"Oud (2022)": ROWS, "Leeg": [], "Geheim": ROWS}, hidden=["Geheim"])
    spreadsheet = sheets.read("lijst.xlsx", content)
    assert spreadsheet.names == ("Lijst", "Oud (2022)", "Leeg", "Geheim")
    assert spreadsheet.visible == ("Lijst", "Oud (2022)", "Leeg")
    assert spreadsheet.others("Lijst") == ["Oud (2022)", "Geheim"]


def test_a_sheet_that_is_not_there_names_those_that_are() -> None:
    with pytest.raises(Unreadable, match="Lijst"):
        sheets.read("lijst.xlsx", xlsx(ROWS)).table("Blad9")


def test_formulas_come_as_their_values_and_those_without_are_named() -> None:
    # As programs write it that do not calculate: no value beside the formula.
    content = changed(
        xlsx([["E-mail", "Naam"], ["=A9", '=LOWER("X")'], ["a@b.example", "x"]]),
        lambda xml: xml.replace(b"<f>A9</f><v>0</v>", b"<f>A9</f>"),
    )
    table = sheets.read("lijst.xlsx", content).table("Lijst")
    assert table.empty_formulas == ("A2",)
    assert table.formulas == {"A2", "B2"}
    assert table.rows[1].cell(0) == ""


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "leeg"),
        (b" \n ", "leeg"),
        (b";;;\n;;", "leeg"),
        (b"%PDF-1.7 ...", "geen spreadsheet"),
        (b"\x89PNG\r\n\x1a\n", "geen spreadsheet"),
        (bytes(range(256)) * 9, "geen spreadsheet"),
        (b"\x00\x01\x02a;b", "geen spreadsheet"),
        (b"<html><table><tr><td>x</td></tr></table>", "webpagina"),
        (b"<?xml version='1.0'?><Workbook/>", "webpagina"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, ".xls"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "wachtwoord"),
        (b"PK\x03\x04" + b"x" * 100, "beschadigd"),
        (xlsx(ROWS)[:2000], "beschadigd"),
    ],
)
def test_what_is_no_list_gets_a_sentence(content: bytes, says: str) -> None:
    assert says in refusal(content)


@pytest.mark.parametrize(
    ("names", "says"),
    [
        (["xl/workbook.bin"], ".xlsb"),
        (["mimetype", "content.xml"], ".ods"),
        (["word/document.xml"], "geen spreadsheet"),
        (["Index/Document.iwa"], "geen spreadsheet"),
    ],
)
def test_other_zips_get_a_sentence(names: list[str], says: str) -> None:
    assert says in refusal(zipped(dict.fromkeys(names, b"x")))


def test_a_file_over_five_megabytes_is_refused_by_its_size() -> None:
    with pytest.raises(Unreadable, match="50 MB"):
        sheets.check_size(50 * 1024 * 1024)
    assert "6 MB" in refusal(b"a" * (sheets.MAX_BYTES + 1))


def test_too_many_rows_are_refused() -> None:
    assert "20001" in refusal(b"E-mail\n" + b"a@b.example\n" * sheets.MAX_ROWS)
    assert "20001" in refusal(xlsx([["E-mail"], *[["a@b.example"]] * sheets.MAX_ROWS]))


def zipped(entries: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    output = io.BytesIO()
    with zipfile.ZipFile(output, "w", method) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return output.getvalue()


def changed(content: bytes, change: Callable[[bytes], bytes]) -> bytes:
    """The same workbook with another first sheet."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        entries = {entry.filename: archive.read(entry) for entry in archive.infolist()}
    sheet = "xl/worksheets/sheet1.xml"
    return zipped({**entries, sheet: change(entries[sheet])})


def with_sheet(xml: bytes) -> bytes:
    return changed(xlsx(ROWS), lambda _before: xml)


def test_a_zip_bomb_is_refused_before_it_is_unpacked() -> None:
    bomb = zipped({"xl/workbook.xml": b"x", "xl/media/a.bin": b"\0" * (unpacking.MAX_UNPACKED + 1)})
    assert len(bomb) < sheets.MAX_BYTES
    tracemalloc.start()
    says = refusal(bomb)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert "te groot" in says
    assert peak < 5 * 1024 * 1024


def test_a_zip_bomb_that_lies_about_its_size_is_refused() -> None:
    packed = zlib.compress(b"\0" * (unpacking.MAX_UNPACKED + 1024), 9)[2:-4]
    assert "te groot" in refusal(zip_by_hand("xl/workbook.xml", packed, says=100))


def zip_by_hand(name: str, packed: bytes, says: int) -> bytes:
    """A zip with one deflated entry that claims to unpack to `says` bytes."""
    sizes = struct.pack("<LLL", 0, len(packed), says)
    local = b"PK\x03\x04" + struct.pack("<HHHHH", 20, 0, 8, 0, 0) + sizes + struct.pack("<HH", len(name), 0)
    central = b"PK\x01\x02" + struct.pack("<HHHHHH", 20, 20, 0, 8, 0, 0) + sizes
    central += struct.pack("<HHHHHLL", len(name), 0, 0, 0, 0, 0, 0)
    body = local + name.encode() + packed
    directory = central + name.encode()
    return body + directory + b"PK\x05\x06" + struct.pack("<HHHHLLH", 0, 0, 1, 1, len(directory), len(body), 0)


def test_too_many_entries_are_refused() -> None:
    entries = {f"xl/{number}.xml": b"" for number in range(unpacking.MAX_ENTRIES + 1)}
    assert "te groot" in refusal(zipped({"xl/workbook.xml": b"x", **entries}))


def test_an_odd_way_of_packing_is_refused() -> None:
    assert "beschadigd" in refusal(zipped({"xl/workbook.xml": b"x" * 999}, zipfile.ZIP_LZMA))


@pytest.mark.parametrize("place", ["XFD1048576", "ZZ99999"])
def test_a_cell_far_away_is_named_instead_of_laying_out_everything_before_it(place: str) -> None:
    row = re.sub("[A-Z]", "", place)
    says = refusal(
        with_sheet(
            b"<worksheet><sheetData><row r='1'><c r='A1'><v>1</v></c></row>"
            b"<row r='%s'><c r='%s'><v>1</v></c></row></sheetData></worksheet>" % (row.encode(), place.encode())
        )
    )
    assert place in says


@pytest.mark.parametrize(
    "xml",
    [
        b"<worksheet><sheetData><row r='1'><c r='a1'><v>1</v></c></row></sheetData></worksheet>",
        b"<worksheet><sheetData><row r='1'><c r='A99999999'><v>1</v></c></row></sheetData></worksheet>",
        b"<worksheet><sheetData><row r='-1'><c><v>1</v></c></row></sheetData></worksheet>",
        b"<worksheet><sheetData><row",
        b"<!DOCTYPE x [<!ENTITY a 'b'>]><worksheet><sheetData>&a;</sheetData></worksheet>",
    ],
)
def test_a_sheet_that_two_readers_could_read_differently_is_refused(xml: bytes) -> None:
    assert "beschadigd" in refusal(with_sheet(xml))


def test_formatting_far_away_does_not_count() -> None:
    content = with_sheet(
        b"<worksheet xmlns='http://schemas.openxmlformats.org/spreadsheetml/2006/main'><sheetData>"
        b"<row r='1'><c r='A1' t='inlineStr'><is><t>E-mail</t></is></c></row>"
        b"<row r='1048576'><c r='XFD1048576' s='1'/></row></sheetData></worksheet>"
    )
    assert cells(content) == [["E-mail"]]
