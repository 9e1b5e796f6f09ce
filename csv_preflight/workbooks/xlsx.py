"""Excel workbooks in XML (.xlsx, .xlsm), both of ECMA-376's kinds, transitional and strict: read as a stream."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import BinaryIO

from csv_preflight.errors import WorkbookError
from csv_preflight.workbooks.cells import number_cell, truth
from csv_preflight.workbooks.formats import BUILT_IN, NumberFormat, number_format
from csv_preflight.workbooks.markup import local_attributes, parse, parse_all
from csv_preflight.workbooks.package import DAMAGED, LARGEST_PART, Package
from csv_preflight.workbooks.remarks import Kind, Place, Remarks
from csv_preflight.workbooks.sheets import Cells, Sheet

_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")
_REFERENCE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
LAST_COLUMN = 16_383
_TRUE = ("1", "true")


class Reader:
    """A workbook.  Shared strings and formats are read once they are needed."""

    def __init__(self, file: BinaryIO) -> None:
        self._package = Package(file)
        self._part = next(iter(_related(self._package, "", "/officeDocument").values()), "xl/workbook.xml")
        book = _Book()
        with self._package.open(self._part) as part:
            parse_all(part, book)
        places = _related(self._package, self._part, "/worksheet")
        # A chart has a sheet of its own, without cells.
        self.sheets: Sequence[Sheet] = tuple(
            Sheet(name, places[key], hidden) for name, key, hidden in book.sheets if key in places
        )
        self._from_1904 = book.from_1904
        self._strings: list[str] | None = None
        self._formats: list[NumberFormat] | None = None

    def rows(self, sheet: Sheet, remarks: Remarks) -> Iterator[tuple[int, Cells]]:
        """Yield the number, from 1, and cells of each row that is not empty."""
        handler = _Rows(self._shared_strings(), self._number_formats(), remarks, from_1904=self._from_1904)
        with self._package.open(sheet.place, LARGEST_PART) as part:
            for _ in parse(part, handler):
                yield from handler.take()

    def _shared_strings(self) -> list[str]:
        if self._strings is None:
            handler = _Strings()
            self._read_related("/sharedStrings", handler)
            self._strings = handler.strings
        return self._strings

    def _number_formats(self) -> list[NumberFormat]:
        if self._formats is None:
            handler = _Styles()
            self._read_related("/styles", handler)
            self._formats = handler.formats()
        return self._formats

    def _read_related(self, kind: str, handler: _Strings | _Styles) -> None:
        for place in _related(self._package, self._part, kind).values():
            with self._package.open(place) as part:
                parse_all(part, handler)


def _related(package: Package, part: str, kind: str) -> dict[str, str]:
    """Return the places of a part's related parts of a kind, by their keys; part: "" for the package itself."""
    directory, name = posixpath.split(part)
    place = posixpath.join(directory, "_rels", f"{name}.rels")
    if place not in package:
        return {}
    handler = _Relationships()
    with package.open(place) as opened:
        parse_all(opened, handler)
    return {
        key: posixpath.normpath(posixpath.join("/" + directory, target.replace("\\", "/"))).lstrip("/")
        for key, name, target in handler.found
        if name.endswith(kind)
    }


def unescaped(text: str) -> str:
    r"""Return a text of a workbook without the escapes for what XML cannot hold.

    >>> unescaped("a_x000D_b_x005F_x0041_")
    'a\rb_x0041_'
    """
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text) if "_x" in text else text


def column_index(letters: str) -> int:
    """Return a column's number, from 0.

    >>> column_index("A"), column_index("XFD")
    (0, 16383)
    """
    index = 0
    for letter in letters:
        index = index * 26 + ord(letter) - ord("A") + 1
    return index - 1


class _Silent:
    """A handler of elements that are told by their start alone."""

    def end(self, name: str) -> None:
        """Take the end of an element."""

    def text(self, text: str) -> None:
        """Take text."""


class _Relationships(_Silent):
    def __init__(self) -> None:
        self.found: list[tuple[str, str, str]] = []

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "Relationship" and attributes.get("TargetMode") != "External":
            self.found.append((attributes.get("Id", ""), attributes.get("Type", ""), attributes.get("Target", "")))


class _Book(_Silent):
    def __init__(self) -> None:
        self.sheets: list[tuple[str, str, bool]] = []
        self.from_1904 = False

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "sheet":
            known = local_attributes(attributes)
            hidden = known.get("state", "visible") != "visible"
            self.sheets.append((unescaped(known.get("name", "")), known.get("id", ""), hidden))
        elif name == "workbookPr":
            self.from_1904 = attributes.get("date1904") in _TRUE


