"""The rows of a sheet of an .xlsx workbook."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from csv_preflight.errors import WorkbookError
from csv_preflight.workbooks.cells import number_cell, truth
from csv_preflight.workbooks.formats import NumberFormat, number_format
from csv_preflight.workbooks.package import DAMAGED
from csv_preflight.workbooks.remarks import Kind, Place, Remarks
from csv_preflight.workbooks.workbook import Cells
from csv_preflight.workbooks.xlsx_parts import TRUE, unescaped

_REFERENCE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
LAST_COLUMN = 16_383


def column_index(letters: str) -> int:
    """Return a column's number, from 0.

    >>> column_index("A"), column_index("XFD")
    (0, 16383)
    """
    index = 0
    for letter in letters:
        index = index * 26 + ord(letter) - ord("A") + 1
    return index - 1


class Rows:
    """Parse a sheet; rows can be taken as soon as they are complete."""

    def __init__(
        self, strings: Sequence[str], formats: Sequence[NumberFormat], remarks: Remarks, *, from_1904: bool
    ) -> None:
        self._strings, self._formats, self._remarks, self._from_1904 = strings, formats, remarks, from_1904
        self._done: list[tuple[int, Cells]] = []
        self._cells: list[tuple[int, str]] = []
        self._columns: dict[str, int] = {}
        self._row = self._column = self._next = 0
        self._attributes: Mapping[str, str] = {}
        self._pieces: list[str] = []
        self._in_text = self._in_reading = self._has_formula = self._is_hidden = False
        self._starts: dict[str, Callable[[Mapping[str, str]], None]] = {
            "row": self._start_row, "c": self._start_cell, "v": self._start_text, "t": self._start_text,
            "f": self._start_formula, "rPh": self._start_reading,
        }  # fmt: skip

    def take(self) -> list[tuple[int, Cells]]:
        """Return and remove the complete rows."""
        done, self._done = self._done, []
        return done

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """Handle the start of an element."""
        if name in self._starts:
            self._starts[name](attributes)

    def text(self, text: str) -> None:
        """Handle text."""
        if self._in_text:
            self._pieces.append(text)

    def end(self, name: str) -> None:
        """Handle the end of an element."""
        if name in ("v", "t"):
            self._in_text = False
        elif name == "c":
            self._end_cell()
        elif name == "rPh":
            self._in_reading = False
        elif name == "row" and self._cells:
            if self._is_hidden:
                self._remarks.add(Kind.HIDDEN, Place(self._row))
            self._done.append((self._row, self._cells))
            self._cells = []

    def _start_row(self, attributes: Mapping[str, str]) -> None:
        self._row = max(self._row + 1, _whole(attributes.get("r", "0")))
        self._next = 0
        self._is_hidden = attributes.get("hidden") in TRUE

    def _start_cell(self, attributes: Mapping[str, str]) -> None:
        match = _REFERENCE.fullmatch(attributes.get("r", ""))
        if match:
            known = self._columns.get(match[1])
            column = self._columns.setdefault(match[1], column_index(match[1])) if known is None else known
        else:
            column = self._next
        if not self._next <= column <= LAST_COLUMN:
            raise WorkbookError(DAMAGED)
        self._column, self._next, self._attributes = column, column + 1, attributes
        self._has_formula = False
        self._pieces = []

    def _start_text(self, _: Mapping[str, str]) -> None:
        self._in_text = not self._in_reading

    def _start_formula(self, _: Mapping[str, str]) -> None:
        self._has_formula = True

    def _start_reading(self, _: Mapping[str, str]) -> None:
        self._in_reading = True

    def _end_cell(self) -> None:
        kind, value = self._attributes.get("t", "n"), "".join(self._pieces)
        remark = None
        if kind == "s":
            value = self._shared(value)
        elif kind in ("inlineStr", "str"):
            value = unescaped(value)
        elif not value:
            remark = Kind.NO_VALUE if self._has_formula else None
        elif kind == "b":
            value = truth(value=value.strip() in TRUE)
        elif kind == "n":
            value, remark = number_cell(value, self._format(), from_1904=self._from_1904)
        if remark:
            self._remarks.add(remark, Place(self._row, self._column, value))
        if value:
            self._cells.append((self._column, value))

    def _shared(self, index: str) -> str:
        if not index.strip():
            return ""
        place = _whole(index)
        if place >= len(self._strings):
            raise WorkbookError(DAMAGED)
        return self._strings[place]

    def _format(self) -> NumberFormat:
        style = _whole(self._attributes.get("s", "0"))
        return self._formats[style] if style < len(self._formats) else number_format("General")


def _whole(text: str) -> int:
    text = text.strip()
    if not (text.isascii() and text.isdigit() and len(text) < 10):
        raise WorkbookError(DAMAGED)
    return int(text)
