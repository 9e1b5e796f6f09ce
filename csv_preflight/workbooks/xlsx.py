"""Excel workbooks in XML (.xlsx, .xlsm), both of ECMA-376's kinds, transitional and strict: read as a stream."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Sequence
from typing import BinaryIO

from csv_preflight.workbooks.formats import NumberFormat
from csv_preflight.workbooks.markup import parse, parse_all
from csv_preflight.workbooks.package import LARGEST_PART, Package
from csv_preflight.workbooks.remarks import Remarks
from csv_preflight.workbooks.workbook import Cells, Sheet
from csv_preflight.workbooks.xlsx_parts import Book, Relationships, Strings, Styles
from csv_preflight.workbooks.xlsx_rows import Rows


class Reader:
    """A workbook.  Shared strings and formats are read once they are needed."""

    def __init__(self, file: BinaryIO) -> None:
        self._package = Package(file)
        self._part = next(iter(_related(self._package, "", "/officeDocument").values()), "xl/workbook.xml")
        book = Book()
        with self._package.open(self._part) as part:
            parse_all(part, book)
        places = _related(self._package, self._part, "/worksheet")
        # Chart sheets have no cells.
        self.sheets: Sequence[Sheet] = tuple(
            Sheet(name, places[key], hidden) for name, key, hidden in book.sheets if key in places
        )
        self._from_1904 = book.from_1904
        self._strings: list[str] | None = None
        self._formats: list[NumberFormat] | None = None

    def rows(self, sheet: Sheet, remarks: Remarks) -> Iterator[tuple[int, Cells]]:
        """Yield the number, from 1, and cells of each row that is not empty."""
        handler = Rows(self._shared_strings(), self._number_formats(), remarks, from_1904=self._from_1904)
        with self._package.open(sheet.place, LARGEST_PART) as part:
            for _ in parse(part, handler):
                yield from handler.take()

    def _shared_strings(self) -> list[str]:
        if self._strings is None:
            handler = Strings()
            self._read_related("/sharedStrings", handler)
            self._strings = handler.strings
        return self._strings

    def _number_formats(self) -> list[NumberFormat]:
        if self._formats is None:
            handler = Styles()
            self._read_related("/styles", handler)
            self._formats = handler.formats()
        return self._formats

    def _read_related(self, kind: str, handler: Strings | Styles) -> None:
        for place in _related(self._package, self._part, kind).values():
            with self._package.open(place) as part:
                parse_all(part, handler)


def _related(package: Package, part: str, kind: str) -> dict[str, str]:
    """Return the paths of a part's related parts of a kind, by key.  part: "" for the package itself."""
    directory, name = posixpath.split(part)
    place = posixpath.join(directory, "_rels", f"{name}.rels")
    if place not in package:
        return {}
    handler = Relationships()
    with package.open(place) as opened:
        parse_all(opened, handler)
    return {
        key: posixpath.normpath(posixpath.join("/" + directory, target.replace("\\", "/"))).lstrip("/")
        for key, name, target in handler.parts
        if name.endswith(kind)
    }
