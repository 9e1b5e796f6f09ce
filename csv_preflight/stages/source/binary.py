"""Files that are not text, and text that is not a table: what they are, and the way out."""

from __future__ import annotations

import codecs
import re
import struct
from dataclasses import dataclass
from typing import BinaryIO


@dataclass(frozen=True, slots=True)
class Kind:
    """What a file is, as a noun with its article, and what to do about it."""

    name: str
    remedy: str


_EXCEL = "open it in Excel and use File > Save As > CSV UTF-8 (Comma delimited)"
_UNPACK = "unpack it first"

# Signatures with bytes that no text holds decide alone.
_SIGNATURES = (
    (b"\x1f\x8b\x08", Kind("a gzip archive", f"{_UNPACK}, for example with gunzip")),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", Kind("an old Excel or Word file (.xls, .doc)", _EXCEL)),
    (b"\x89PNG\r\n\x1a\n", Kind("a PNG picture", "export the list as CSV")),
    (b"\xff\xd8\xff", Kind("a JPEG picture", "export the list as CSV")),
    (b"7z\xbc\xaf\x27\x1c", Kind("a 7-Zip archive", _UNPACK)),
    (b"\x28\xb5\x2f\xfd", Kind("a Zstandard archive", _UNPACK)),
    (b"\xfd7zXZ\0", Kind("an xz archive", _UNPACK)),
    (b"Rar!\x1a\x07", Kind("a RAR archive", _UNPACK)),
    (b"SQLite format 3\0", Kind("an SQLite database", "export the table as CSV")),
    (b"\x7fELF", Kind("a program", "choose the list itself")),
)

# Signatures of letters alone need evidence: a header may begin with them.
_LETTER_SIGNATURES = (
    (re.compile(rb"BM"), Kind("a BMP picture", "export the list as CSV")),
    (re.compile(rb"MZ"), Kind("a program", "choose the list itself")),
    (re.compile(rb"GIF8[79]a"), Kind("a GIF picture", "export the list as CSV")),
    (re.compile(rb"PAR1"), Kind("a Parquet file", "export the table as CSV, for example with pandas")),
    (re.compile(rb"ARROW1"), Kind("an Arrow (Feather) file", "export the table as CSV, for example with pandas")),
    (re.compile(rb"ID3"), Kind("an MP3 file", "choose the list itself")),
    (re.compile(rb"RIFF"), Kind("a sound or video file", "choose the list itself")),
)
_PDF = Kind("a PDF document", "export the list as CSV from the program that made it")
_BZIP2 = Kind("a bzip2 archive", f"{_UNPACK}, for example with bunzip2")
_PLAIN_ZIP = Kind("a zip archive", f"{_UNPACK} and choose the CSV in it")
_OFFICE = (
    ("xl/", Kind("an Excel workbook (.xlsx)", _EXCEL)),
    ("word/", Kind("a Word document (.docx)", "copy the table into a spreadsheet and save that as CSV UTF-8")),
    ("ppt/", Kind("a PowerPoint file (.pptx)", "export the list as CSV")),
    ("content.xml", Kind("an OpenDocument file (.ods, .odt)", "in LibreOffice, File > Save As > Text CSV, UTF-8")),
    ("Index/", Kind("a Numbers file", "in Numbers, File > Export To > CSV, UTF-8")),
)
_UNKNOWN = Kind("a binary file", "export the list as CSV from the program that made it")

# Control characters that no list holds; a few may come from a damaged row, so both a share and a number count.
_CONTROLS = frozenset([*range(9), 0x0B, *range(0x0E, 0x1B), *range(0x1C, 0x20), 0x7F])
CONTROL_SHARE = 0.01
LEAST_CONTROLS = 8
LOOKED_AT = 4096

# Names in a zip's directory that are looked at, and how large a directory is read.
MOST_NAMES = 2000
LARGEST_DIRECTORY = 1 << 20


def binary_kind(head: bytes, file: BinaryIO) -> Kind | None:
    """Return what a binary file is; None for text.  head: the first 64 KiB.  Nothing is unpacked."""
    from csv_preflight.stages.source.unicode import wide_encoding

    for signature, kind in _SIGNATURES:
        if head.startswith(signature):
            return kind
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _zip_kind(head, file)
    if re.match(rb"\s{0,16}%PDF-[0-9]", head):
        return _PDF
    if re.match(rb"BZh[1-9](?:1AY&SY|\x17rE8P\x90)", head):
        return _BZIP2
    if not _has_controls(head[:LOOKED_AT], wide_encoding(head)):
        return None
    return next((kind for pattern, kind in _LETTER_SIGNATURES if pattern.match(head)), _UNKNOWN)


