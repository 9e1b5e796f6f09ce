"""OpenDocument spreadsheets (.ods), read as a stream: stored digits, ISO 8601 dates, and the text of each cell."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import BinaryIO

from csv_preflight.errors import WorkbookError
from csv_preflight.workbooks.cells import truth
from csv_preflight.workbooks.markup import local_attributes, parse, parse_all
from csv_preflight.workbooks.numbers import is_rounded, plain
from csv_preflight.workbooks.package import LARGEST_PART, PROTECTED, TOO_LARGE, Package
from csv_preflight.workbooks.remarks import Kind, Place, Remarks
from csv_preflight.workbooks.workbook import Cells, Sheet

CONTENT = "content.xml"
LAST_COLUMN = 16_383
LAST_ROW = 1 << 20
# The most repeats of a cell in one element: LibreOffice merges equal neighbours, and lists have few.
MOST_REPEATED = 10_000_000
_NUMBERS = ("float", "percentage", "currency")
_DURATION = re.compile(r"(-?)P(?:([0-9]+)D)?T([0-9]+)H([0-9]+)M([0-9]+)(?:[.,][0-9]+)?S")
# Text shown by a mask of digits: the digits of the number, with zeros or a + before them.
_MASKED = re.compile(r"[-+0-9 ()./]+")
_SHORT = re.compile(r"-?[0-9][.,]?[0-9]*E[+-]?[0-9]+", re.IGNORECASE)


class Reader:
    """A workbook."""

    def __init__(self, file: BinaryIO) -> None:
        self._package = Package(file)
        if "META-INF/manifest.xml" in self._package:
            with self._package.open("META-INF/manifest.xml") as part:
                if b"encryption-data" in part.read():
                    raise WorkbookError(PROTECTED)
        handler = _Tables()
        with self._package.open(CONTENT, LARGEST_PART) as part:
            parse_all(part, handler)
        self.sheets: Sequence[Sheet] = tuple(
            Sheet(name, str(index), style in handler.hidden) for index, (name, style) in enumerate(handler.sheets)
        )

    def rows(self, sheet: Sheet, remarks: Remarks) -> Iterator[tuple[int, Cells]]:
        """Yield the number, from 1, and cells of each row that is not empty."""
        handler = _Rows(int(sheet.place), remarks)
        with self._package.open(CONTENT, LARGEST_PART) as part:
            for _ in parse(part, handler):
                yield from handler.take()
                if handler.is_past:
                    return


class _Tables:
    """The names and styles of the sheets, and the styles that hide a sheet."""

    def __init__(self) -> None:
        self.sheets: list[tuple[str, str]] = []
        self.hidden: set[str] = set()
        self._style, self._depth = "", 0

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """Handle the start of an element."""
        if name == "table":
            known = local_attributes(attributes)
            if not self._depth:
                self.sheets.append((known.get("name", ""), known.get("style-name", "")))
            self._depth += 1
        elif name == "style":
            self._style = local_attributes(attributes).get("name", "")
        elif name == "table-properties" and local_attributes(attributes).get("display") == "false":
            self.hidden.add(self._style)

    def end(self, name: str) -> None:
        """Handle the end of an element."""
        self._depth -= name == "table"

    def text(self, text: str) -> None:
        """Handle text."""


class _Rows:
    """The rows of one sheet."""

    def __init__(self, sheet: int, remarks: Remarks) -> None:
        self._wanted, self._remarks = sheet + 1, remarks
        self._done: list[tuple[int, Cells]] = []
        self._depth = self._tables = 0
        self._row, self._row_repeats, self._column = 0, 1, 0
        self._cells: list[tuple[int, str]] = []
        self._marks: list[tuple[Kind, int, str]] = []
        self._attributes: dict[str, str] = {}
        self._pieces: list[str] = []
        self._paragraphs = 0
        self._in_cell = self._in_paragraph = self._is_hidden = False
        self._note = self._repeated = 0
        self.is_past = False

    def take(self) -> list[tuple[int, Cells]]:
        """Return and remove the complete rows."""
        done, self._done = self._done, []
        return done

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """Handle the start of an element."""
        if name == "table":
            self._depth += 1
            self._tables += self._depth == 1
        if self._tables != self._wanted or self._depth != 1:
            return
        if name == "table-row":
            known = local_attributes(attributes)
            self._row_repeats, self._column = _repeats(known, "number-rows-repeated"), 0
            self._is_hidden = known.get("visibility") in ("collapse", "filter")
        elif name in ("table-cell", "covered-table-cell"):
            self._attributes = local_attributes(attributes)
            self._in_cell, self._pieces, self._paragraphs = True, [], 0
        elif name in ("annotation", "shape", "frame"):
            self._note += 1
        elif self._in_cell and not self._note:
            self._start_text(name, attributes)

    def _start_text(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "p":
            self._pieces += ["\n"] if self._paragraphs else []
            self._paragraphs += 1
            self._in_paragraph = True
        elif name == "s":
            self._pieces.append(" " * min(_repeats(local_attributes(attributes), "c"), 32_767))
        elif name in ("tab", "line-break"):
            self._pieces.append("\t" if name == "tab" else "\n")

    def text(self, text: str) -> None:
        """Handle text."""
        if self._in_paragraph and not self._note:
            self._pieces.append(text)

    def end(self, name: str) -> None:
        """Handle the end of an element."""
        if name == "table":
            self._depth -= 1
            self.is_past = self._tables == self._wanted and not self._depth
        if self._tables != self._wanted or self._depth != 1:
            return
        if name in ("annotation", "shape", "frame"):
            self._note -= 1
        elif name == "p" and not self._note:
            self._in_paragraph = False
        elif name in ("table-cell", "covered-table-cell"):
            self._in_cell = False
            self._end_cell()
        elif name == "table-row":
            self._end_row()

    def _end_cell(self) -> None:
        repeats = _repeats(self._attributes, "number-columns-repeated")
        text, kind = _cell_text(self._attributes, "".join(self._pieces))
        if text or kind:
            self._repeated += repeats - 1
            if self._column + repeats > LAST_COLUMN + 1 or self._repeated > MOST_REPEATED:
                raise WorkbookError(TOO_LARGE)
            for column in range(self._column, self._column + repeats):
                if text:
                    self._cells.append((column, text))
                if kind:
                    self._marks.append((kind, column, text))
        self._column += repeats

    def _end_row(self) -> None:
        if self._cells or self._marks:
            self._repeated += (self._row_repeats - 1) * (len(self._cells) + len(self._marks))
            if self._row + self._row_repeats > LAST_ROW or self._repeated > MOST_REPEATED:
                raise WorkbookError(TOO_LARGE)
            for row in range(self._row + 1, self._row + self._row_repeats + 1):
                if self._is_hidden:
                    self._remarks.add(Kind.HIDDEN, Place(row))
                for kind, column, text in self._marks:
                    self._remarks.add(kind, Place(row, column, text))
                if self._cells:
                    self._done.append((row, self._cells))
        self._row += self._row_repeats
        self._cells, self._marks = [], []


def _cell_text(attributes: Mapping[str, str], shown: str) -> tuple[str, Kind | None]:
    """Return the text to write for a cell, and any remark.  shown: the text in the spreadsheet."""
    kind = attributes.get("value-type", "")
    if kind in _NUMBERS:
        return _number(attributes.get("value", ""), shown)
    if kind == "date":
        return attributes.get("date-value", shown).removesuffix("T00:00:00"), None
    if kind == "time":
        match = _DURATION.fullmatch(attributes.get("time-value", ""))
        if not match:
            return shown, None
        hours = int(match[2] or 0) * 24 + int(match[3])
        return f"{match[1]}{hours:02d}:{int(match[4]):02d}:{int(match[5]):02d}", None
    if kind == "boolean":
        return truth(value=attributes.get("boolean-value") == "true"), None
    if kind == "string" and not shown:
        shown = attributes.get("string-value", "")
    if not kind and not shown and "formula" in attributes:
        return "", Kind.NO_VALUE
    return shown, None


def _number(stored: str, shown: str) -> tuple[str, Kind | None]:
    number = plain(stored)
    if number is None:
        return shown or stored, None
    digits = re.sub("[^0-9+]", "", shown)
    # Zeros or a + that the number does not have; a number with a dot is not just digits.
    adds = digits != number and digits.lstrip("+0") == number.lstrip("0") and _MASKED.fullmatch(shown)
    text = shown if adds and "." not in number else number
    if is_rounded(number):
        return text, Kind.ROUNDED
    return text, Kind.SCIENTIFIC if _SHORT.fullmatch(shown) else None


def _repeats(attributes: Mapping[str, str], name: str) -> int:
    text = attributes.get(name, "1")
    return int(text) if text.isascii() and text.isdigit() and 0 < len(text) < 8 else 1
