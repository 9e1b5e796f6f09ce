"""Binary files and documents: what they are called, and what only looks like one."""

from __future__ import annotations

import base64
import bz2
import gzip
import io
import lzma
import sqlite3
import struct
import tarfile
import wave
import zipfile
import zlib
from pathlib import Path

import openpyxl
import pytest

from tests.stages.source.test_source import look


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


def tar() -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        member = tarfile.TarInfo("contacts.csv")
        member.size = len(CSV)
        archive.addfile(member, io.BytesIO(CSV))
    return out.getvalue()


# The first 300 bytes of a list as pyarrow 26 writes it in Arrow's format; they look like UTF-32.
ARROW = base64.b85decode(
    b"K~hprS1|wp|NsC0pa1{>5C8xG000UA3;+fI1po*D3IG5A009I53;+NC2mlBG000C42mk;81ONa40ssI2KmY&$1ONa4*#H0k00036"
    b"5C8xG7ytkO1ONa4000001poj5aA<FCWdHyG$p8QU5C9Ya2ml5E2LKEJ000mG5C8xG000365C8xG8~^|S1ONa4000001ONa4PGN0j"
    b"000001ONm81ONa400000|NsC0*Z=?k6aWAK000003;-4Y1^@*B2mlNK3;+NC00RU77ytkOSO5S300000000UA7yt|a1ONyC3IG5A"
    b"d;kCd5C8xG0{{R300000000001^@s60000000000000000000000000000005C8xG000005C8xG"
)


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
    "a TIFF picture": lambda: b"II*\0\x08\0\0\0" + struct.pack("<HHHLL", 1, 256, 4, 1, 1) + bytes(40),
    "a WebP picture": lambda: b"RIFF\x24\0\0\0WEBPVP8 " + bytes(range(64)),
    "a HEIC or AVIF picture": lambda: b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + bytes(64),
    "a video file": lambda: b"\0\0\0\x18ftypisom\0\0\2\0isomiso2" + bytes(64),
    "a tar archive": tar,
    "an LZ4 archive": lambda: b"\x04\x22\x4d\x18\x64\x40\xa7" + CSV,
    "a Zstandard archive": lambda: b"\x28\xb5\x2f\xfd\x20\x1d\xe9\0\0" + CSV,
    "a 7-Zip archive": lambda: b"7z\xbc\xaf\x27\x1c\0\4" + bytes(24),
    "a RAR archive": lambda: b"Rar!\x1a\x07\x01\0" + bytes(24),
    "an Access database": lambda: b"\0\1\0\0Standard ACE DB\0" + bytes(4000),
    "an ORC file": lambda: (
        b"ORC\n\x07\x12\x05\x08\xe8\x07P\0" + b"\n\x1b\n\x03\0\0\0\x12\x14\x08\xe8\x07" * 3 + CSV * 300
    ),
    "an Arrow (Feather) file": lambda: b"FEA1\0\0\0\0" + struct.pack("<9L", *range(3, 12)) + CSV,
    "a Numbers file": lambda: zipped("Index/Document.iwa"),
    "a PowerPoint file (.pptx)": lambda: zipped("[Content_Types].xml", "ppt/presentation.xml"),
    "an old Excel or Word file (.xls, .doc)": lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
    "a program": lambda: b"MZ" + bytes(range(64)) * 4,
    "a binary file": lambda: bytes(range(256)) * 4,
}


# What is said of each, written by python -m tools.golden.
GOLDEN = Path(__file__).with_name("binaries.txt")


DOCUMENTS = (
    "<table><tr><td>Ann</td></tr></table>",
    "<html><body>Please sign in</body></html>",
    "<people><person/></people>",
    '<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"></Workbook>',
    "BEGIN:VCARD\nVERSION:3.0\nFN:Ann\nEND:VCARD\n",
    "{\\rtf1\\ansi Ann\\par}",
    '[{"name": "Ann"}]',
)


def messages() -> list[str]:
    found = [look(make())[1]["F001"] for make in BINARIES.values()]
    found += [look(text.encode())[1]["F005"] for text in DOCUMENTS]
    return [message + "\n" for message in found]


def test_each_binary_file_has_its_remedy() -> None:
    assert messages() == GOLDEN.read_text(encoding="utf-8").splitlines(keepends=True)


@pytest.mark.parametrize(("kind", "make"), BINARIES.items(), ids=BINARIES)
def test_a_binary_file_is_named(kind: str, make) -> None:
    source, found = look(make())
    assert source is None
    assert found["F001"].startswith(f"this is {kind}, not CSV text; ")


