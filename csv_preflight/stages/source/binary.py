"""Files that are not text: what they are, and what to do."""

from __future__ import annotations

import codecs
import re
import struct
from typing import BinaryIO, NamedTuple

from csv_preflight.encoding import wide_encoding


class Kind(NamedTuple):
    """What a file is, as a noun with its article, and what to do about it.  converts: ``convert`` may read it."""

    name: str
    remedy: str
    converts: bool = False


EXCEL = "open it in Excel and use File > Save As > CSV UTF-8 (Comma delimited)"
_CONVERT = "turn it into a CSV with csv-preflight convert FILE, or"
_UNPACK = "unpack it first"
_PANDAS = "export the table as CSV, for example with pandas"
_PICTURE = "nothing can be read from a picture; export the list as CSV"
_CHOOSE = "choose the list itself"

_PARQUET = Kind("a Parquet file", f"{_PANDAS}; clean --as-one --engine dask reads NAME.parquet as it is")
_ARROW = Kind("an Arrow (Feather) file", _PANDAS)

# Signatures with bytes that no text has decide alone.
_SIGNATURES = (
    (b"\x1f\x8b\x08", Kind("a gzip archive", f"{_UNPACK}, for example with gunzip")),
    (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        Kind("an old Excel or Word file (.xls, .doc)", f"{_CONVERT} {EXCEL}", converts=True),
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
    (b"ARROW1\0\0", _ARROW),
    (b"\xff\xff\xff\xff", Kind("an Arrow stream", _PANDAS)),
    (b"FEA1\0\0\0\0", _ARROW),
    (b"PAR1\x15", _PARQUET),
)

# Signatures of letters alone need evidence: a header may begin with them.
_BITMAP = Kind("a BMP picture", _PICTURE)
_LETTER_SIGNATURES = (
    (re.compile(rb"BM"), _BITMAP),
    (re.compile(rb"MZ"), Kind("a program", _CHOOSE)),
    (re.compile(rb"GIF8[79]a"), Kind("a GIF picture", _PICTURE)),
    (re.compile(rb"PAR1"), _PARQUET),
    (re.compile(rb"ARROW1|FEA1"), _ARROW),
    (re.compile(rb"ORC"), Kind("an ORC file", _PANDAS)),
    (re.compile(rb"ID3"), Kind("an MP3 file", _CHOOSE)),
    (re.compile(rb"RIFF....WEBP", re.DOTALL), Kind("a WebP picture", _PICTURE)),
    (re.compile(rb"RIFF"), Kind("a sound or video file", _CHOOSE)),
    (re.compile(rb"....ftyp(?:hei|hev|mif|avi)", re.DOTALL), Kind("a HEIC or AVIF picture", _PICTURE)),
    (re.compile(rb"....ftyp", re.DOTALL), Kind("a video file", _CHOOSE)),
    (re.compile(rb".{257}ustar", re.DOTALL), Kind("a tar archive", _UNPACK)),
)
# The only ones that text in UTF-16 may begin with: the others would be improbable Chinese.
_ONE_UNIT = (b"BM", b"MZ")
_PDF = Kind("a PDF document", "export the list as CSV from the program that made it")
_BZIP2 = Kind("a bzip2 archive", f"{_UNPACK}, for example with bunzip2")
_PLAIN_ZIP = Kind("a zip archive", f"{_UNPACK} and choose the CSV in it")
_OFFICE = (
    ("xl/", Kind("an Excel workbook (.xlsx)", f"{_CONVERT} {EXCEL}", converts=True)),
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
UNKNOWN = Kind("a binary file", "export the list as CSV from the program that made it")

# Control characters that no list has; a few may come from a damaged row, so both a share and a count are needed.
_CONTROLS = frozenset([*range(9), 0x0B, *range(0x0E, 0x1B), *range(0x1C, 0x20), 0x7F])
CONTROL_SHARE = 0.01
LEAST_CONTROLS = 8
LOOKED_AT = 4096
NEAR = 256

# How many names in a zip's directory are examined, and how large a directory is read.
MOST_NAMES = 2000
LARGEST_DIRECTORY = 1 << 20


def binary_kind(head: bytes, file: BinaryIO) -> Kind | None:
    """Return the kind of a binary file, None for text.  head: the first 64 KiB.  Nothing is unpacked."""
    for signature, kind in _SIGNATURES:
        if head.startswith(signature):
            return kind
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _zip_kind(head, file)
    if re.match(rb"\s{0,16}%PDF-[0-9]", head):
        return _PDF
    if re.match(rb"BZh[1-9](?:1AY&SY|\x17rE8P\x90)", head):
        return _BZIP2
    if re.match(rb"BM....\0\0\0\0", head, re.DOTALL):
        return _BITMAP
    named = next((kind for pattern, kind in _LETTER_SIGNATURES if pattern.match(head)), None)
    wide = wide_encoding(head)
    # Evidence for the other signatures is near the beginning.
    if named and _has_controls(head[:NEAR], wide if head.startswith(_ONE_UNIT) else None):
        return named
    # NULs at the end mean an incomplete copy, not a binary file.
    return (named or UNKNOWN) if _has_controls(head.rstrip(b"\0")[:LOOKED_AT], wide) else None


def _has_controls(head: bytes, wide: str | None) -> bool:
    """Whether control characters show a binary file.  UTF-8 without NUL is text, as every clean file is.

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
    """Return the names before the first files of a truncated zip."""
    names = []
    for match in re.finditer(rb"PK\x03\x04", head):
        at = match.start()
        if at + 30 <= len(head):
            length = struct.unpack_from("<H", head, at + 26)[0]
            names.append(head[at + 30 : at + 30 + length].decode("utf-8", errors="replace"))
    return names