class _Styles(_Silent):
    def __init__(self) -> None:
        self._codes: dict[str, str] = {str(key): code for key, code in BUILT_IN.items()}
        self._cells: list[str] = []
        self._in_cells = False

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "numFmt" and "numFmtId" in attributes:
            self._codes[attributes["numFmtId"]] = attributes.get("formatCode", "General")
        elif name == "cellXfs":
            self._in_cells = True
        elif name == "xf" and self._in_cells:
            self._cells.append(attributes.get("numFmtId", "0"))

    def end(self, name: str) -> None:
        if name == "cellXfs":
            self._in_cells = False

    def formats(self) -> list[NumberFormat]:
        return [number_format(self._codes.get(key, "General")) for key in self._cells]


class _Strings:
    """Shared strings.  Readings in another script, beside the text itself, are left out."""

    def __init__(self) -> None:
        self.strings: list[str] = []
        self._pieces: list[str] = []
        self._in_text = self._in_reading = False

    def start(self, name: str, _: Mapping[str, str]) -> None:
        if name == "t":
            self._in_text = not self._in_reading
        elif name == "rPh":
            self._in_reading = True

    def end(self, name: str) -> None:
        if name == "t":
            self._in_text = False
        elif name == "rPh":
            self._in_reading = False
        elif name == "si":
            self.strings.append(unescaped("".join(self._pieces)))
            self._pieces = []

    def text(self, text: str) -> None:
        if self._in_text:
            self._pieces.append(text)


class _Rows:
    """The rows of a sheet."""

    def __init__(
        self, strings: Sequence[str], formats: Sequence[NumberFormat], remarks: Remarks, *, from_1904: bool
    ) -> None:
        self._strings, self._formats, self._remarks, self._from_1904 = strings, formats, remarks, from_1904
        self._done: list[tuple[int, Cells]] = []
        self._cells: list[tuple[int, str]] = []
        self._columns: dict[str, int] = {}
        self._row, self._column = 0, -1
        self._attributes: Mapping[str, str] = {}
        self._pieces: list[str] = []
        self._in_text = self._in_reading = self._has_formula = self._is_hidden = False
        self._starts: dict[str, Callable[[Mapping[str, str]], None]] = {
            "row": self._start_row, "c": self._start_cell, "v": self._start_text, "t": self._start_text,
            "f": self._start_formula, "rPh": self._start_reading,
        }  # fmt: skip

    def take(self) -> list[tuple[int, Cells]]:
        """Return the rows that are whole, and forget them."""
        done, self._done = self._done, []
        return done

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """Take the start of an element."""
        if name in self._starts:
            self._starts[name](attributes)

    def text(self, text: str) -> None:
        """Take text."""
        if self._in_text:
            self._pieces.append(text)

    def end(self, name: str) -> None:
        """Take the end of an element."""
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
        self._column = -1
        self._is_hidden = attributes.get("hidden") in _TRUE

    def _start_cell(self, attributes: Mapping[str, str]) -> None:
        found = _REFERENCE.fullmatch(attributes.get("r", ""))
        if found:
            known = self._columns.get(found[1])
            column = self._columns.setdefault(found[1], column_index(found[1])) if known is None else known
        else:
            column = self._column + 1
        if not self._column < column <= LAST_COLUMN:
            raise WorkbookError(DAMAGED)
        self._column, self._attributes = column, attributes
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
            value = truth(value=value.strip() in _TRUE)
        elif kind == "n":
            value, remark = number_cell(value, self._format(), from_1904=self._from_1904)
        if remark:
            self._remarks.add(remark, Place(self._row, self._column, value))
        if value:
            self._cells.append((self._column, value))

    def _shared(self, index: str) -> str:
        place = _whole(index) if index.strip() else -1
        if place >= len(self._strings):
            raise WorkbookError(DAMAGED)
        return self._strings[place] if place >= 0 else ""

    def _format(self) -> NumberFormat:
        style = _whole(self._attributes.get("s", "0"))
        return self._formats[style] if style < len(self._formats) else number_format("General")


def _whole(text: str) -> int:
    text = text.strip()
    if not (text.isascii() and text.isdigit() and len(text) < 10):
        raise WorkbookError(DAMAGED)
    return int(text)