def test_a_picture_has_its_bytes_in_either_order() -> None:
    data = b"MM\0*\0\0\0\x08" + struct.pack(">HHHLL", 1, 256, 4, 1, 1) + bytes(40)
    assert look(data)[1] == look(BINARIES["a TIFF picture"]())[1]


@pytest.mark.parametrize("kind", BINARIES)
@pytest.mark.parametrize("part", [0.5, 0.9])
def test_a_truncated_binary_file_is_refused(kind: str, part: float) -> None:
    data = BINARIES[kind]()
    source, found = look(data[: max(16, int(len(data) * part))])
    assert source is None
    assert set(found) == {"F001"}


@pytest.mark.parametrize("size", [16, 24, 40, 64, 100, 150, 200, 300])
@pytest.mark.parametrize(
    ("data", "kind"),
    [
        pytest.param(ARROW, "an Arrow (Feather) file", id="Feather"),
        pytest.param(ARROW[8:], "an Arrow stream", id="Arrow stream"),
        pytest.param(parquet(), "a Parquet file", id="Parquet"),
        pytest.param(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "an old Excel or Word file", id="OLE"),
        pytest.param(zipped("contacts.csv"), "a zip archive", id="zip"),
        pytest.param(b"SQLite format 3\0\x10\0\1\1\0@  " + bytes(300), "an SQLite database", id="SQLite"),
        pytest.param(bitmap(), "a BMP picture", id="bitmap"),
    ],
)
def test_the_beginning_of_a_binary_file_is_refused(data: bytes, kind: str, size: int) -> None:
    found = look(data[:size])[1]
    assert set(found) == {"F001"}
    assert found["F001"].startswith(f"this is {kind}")


@pytest.mark.parametrize("size", [30, 40, 100, 400, 2000])
def test_a_workbook_is_refused_wherever_it_was_cut(size: int) -> None:
    assert set(look(xlsx()[:size])[1]) == {"F001"}


def test_the_beginning_of_a_workbook_tells_what_it_is() -> None:
    data = xlsx()
    beginning = data[: data.index(b"xl/") + 40]
    for end in (b"", b"PK\x03\x04"):  # where it is cut, another file may begin
        assert look(beginning + end)[1]["F001"].startswith("this is an Excel workbook (.xlsx), not CSV text")


