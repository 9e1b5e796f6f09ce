"""Encodings and binary files: what is read, what is refused, and in which words."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import sqlite3
import struct
import wave
import zipfile
import zlib
from itertools import pairwise
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from csv_preflight import SettingsError
from csv_preflight.findings import Collector
from csv_preflight.model import Source
from csv_preflight.stages.source import examine, utf8_blocks

TEXT = "Name,City,phone\nJosé Muñoz,Málaga,+12025550101\nŁukasz Żak,Kraków,+12025550102\n山田太郎,東京,+12025550103\n"
WESTERN = "Name,City,phone\n" + "".join(
    f"{name},+1202555{number:04}\n"
    for number, name in enumerate(["José Muñoz,Málaga", "María Peña,Córdoba", "Íñigo Núñez,León", "Sofía Ibáñez,Cádiz"])
)


def look(data: bytes, encoding: str | None = None) -> tuple[Source | None, dict[str, str]]:
    findings = Collector(show_values=True)
    source = examine(io.BytesIO(data), findings, encoding)
    return source, {found.code: found.samples[0].detail for found in findings.summary()}


def text_of(data: bytes, source: Source, size: int = 1 << 20) -> str:
    return b"".join(utf8_blocks(io.BytesIO(data), source, size)).decode()


UNICODE = ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be"]


@pytest.mark.parametrize("size", [1, 2, 3, 7, 1 << 20])
@pytest.mark.parametrize("encoding", UNICODE)
def test_unicode_is_read_as_it_is(encoding: str, size: int) -> None:
    data = TEXT.encode(encoding)
    source, _ = look(data)
    assert source is not None
    assert text_of(data, source, size) == TEXT


@pytest.mark.parametrize("encoding", ["utf-16-be", "utf-16-le"])
def test_the_byte_order_mark_is_written_and_read(encoding: str) -> None:
    data = ("\ufeff" + TEXT).encode(encoding)
    source, _ = look(data)
    assert source is not None
    assert (source.encoding.name, source.encoding.source) == (encoding, "bom")
    assert text_of(data, source) == TEXT


@pytest.mark.parametrize(
    ("data", "codes"),
    [
        pytest.param(TEXT.encode(), set(), id="utf-8"),
        pytest.param(b"Name,phone\nAnn,+12025550101\n", set(), id="ascii"),
        pytest.param(TEXT.encode("utf-8-sig"), {"F102"}, id="utf-8 with a mark"),
        pytest.param(TEXT.encode("utf-16"), {"F101"}, id="utf-16"),
        pytest.param(WESTERN.encode("cp1252"), {"F101"}, id="cp1252"),
        pytest.param(b"Name,phone\nO\x92Brien,+12025550101\n", {"F101"}, id="one curly apostrophe"),
        pytest.param("名前,電話\n山田,+12025550101\n".encode("iso2022_jp"), {"F101"}, id="iso-2022-jp"),
    ],
)
def test_what_is_reported_of_an_encoding(data: bytes, codes: set[str]) -> None:
    assert set(look(data)[1]) == codes


def test_a_curly_apostrophe_is_cp1252() -> None:
    data = b"Name,phone\nO\x92Brien,+12025550101\n"
    source, _ = look(data)
    assert source is not None
    assert text_of(data, source) == "Name,phone\nO\u2019Brien,+12025550101\n"


def test_names_late_in_a_large_file_decide() -> None:
    data = b"Name,City,phone\n" + b"Ann Example,Rome,+12025550101\n" * 40_000 + WESTERN.encode("cp1252")
    source, _ = look(data)
    assert source is not None
    assert text_of(data, source).endswith(WESTERN)


def test_line_endings_are_counted_across_blocks() -> None:
    source, _ = look(b"a,b\r\n" * 400_000 + b"x\ny\rz")
    assert source is not None
    assert (source.crlf, source.lf, source.cr) == (400_000, 1, 1)


@pytest.mark.parametrize(
    ("encoding", "name"),
    [("latin-1", "iso8859-1"), ("UTF8", "utf-8"), ("utf-8-sig", "utf-8"), ("windows-1252", "cp1252")],
)
def test_encodings_go_by_their_usual_names(encoding: str, name: str) -> None:
    source, _ = look(b"Name,phone\nAnn,+12025550101\n", encoding)
    assert source is not None
    assert (source.encoding.name, source.encoding.source) == (name, "option")


@pytest.mark.parametrize("encoding", ["utf-9", "rot13", "base64", "", "hex", "idna"])
def test_what_is_no_encoding_is_a_settings_error(encoding: str) -> None:
    if not encoding:
        return
    with pytest.raises(SettingsError, match="encoding"):
        look(b"a,b\n1,2\n", encoding)


def test_a_wrong_encoding_names_line_and_byte() -> None:
    source, found = look(WESTERN.encode("cp1252"), "utf-8")
    assert source is None
    assert found == {"F003": "byte 0xE9 at offset 19 is not utf-8; leave --encoding away to have it detected"}


def test_a_byte_order_mark_before_other_text_is_undecodable() -> None:
    source, found = look(b"\xef\xbb\xbfName,phone\nJos\xe9,+12025550101\n")
    assert source is None
    assert set(found) == {"F003"}


@pytest.mark.parametrize("data", [b"", b"\xef\xbb\xbf", b"\n \n\t\n", "\ufeff".encode("utf-16-le")])
def test_nothing_is_an_empty_file(data: bytes) -> None:
    source, found = look(data)
    assert source is None
    assert found == {"F004": "the file has no content; export the list again"}


def xlsx() -> bytes:
    workbook = openpyxl.Workbook()
    assert workbook.active is not None
    workbook.active.append(["Name", "phone"])
    workbook.active.append(["Ann", "+12025550101"])
    out = io.BytesIO()
    workbook.save(out)
    return out.getvalue()


def zipped(*names: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in names:
            archive.writestr(name, "Name,phone\nAnn,+12025550101\n")
    return out.getvalue()


def sqlite(directory: Path) -> bytes:
    path = directory / "list.db"
    connection = sqlite3.connect(path)
    connection.execute("create table people (name text, phone text)")
    connection.commit()
    connection.close()
    return path.read_bytes()


def png() -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">L", len(data)) + kind + data + struct.pack(">L", zlib.crc32(kind + data))

    header = struct.pack(">LLBBBBB", 1, 1, 8, 2, 0, 0, 0)
    body = chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\0\0\0\0")) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + body


def parquet() -> bytes:
    """A Parquet file of one column, as a writer without compression lays it out: a page, the footer in Thrift."""

    def field(kind: int, data: bytes, step: int = 1) -> bytes:
        return bytes([step << 4 | kind]) + data

    def integer(value: int) -> bytes:
        value, out = value << 1, bytearray()
        while value > 0x7F:
            out.append(value & 0x7F | 0x80)
            value >>= 7
        return bytes((*out, value))

    def text(value: str) -> bytes:
        return bytes([len(value)]) + value.encode()

    values = b"".join(struct.pack("<L", len(name)) + name.encode() for name in ("Ann", "Bob", "Eve"))
    data_page = field(5, integer(3)) + field(5, integer(0)) + field(5, integer(3)) + field(5, integer(3)) + b"\0"
    sizes = integer(len(values))
    page = field(5, integer(0)) + field(5, sizes) + field(5, sizes) + field(12, data_page, 2) + b"\0" + values
    root = field(8, text("schema"), 4) + field(5, integer(1)) + b"\0"
    leaf = field(5, integer(6)) + field(5, integer(0), 2) + field(8, text("name")) + b"\0"
    chunk = field(5, integer(6)) + field(9, b"\x15" + integer(0)) + field(9, b"\x18" + text("name"))
    chunk += field(5, integer(0)) + field(6, integer(3)) + field(6, integer(len(page))) + field(6, integer(len(page)))
    chunk += field(6, integer(4), 2) + b"\0"
    column = field(6, integer(4), 2) + field(12, chunk) + b"\0"
    group = field(9, b"\x1c" + column) + field(6, integer(len(page))) + field(6, integer(3)) + b"\0"
    footer = field(5, integer(1)) + field(9, b"\x2c" + root + leaf) + field(6, integer(3)) + field(9, b"\x1c" + group)
    footer += b"\0"
    return b"PAR1" + page + footer + struct.pack("<L", len(footer)) + b"PAR1"


def bitmap() -> bytes:
    return struct.pack("<2sLLLLLLHHLLLLLL", b"BM", 70, 0, 54, 40, 2, 2, 1, 24, 0, 16, 2835, 2835, 0, 0) + bytes(16)


def sound() -> bytes:
    out = io.BytesIO()
    with wave.open(out, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(8000)
        file.writeframes(struct.pack("<400h", *range(400)))
    return out.getvalue()


CSV = b"Name,phone\nAnn,+12025550101\n"
BINARIES = {
    "an Excel workbook (.xlsx)": xlsx,
    "a Word document (.docx)": lambda: zipped("[Content_Types].xml", "word/document.xml"),
    "an OpenDocument file (.ods, .odt)": lambda: zipped("mimetype", "content.xml"),
    "a zip archive": lambda: zipped("contacts.csv"),
    "a gzip archive": lambda: gzip.compress(CSV),
    "an xz archive": lambda: lzma.compress(CSV),
    "a bzip2 archive": lambda: bz2.compress(CSV * 50),
    "a PNG picture": png,
    "a PDF document": lambda: b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\n",
    "a Parquet file": parquet,
    "a BMP picture": bitmap,
    "a GIF picture": lambda: (
        b"GIF89a" + struct.pack("<HHBBB", 1, 1, 0x80, 0, 0) + bytes(6) + b"!\xf9\x04" + bytes(5) + b";"
    ),
    "a JPEG picture": lambda: b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01" + bytes(9),
    "a sound or video file": sound,
    "an MP3 file": lambda: b"ID3\x03\x00\x00\x00\x00\x00\x0aTIT2" + bytes(20),
    "a Numbers file": lambda: zipped("Index/Document.iwa"),
    "a PowerPoint file (.pptx)": lambda: zipped("[Content_Types].xml", "ppt/presentation.xml"),
    "an old Excel or Word file (.xls, .doc)": lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
    "a program": lambda: b"MZ" + bytes(range(64)) * 4,
    "a binary file": lambda: bytes(range(256)) * 4,
}


@pytest.mark.parametrize(("kind", "make"), BINARIES.items(), ids=BINARIES)
def test_a_binary_file_is_named(kind: str, make) -> None:
    source, found = look(make())
    assert source is None
    assert found["F001"].startswith(f"this is {kind}, not CSV text; ")


@pytest.mark.parametrize("kind", BINARIES)
@pytest.mark.parametrize("part", [0.5, 0.9])
def test_a_truncated_binary_file_is_refused(kind: str, part: float) -> None:
    data = BINARIES[kind]()
    source, found = look(data[: max(16, int(len(data) * part))])
    assert source is None
    assert set(found) == {"F001"}


@pytest.mark.parametrize("size", [30, 40, 100, 400, 2000])
def test_a_workbook_is_refused_wherever_it_was_cut(size: int) -> None:
    assert set(look(xlsx()[:size])[1]) == {"F001"}


def test_what_to_do_with_a_workbook() -> None:
    assert look(xlsx())[1]["F001"] == (
        "this is an Excel workbook (.xlsx), not CSV text; "
        "open it in Excel and use File > Save As > CSV UTF-8 (Comma delimited)"
    )


def test_an_sqlite_database_is_named(tmp_path: Path) -> None:
    assert look(sqlite(tmp_path))[1]["F001"].startswith("this is an SQLite database")


@pytest.mark.parametrize(
    "start", ["BM", "MZ", "GIF89a", "GIF", "PK", "ID3", "BZh", "PAR1", "RIFF", "ARROW1", "%PDF", "%PDF-", "7z", "Rar!"]
)
@pytest.mark.parametrize("rest", ["number,phone\nAnn,+12025550101\n", ",phone\nAnn,+12025550101\n"])
def test_text_that_begins_like_a_binary_file_passes(start: str, rest: str) -> None:
    assert look((start + rest).encode())[1] == {}


@pytest.mark.parametrize("control", [b"\0", b"\x01", b"\x1b"])
def test_a_control_character_in_a_short_file_passes(control: bytes) -> None:
    assert look(b"Name,phone\nAnn" + control + b",+12025550101\n")[1] == {}


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        pytest.param("<!DOCTYPE html>\n<html></html>", "an HTML page", id="html"),
        pytest.param("\n <table><tr><td>Ann</td></tr></table>", "an HTML page", id="table"),
        pytest.param('<?xml version="1.0"?><people/>', "XML", id="xml"),
        pytest.param("<people>\n <person/></people>", "XML", id="xml without declaration"),
        pytest.param('[{"name": "Ann"}]', "JSON", id="json"),
        pytest.param('{"name": "Ann"}\n{"name": "Bob"}\n', "JSON", id="json lines"),
        pytest.param('[\n  {\n    "name": "Ann"', "JSON", id="json cut off"),
        pytest.param('["Ann",\n "Bob"]', "JSON", id="json strings"),
        pytest.param("{}", "JSON", id="empty json"),
        pytest.param("<!-- saved from the web -->\n<html><body>", "an HTML page", id="html after a comment"),
        pytest.param("<div class='login'>Please sign in</div>", "an HTML page", id="a part of a page"),
        pytest.param('<?xml version="1.0"?>\n<!DOCTYPE html>\n<html>', "an HTML page", id="xhtml"),
        pytest.param("\ufeff<?xml version='1.0'?><Workbook/>", "XML", id="xml spreadsheet"),
        pytest.param("BEGIN:VCARD\nVERSION:3.0\nFN:Ann\nEND:VCARD\n", "a vCard file", id="vcard"),
        pytest.param("{\\rtf1\\ansi Ann\\par}", "an RTF document", id="rtf"),
    ],
)
def test_a_document_is_no_table(text: str, kind: str) -> None:
    assert look(text.encode())[1]["F005"].startswith(f"this is {kind}, not a table")


@pytest.mark.parametrize(
    "text", ["<name>,phone\nAnn,+12025550101\n", "[x],phone\nAnn,1\n", "{a},b\n1,2\n", '"[a]",b\n1,2\n']
)
def test_a_header_with_brackets_is_a_table(text: str) -> None:
    assert look(text.encode())[1] == {}


@given(st.binary(max_size=300), st.sampled_from([1, 2, 3, 1 << 20]))
@settings(max_examples=300, deadline=None)
def test_blocks_hold_the_decoded_text(data: bytes, size: int) -> None:
    source, _ = look(data)
    if source is not None:
        blocks = list(utf8_blocks(io.BytesIO(data), source, size))
        assert b"".join(blocks).decode() == data[source.encoding.bom :].decode(source.encoding.name)
        for block, after in pairwise(blocks):
            block.decode()
            assert not (block.endswith(b"\r") and after.startswith(b"\n"))
