"""Files that are not text, and text that is not a table: what they are, and the way out."""

from __future__ import annotations

import codecs
import re
import struct
from dataclasses import dataclass
from typing import BinaryIO


@dataclass(frozen=True, slots=True)
class Kind:
    """What a file is, as a noun with its article, and what to do about it.  converts: ``convert`` may read it."""

    name: str
    remedy: str
    converts: bool = False


_EXCEL = "open it in Excel and use File > Save As > CSV UTF-8 (Comma delimited)"
_CONVERT = "turn it into a CSV with csv-preflight convert FILE, or"
_UNPACK = "unpack it first"
_PANDAS = "export the table as CSV, for example with pandas"
_PICTURE = "nothing can be read from a picture; export the list as CSV"
_CHOOSE = "choose the list itself"

# Signatures with bytes that no text holds decide alone.
_SIGNATURES = (
    (b"\x1f\x8b\x08", Kind("a gzip archive", f"{_UNPACK}, for example with gunzip")),
    (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        Kind("an old Excel or Word file (.xls, .doc)", f"{_CONVERT} {_EXCEL}", converts=True),
    ),
    (b"\x89PNG\r\n\x1a\n", Kind("a PNG picture", _PICTURE)),
    (b"\xff\xd8\xff", Kind("a JPEG picture", _PICTURE)),
    (b"7z\xbc\xaf\x27\x1c", Kind("a 7-Zip archive", _UNPACK)),
    (b"\x28\xb5\x2f\xfd", Kind("a Zstandard archive", _UNPACK)),
    (b"\xfd7zXZ\0", Kind("an xz archive", _UNPACK)),
    (b"Rar!\x1a\x07", Kind("a RAR archive", _UNPACK)),
    (b"SQLite format 3\0", Kind("an SQLite database", "export the table as CSV")),
    (b"\x04\x22\x4d\x18", Kind("an LZ4 archive", _UNPACK)),
    (b"\0\1\0\0Standard ", Kind("an Access database", "in Access, External Data > Export > Text File, as UTF-8")),
    (b"II*\0", Kind("a TIFF picture", _PICTURE)),
    (b"MM\0*", Kind("a TIFF picture", _PICTURE)),
    (b"\x7fELF", Kind("a program", _CHOOSE)),
)

# Signatures of letters alone need evidence: a header may begin with them.
_LETTER_SIGNATURES = (
    (re.compile(rb"BM"), Kind("a BMP picture", _PICTURE)),
    (re.compile(rb"MZ"), Kind("a program", _CHOOSE)),
    (re.compile(rb"GIF8[79]a"), Kind("a GIF picture", _PICTURE)),
    (re.compile(rb"PAR1"), Kind("a Parquet file", _PANDAS)),
    (re.compile(rb"ARROW1|FEA1"), Kind("an Arrow (Feather) file", _PANDAS)),
    (re.compile(rb"ORC"), Kind("an ORC file", _PANDAS)),
    (re.compile(rb"ID3"), Kind("an MP3 file", _CHOOSE)),
    (re.compile(rb"RIFF....WEBP", re.DOTALL), Kind("a WebP picture", _PICTURE)),
    (re.compile(rb"RIFF"), Kind("a sound or video file", _CHOOSE)),
    (re.compile(rb"....ftyp(?:hei|hev|mif|avi)", re.DOTALL), Kind("a HEIC or AVIF picture", _PICTURE)),
    (re.compile(rb"....ftyp", re.DOTALL), Kind("a video file", _CHOOSE)),
    (re.compile(rb".{257}ustar", re.DOTALL), Kind("a tar archive", _UNPACK)),
)
_PDF = Kind("a PDF document", "export the list as CSV from the program that made it")
_BZIP2 = Kind("a bzip2 archive", f"{_UNPACK}, for example with bunzip2")
_PLAIN_ZIP = Kind("a zip archive", f"{_UNPACK} and choose the CSV in it")
_OFFICE = (
    ("xl/", Kind("an Excel workbook (.xlsx)", f"{_CONVERT} {_EXCEL}", converts=True)),
    ("word/", Kind("a Word document (.docx)", "copy the table into a spreadsheet and save that as CSV UTF-8")),
    ("ppt/", Kind("a PowerPoint file (.pptx)", "export the list as CSV")),
    (
        "content.xml",
        Kind(
            "an OpenDocument file (.ods, .odt)",
            f"{_CONVERT} in LibreOffice use File > Save As > Text CSV, UTF-8",
            converts=True,
        ),
    ),
    ("Index/", Kind("a Numbers file", "in Numbers, File > Export To > CSV, UTF-8")),
)
_UNKNOWN = Kind("a binary file", "export the list as CSV from the program that made it")