def _has_controls(head: bytes, wide: str | None) -> bool:
    """Whether control characters tell a binary file.  What is UTF-8 without NUL is text, as every clean file is.

    wide: its UTF-16 or UTF-32 encoding.
    """
    if b"\0" not in head and _is_utf8(head):
        return False
    units = [ord(character) for character in head.decode(wide, "ignore")] if wide else head
    count = sum(unit in _CONTROLS for unit in units)
    return count >= LEAST_CONTROLS and count >= CONTROL_SHARE * len(units)


def _is_utf8(head: bytes) -> bool:
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head)
    except UnicodeDecodeError:
        return False
    return True


def _zip_kind(head: bytes, file: BinaryIO) -> Kind:
    names = _zip_names(file) or _local_names(head)
    for prefix, kind in _OFFICE:
        if any(name.startswith(prefix) for name in names):
            return kind
    return _PLAIN_ZIP


def _zip_names(file: BinaryIO) -> list[str]:
    """Return names of the directory at the end of a zip, [] if it is damaged or too large."""
    import zipfile

    size = file.seek(0, 2)
    file.seek(max(0, size - 65557))
    tail = file.read()
    at = tail.rfind(b"PK\x05\x06")
    if at < 0 or len(tail) - at < 22 or struct.unpack_from("<L", tail, at + 12)[0] > LARGEST_DIRECTORY:
        return []
    file.seek(0)
    try:
        with zipfile.ZipFile(file) as archive:
            return archive.namelist()[:MOST_NAMES]
    except (zipfile.BadZipFile, ValueError, NotImplementedError, struct.error, OSError):
        return []


def _local_names(head: bytes) -> list[str]:
    """Return the names that stand before the first files of a truncated zip."""
    names = []
    for found in re.finditer(rb"PK\x03\x04", head):
        at = found.start()
        if at + 30 <= len(head):
            length = struct.unpack_from("<H", head, at + 26)[0]
            names.append(head[at + 30 : at + 30 + length].decode("utf-8", errors="replace"))
    return names


_COMMENTS = re.compile(r"(?:<!--(?:[^-]|-(?!->)){0,4000}+-->\s{0,100})+")
_HTML = re.compile(
    r"<(?:!doctype html|(?:html|head|body|table|div|meta|script)[\s>]|\?xml[^>]{0,200}\?>\s{0,20}<(?:!doctype )?html)",
    re.IGNORECASE,
)
_XML = re.compile(r"<\?xml\s|<[A-Za-z][\w.:-]{0,60}(?:\s[^<>]{0,500})?/?>\s{0,100}<[A-Za-z/!]")
_JSON = re.compile(
    r'\{\s{0,100}(?:"[^"\n]{0,200}"\s{0,20}:|\})|\[\s{0,100}(?:[\[{]|\])|\[\s{0,100}"[^"\n]{0,200}"\s{0,20}[,\]]\s{0,100}\n'
)


def document_kind(beginning: str) -> Kind | None:
    """Return what a text is that is no table: HTML, XML, JSON, a vCard or RTF.

    >>> document_kind('[{"name": "Ann"}]').name, document_kind("<name>,phone")
    ('JSON', None)
    """
    text = beginning.lstrip("\ufeff \t\r\n")
    if comments := _COMMENTS.match(text):
        text = text[comments.end() :]
    if _HTML.match(text):
        return Kind("an HTML page", "export the list as CSV; if it was downloaded, sign in and download it again")
    if text[:1] == "<" and _XML.match(text):
        return Kind("XML", "export the list as CSV from the program that made it")
    if re.match(r"BEGIN:VCARD\s", text, re.IGNORECASE):
        return Kind("a vCard file", "export the contacts as CSV, not as vCard")
    if text.startswith("{\\rtf"):
        return Kind("an RTF document", "copy the table into a spreadsheet and save that as CSV UTF-8")
    if text[:1] in ("{", "[") and _JSON.match(text):
        return Kind("JSON", "export the list as CSV from the program that made it")
    return None
