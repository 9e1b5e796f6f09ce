"""Remarks about a conversion: cells that differ from the text in the sheet, or have no value."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import Enum

from csv_preflight.formulas import spreadsheet_letters

# How many cells of each kind are kept; all are counted.
MOST_CELLS = 20


class Kind(Enum):
    """A kind of remark about cells or rows."""

    ROUNDED = "rounded"
    """A number of 16 or more digits: a spreadsheet keeps 15."""
    SCIENTIFIC = "scientific"
    """Shown as 4.4E+11 in the sheet; written with all its digits."""
    NO_VALUE = "no-value"
    """A formula whose value was never stored; written as an empty cell."""
    HIDDEN = "hidden"
    """A row that the sheet hides, by a filter or by hand; written like all others."""
    TITLE = "title"
    """A row above the table."""
    NO_FORMATS = "no-formats"
    """A number of a format of workbook whose number formats cannot be read: zeros that only they show are lost."""


@dataclass(frozen=True, slots=True)
class Place:
    """A cell or row of a sheet.

    row: from 1.  column: from 0, None for the whole row.  text: as written to the CSV.
    """

    row: int
    column: int | None = None
    text: str = field(default="", repr=False)

    @property
    def name(self) -> str:
        """The name in a spreadsheet.

        >>> Place(7, 27).name, Place(7).name
        ('AB7', 'row 7')
        """
        return f"row {self.row}" if self.column is None else f"{spreadsheet_letters(self.column + 1)}{self.row}"


@dataclass(frozen=True, slots=True)
class Remark:
    """One kind of remark; places: the first ones, at most ``MOST_CELLS``."""

    kind: Kind
    count: int
    places: tuple[Place, ...]


@dataclass(slots=True)
class Remarks:
    """Remarks as they are collected."""

    _counts: dict[Kind, int] = field(default_factory=dict)
    _places: dict[Kind, list[Place]] = field(default_factory=dict)

    def add(self, kind: Kind, place: Place) -> None:
        """Add a place."""
        self._counts[kind] = self._counts.get(kind, 0) + 1
        places = self._places.setdefault(kind, [])
        if len(places) < MOST_CELLS:
            places.append(place)

    def extend(self, kind: Kind, places: Iterable[Place]) -> None:
        """Add several."""
        for place in places:
            self.add(kind, place)

    def all(self) -> tuple[Remark, ...]:
        """Return a remark for each kind that was added."""
        return tuple(
            Remark(kind, self._counts[kind], tuple(self._places[kind])) for kind in Kind if kind in self._counts
        )
