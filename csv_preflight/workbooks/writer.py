"""Rows of text -> a workbook (.xlsx) whose cells are text, and stay text when edited.

All columns have the format Text, so that a number typed into it keeps its zeros and its +.
"""

from __future__ import annotations

import re
import shutil
import tempfile
import zipfile
from collections.abc import Callable, Sequence
from types import TracebackType
from typing import IO, Self, cast
from xml.sax.saxutils import escape

from csv_preflight.errors import WorkbookError
from csv_preflight.formulas import spreadsheet_letters

MOST_ROWS = 1_048_576
MOST_COLUMNS = 16_384
MOST_CHARACTERS = 32_767
# Without ZIP64, which not every spreadsheet reads.
LARGEST_SHEET = (2 << 30) - (64 << 20)

_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_SHEET = "xl/worksheets/sheet1.xml"
_PARTS = {
    "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPE}.sheet.main+xml"/>'
    f'<Override PartName="/{_SHEET}" ContentType="{_TYPE}.worksheet+xml"/>'
    f'<Override PartName="/xl/styles.xml" ContentType="{_TYPE}.styles+xml"/></Types>',
    "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_RELATIONS}">'
    '<sheets><sheet name="{name}" sheetId="1" r:id="rId1"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_RELATIONS}/worksheet" Target="worksheets/sheet1.xml"/>'
    f'<Relationship Id="rId2" Type="{_RELATIONS}/styles" Target="styles.xml"/></Relationships>',
    "xl/styles.xml": f'<styleSheet xmlns="{_MAIN}">'
    '<fonts count="1"><font><sz val="11"/><name val="Calibri"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>'
    '</fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    '<cellXfs count="2"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
    '<xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>',
}
_BEGIN = (
    f'<worksheet xmlns="{_MAIN}"><sheetViews><sheetView workbookViewId="0">'
    '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>'
    '<cols><col min="1" max="16384" width="20" style="1" customWidth="1"/></cols><sheetData>'
)
_END = (
    '</sheetData><ignoredErrors><ignoredError sqref="A1:XFD1048576" numberStoredAsText="1"/></ignoredErrors>'
    "</worksheet>"
)
# Characters that XML cannot hold or does not keep, and text that looks like their escapes.
_ESCAPED = re.compile("[\0-\b\v\f\r\x0e-\x1f\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")


class TextWorkbook:
    """A workbook of one sheet.  Its rows wait in a private temporary file until ``finish``.

    Raises WorkbookError for rows that do not fit into a workbook.
    """

    def __init__(self, sheet: str) -> None:
        """Start a workbook; sheet: the sheet's name."""
        self._name = sheet
        self._spool = tempfile.TemporaryFile()  # noqa: SIM115 - closed with the workbook
        self._rows = 0
        self._columns: list[str] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._spool.close()

    def write_row(self, cells: Sequence[str]) -> None:
        """Append a row."""
        self._rows += 1
        if self._rows > MOST_ROWS or len(cells) > MOST_COLUMNS or self._spool.tell() > LARGEST_SHEET:
            raise WorkbookError(f"a workbook holds {MOST_ROWS:,} rows and {MOST_COLUMNS:,} columns at most")
        if any(len(cell) > MOST_CHARACTERS for cell in cells):
            raise WorkbookError(f"a cell of a workbook holds {MOST_CHARACTERS:,} characters at most")
        while len(self._columns) < len(cells):
            self._columns.append(spreadsheet_letters(len(self._columns) + 1))
        row = "".join(
            f'<c r="{column}{self._rows}" s="1" t="inlineStr"><is><t xml:space="preserve">{_shown(cell)}</t></is></c>'
            for column, cell in zip(self._columns, cells, strict=False)
            if cell
        )
        self._spool.write(f'<row r="{self._rows}">{row}</row>'.encode(errors="replace"))

    def finish(self, take: Callable[[bytes], object]) -> None:
        """Write the workbook; take: called with its bytes."""
        self._spool.seek(0)
        with zipfile.ZipFile(cast("IO[bytes]", _Stream(take)), "w") as archive:
            for name, text in _PARTS.items():
                archive.writestr(_entry(name), _HEAD + text.replace("{name}", escape(self._name, {'"': "&quot;"})))
            with archive.open(_entry(_SHEET), "w") as sheet:
                sheet.write((_HEAD + _BEGIN).encode())
                shutil.copyfileobj(self._spool, sheet, 1 << 20)
                sheet.write(_END.encode())


class _Stream:
    """The file that an archive is written to, without seeking."""

    def __init__(self, take: Callable[[bytes], object]) -> None:
        self._take = take

    def write(self, data: bytes) -> int:
        self._take(bytes(data))
        return len(data)

    def flush(self) -> None:
        """Do nothing."""


def _entry(name: str) -> zipfile.ZipInfo:
    """Return an entry without a date, so that the same rows make the same bytes."""
    entry = zipfile.ZipInfo(name)
    entry.compress_type = zipfile.ZIP_DEFLATED
    return entry


def _shown(cell: str) -> str:
    return escape(_ESCAPED.sub(lambda found: f"_x{ord(found[0]):04X}_", cell))