# Control characters that no list holds; a few may come from a damaged row, so both a share and a number count.
_CONTROLS = frozenset([*range(9), 0x0B, *range(0x0E, 0x1B), *range(0x1C, 0x20), 0x7F])
CONTROL_SHARE = 0.01
LEAST_CONTROLS = 8
LOOKED_AT = 4096
NEAR = 256

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
    named = next((kind for pattern, kind in _LETTER_SIGNATURES if pattern.match(head)), None)
    wide = wide_encoding(head)
    # What begins like one has its evidence near the beginning.
    if _has_controls(head[:LOOKED_AT], wide) or (named and _has_controls(head[:NEAR], wide)):
        return named or _UNKNOWN
    return None


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


# A header such as <name>,<phone> has a delimiter behind a tag in its first line; documents have none there.
_NO_HEADER = r"(?![^\n]{0,4000}>[ ]?[,;\t|])"
_COMMENTS = re.compile(r"(?:<!--(?:[^-]|-(?!->)){0,4000}+-->\s{0,100})+")
_HTML = re.compile(
    r"<(?:!doctype html|(?:html|head|body)[\s>](?![,;\t|])|\?xml[^>]{0,200}\?>\s{0,20}<(?:!doctype )?html"
    rf"|{_NO_HEADER}(?:(?:table|tr|div|p|h[1-6]|pre|center|font|span|title|meta|link|style|script|form)[\s>]|br\s?/?>))",
    re.IGNORECASE,
)
_XML = re.compile(
    rf"<(?:\?xml\s|!doctype\s|{_NO_HEADER}[a-z][\w.:-]{{0,60}}(?:\s[^<>]{{0,500}})?(?:/?>\s{{0,100}}<[a-z/!]|/>\s{{0,100}}\Z))",
    re.IGNORECASE,
)
_EXCEL_XML = re.compile(r"<\?mso-application|urn:schemas-microsoft-com:office:spreadsheet")
_SCALAR = r'(?:"[^"\n]{0,200}"|-?[0-9.]{1,30}|true|false|null)'
_JSON = re.compile(
    r'\{\s{0,100}(?:"[^"\n]{0,200}"\s{0,20}:|\})|\[\s{0,100}(?:[\[{]|\])|[\[{][ \t]{0,100}\r?\n'
    rf"|\[\s{{0,100}}{_SCALAR}(?:\s{{0,20}},\s{{0,100}}{_SCALAR}){{0,500}}+\s{{0,20}}(?:\]\s{{0,100}}(?:\n|\Z)|,\s{{0,100}}\n)"
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
        if re.search(r"<t[dh][\s>]", text, re.IGNORECASE):
            return Kind("an HTML page", "it holds a table: open it in a spreadsheet and save that as CSV UTF-8")
        return Kind("an HTML page", "export the list as CSV; if it was downloaded, sign in and download it again")
    if text[:1] == "<" and _XML.match(text):
        if _EXCEL_XML.search(text):
            return Kind("an Excel workbook in XML", _EXCEL)
        return Kind("XML", "export the list as CSV from the program that made it")
    if re.match(r"BEGIN:VCARD\s", text, re.IGNORECASE):
        return Kind("a vCard file", "export the contacts as CSV, not as vCard")
    if text.startswith("{\\rtf"):
        return Kind("an RTF document", "copy the table into a spreadsheet and save that as CSV UTF-8")
    if text[:1] in ("{", "[") and _JSON.match(text):
        return Kind("JSON", "export the list as CSV from the program that made it")
    return None