def large(name: str) -> bytes:
    """A zip whose first file goes on beyond what is read at first."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("media/picture.bin", bytes(range(256)) * 1024)
        archive.writestr(name, "Name,phone\n")
    return out.getvalue()


WORKBOOKS = {
    "whole": large("xl/workbook.xml"),
    "with something behind it": large("xl/workbook.xml") + bytes(1000),
    "without its directory": zipped("xl/workbook.xml", "b")[:-150],
    "with a damaged directory": zipped("xl/workbook.xml").replace(b"PK\x01\x02", b"PK\x01\x00"),
    "with a damaged end": zipped("xl/workbook.xml")[:-10],
}


@pytest.mark.parametrize("data", WORKBOOKS.values(), ids=WORKBOOKS)
def test_a_workbook_is_named_by_the_files_in_it(data: bytes) -> None:
    assert look(data)[1]["F001"].startswith("this is an Excel workbook (.xlsx)")


def test_what_to_do_with_a_workbook() -> None:
    assert look(xlsx())[1]["F001"] == (
        "this is an Excel workbook (.xlsx), not CSV text; turn it into a CSV with csv-preflight convert FILE, or "
        "open it in Excel and use File > Save As > CSV UTF-8 (Comma delimited)"
    )


def test_an_sqlite_database_is_named(tmp_path: Path) -> None:
    assert look(sqlite(tmp_path))[1]["F001"].startswith("this is an SQLite database")


@pytest.mark.parametrize(
    "start",
    [
        "BM",
        "MZ",
        "GIF89a",
        "GIF",
        "PK",
        "ID3",
        "BZh",
        "PAR1",
        "RIFF",
        "ARROW1",
        "%PDF",
        "%PDF-",
        "7z",
        "Rar!",
        "ORC",
        "FEA1",
    ],
)
@pytest.mark.parametrize("rest", ["number,phone\nAnn,+12025550101\n", ",phone\nAnn,+12025550101\n"])
def test_text_that_begins_like_a_binary_file_passes(start: str, rest: str) -> None:
    assert look((start + rest).encode())[1] == {}
    assert set(look((start + rest.replace("Ann", "José")).encode("utf-16-le"))[1]) == {"F101"}


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
        pytest.param("\ufeff<?xml version='1.0'?><people/>", "XML", id="xml after a mark"),
        pytest.param(
            "<?xml version='1.0'?>\n<?mso-application progid='Excel.Sheet'?>",
            "an Excel workbook in XML",
            id="xml spreadsheet",
        ),
        pytest.param("<!DOCTYPE people>\n<people>", "XML", id="xml doctype"),
        pytest.param("<people/>", "XML", id="xml of one element"),
        pytest.param("<HTML><BODY>", "an HTML page", id="upper case"),
        pytest.param("\n\n \n<!Doctype Html>", "an HTML page", id="html after blank lines"),
        pytest.param("<p>Session expired, sign in</p>", "an HTML page", id="a paragraph"),
        pytest.param("<br />\n<b>Warning</b>: x() failed in /a.php, line 1", "an HTML page", id="a warning"),
        pytest.param("[1, 2,\n 3]", "JSON", id="json numbers"),
        pytest.param('[\n"Ann"]', "JSON", id="json over lines"),
        pytest.param("BEGIN:VCARD\nVERSION:3.0\nFN:Ann\nEND:VCARD\n", "a vCard file", id="vcard"),
        pytest.param(
            "-- MySQL dump 10.13\n--\n\n/*!40101 SET NAMES utf8 */;\nDROP TABLE IF EXISTS `c`;\n", "SQL", id="dump"
        ),
        pytest.param("INSERT INTO c (name, phone) VALUES ('Ann','+12025550101');\n", "SQL", id="inserts"),
        pytest.param("SET statement_timeout = 0;\n\nCREATE TABLE c (phone text);\n", "SQL", id="PostgreSQL"),
        pytest.param("COPY public.c (id, phone) FROM stdin;\n1\t+12025550101\n\\.\n", "SQL", id="COPY"),
        pytest.param("dn: cn=Ann,dc=example\ntelephoneNumber: +12025550101\n", "LDIF", id="ldif"),
        pytest.param("- name: Ann\n  phone: +12025550101\n- name: Bob\n  phone: +12025550102\n", "YAML", id="yaml"),
        pytest.param("{\\rtf1\\ansi Ann\\par}", "an RTF document", id="rtf"),
    ],
)
def test_a_document_is_no_table(text: str, kind: str) -> None:
    for encoding in ("utf-8", "utf-8-sig", "utf-16", "cp1252"):
        found = look(text.removeprefix("\ufeff").encode(encoding))[1]
        assert found["F005"].startswith(f"this is {kind}, not a table"), encoding


def test_a_page_is_no_table_whatever_its_encoding_is() -> None:
    assert set(look(b"<html><body>Jos\xe9 M\xfc</body>")[1]) == {"F005"}


def test_what_to_do_with_a_page_depends_on_what_it_holds() -> None:
    assert "sign in" in look(b"<html><form>")[1]["F005"]
    assert look(b"<html><table><tr><td>Ann</td>")[1]["F005"].endswith(
        "open it in a spreadsheet and save that as CSV UTF-8"
    )


@pytest.mark.parametrize(
    "text",
    [
        "<name>,phone\nAnn,+12025550101\n", "[x],phone\nAnn,1\n", "{a},b\n1,2\n", '"[a]",b\n1,2\n',
        "<b>,phone\nAnn,1\n",
        "<b>Name</b>,<b>phone</b>\nAnn,1\n", "{id},phone\n1,2\n", "{{name}};phone\nAnn;1\n", '"{""a"":1}",phone\n1,2\n',
        "<Name>\t<phone>\nAnn\t1\n", "<first name> <last name>,phone\nAnn Lee,1\n", "<table>,phone\nx,1\n",
        "<html>,phone\nAnn,1\n", "[Name], [phone]\nAnn, 1\n", '["Name"],phone\nAnn,1\n', "<h1>,<h2>\n1,2\n",
        "-- Name,phone\nAnn,1\n", "Create table,phone\n1,2\n", "- name: x,phone\nAnn,1\n", "dn,phone\nAnn,1\n",
        'Name,data\nAnn,"{""a"":1}"\n', "Name,note\nAnn,<p>Hello</p>\n", "Name,note\n<p>Ann</p>,1\n",
    ],
)  # fmt: skip
def test_a_header_with_brackets_is_a_table(text: str) -> None:
    assert set(look(text.encode())[1]) <= {"F103"}
