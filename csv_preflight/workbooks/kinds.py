"""The format of a workbook by its content, and errors for other files."""

from __future__ import annotations

from typing import BinaryIO

from csv_preflight.errors import WorkbookError
from csv_preflight.stages.source.binary import binary_kind
from csv_preflight.stages.source.documents import document_kind
from csv_preflight.workbooks.package import DAMAGED, PROTECTED, Package

XLSX, XLS, XLSB, ODS = "xlsx", "xls", "xlsb", "ods"

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = b"PK\x03\x04"
_HEAD = 1 << 16
# How far to look for the directory of an OLE file; the names in it are UTF-16.
_DIRECTORY = 64 << 20
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_BOOKS = ("Workbook".encode("utf-16-le"), "Book".encode("utf-16-le"))
_TABLE = "application/vnd.oasis.opendocument.spreadsheet"


def kind_of(file: BinaryIO) -> str:
    """Return the format of a workbook; raise WorkbookError for any other file."""
    file.seek(0)
    head = file.read(_HEAD)
    if head.startswith(_OLE):
        return _ole_kind(file)
    if head.startswith(_ZIP):
        return _zip_kind(head, file)
    if not head.strip():
        raise WorkbookError("the file is empty")
    if found := binary_kind(head, file):
        raise WorkbookError(f"this is {found.name}, not a workbook; {found.remedy}")
    if found := document_kind(head.decode("utf-8", errors="replace")):
        raise WorkbookError(f"this is {found.name}, not a workbook; {found.remedy}")
    raise WorkbookError("this is text, not a workbook; if it is a CSV, it needs no conversion")


def _ole_kind(file: BinaryIO) -> str:
    file.seek(0)
    data = file.read(_DIRECTORY)
    if _ENCRYPTED in data:
        raise WorkbookError(PROTECTED)
    if any(book in data for book in _BOOKS):
        return XLS
    raise WorkbookError("this is an old Office file, but not a workbook; choose the list itself")


def _zip_kind(head: bytes, file: BinaryIO) -> str:
    file.seek(0)
    package = Package(file)
    if "xl/workbook.bin" in package:
        return XLSB
    if "content.xml" in package and "mimetype" in package:
        with package.open("mimetype") as part:
            mimetype = part.read(200).decode("ascii", errors="replace").strip()
        if mimetype.startswith(_TABLE):
            return ODS
    if (
        "[Content_Types].xml" in package
        and "word/document.xml" not in package
        and "ppt/presentation.xml" not in package
    ):
        return XLSX
    found = binary_kind(head, file)
    raise WorkbookError(f"this is {found.name}, not a workbook; {found.remedy}" if found else DAMAGED)
