"""The parts of an .xlsx workbook besides its sheets: relationships, sheet names, number formats, shared strings."""

from __future__ import annotations

import re
from collections.abc import Mapping

from csv_preflight.workbooks.formats import BUILT_IN, NumberFormat, number_format
from csv_preflight.workbooks.markup import local_attributes

_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")
TRUE = ("1", "true")


def unescaped(text: str) -> str:
    r"""Undo the escapes for characters that XML cannot hold.

    >>> unescaped("a_x000D_b_x005F_x0041_")
    'a\rb_x0041_'
    """
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text) if "_x" in text else text


class _Silent:
    """A handler that only needs the starts of elements."""

    def end(self, name: str) -> None:
        """Handle the end of an element."""

    def text(self, text: str) -> None:
        """Handle text."""


class Relationships(_Silent):
    """The key, kind and target of each relationship within the package."""

    def __init__(self) -> None:
        self.parts: list[tuple[str, str, str]] = []

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """Handle the start of an element."""
        if name == "Relationship" and attributes.get("TargetMode") != "External":
            self.parts.append((attributes.get("Id", ""), attributes.get("Type", ""), attributes.get("Target", "")))


class Book(_Silent):
    """The name, key and visibility of each sheet, and the epoch of dates."""

    def __init__(self) -> None:
        self.sheets: list[tuple[str, str, bool]] = []
        self.from_1904 = False

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """Handle the start of an element."""
        if name == "sheet":
            known = local_attributes(attributes)
            hidden = known.get("state", "visible") != "visible"
            self.sheets.append((unescaped(known.get("name", "")), known.get("id", ""), hidden))
        elif name == "workbookPr":
            self.from_1904 = attributes.get("date1904") in TRUE


class Styles(_Silent):
    """Number formats, by the index of a cell's style."""

    def __init__(self) -> None:
        self._codes: dict[str, str] = {str(key): code for key, code in BUILT_IN.items()}
        self._cells: list[str] = []
        self._in_cells = False

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """Handle the start of an element."""
        if name == "numFmt" and "numFmtId" in attributes:
            self._codes[attributes["numFmtId"]] = attributes.get("formatCode", "General")
        elif name == "cellXfs":
            self._in_cells = True
        elif name == "xf" and self._in_cells:
            self._cells.append(attributes.get("numFmtId", "0"))

    def end(self, name: str) -> None:
        """Handle the end of an element."""
        if name == "cellXfs":
            self._in_cells = False

    def formats(self) -> list[NumberFormat]:
        """Return the formats."""
        return [number_format(self._codes.get(key, "General")) for key in self._cells]


class Strings:
    """Shared strings.  Phonetic readings are left out."""

    def __init__(self) -> None:
        self.strings: list[str] = []
        self._pieces: list[str] = []
        self._in_text = self._in_reading = False

    def start(self, name: str, _: Mapping[str, str]) -> None:
        """Handle the start of an element."""
        if name == "t":
            self._in_text = not self._in_reading
        elif name == "rPh":
            self._in_reading = True

    def end(self, name: str) -> None:
        """Handle the end of an element."""
        if name == "t":
            self._in_text = False
        elif name == "rPh":
            self._in_reading = False
        elif name == "si":
            self.strings.append(unescaped("".join(self._pieces)))
            self._pieces = []

    def text(self, text: str) -> None:
        """Handle text."""
        if self._in_text:
            self._pieces.append(text)
