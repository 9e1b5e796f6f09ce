"""Notes about a run that are no rule's finding, as data."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, TypeAlias


@dataclass(frozen=True, slots=True)
class LostPlus:
    """Rejected numbers that begin with a country code but lost the + before it.

    column: the phone column's number in the list, from 1.  region: the default region that would restore all of them,
    if there is one.  region_column: a column of countries that is not used, if there is one.
    """

    kind: ClassVar = "lost-plus"
    count: int
    column: int
    region: str | None = None
    region_column: str | None = None


@dataclass(frozen=True, slots=True)
class OtherIdentifier:
    """Duplicates that have another identifier than the row that is kept."""

    kind: ClassVar = "other-identifier"
    count: int
    duplicates: int


@dataclass(frozen=True, slots=True)
class CostlyLines:
    """Clean numbers of a line type that costs more to call."""

    kind: ClassVar = "costly-lines"
    count: int
    line_type: str


@dataclass(frozen=True, slots=True)
class OtherEncoding:
    """A list that is clearly not in the encoding that was named."""

    kind: ClassVar = "other-encoding"
    encoding: str
    named: str


@dataclass(frozen=True, slots=True)
class VariablesUnknown:
    """The destination wants every template variable filled, and none were named."""

    kind: ClassVar = "variables-unknown"
    profile: str


@dataclass(frozen=True, slots=True)
class OtherCountry:
    """Clean numbers whose country code is not that of the country in their row.

    column: the name of the column of countries.
    """

    kind: ClassVar = "other-country"
    count: int
    column: str


@dataclass(frozen=True, slots=True)
class UnknownCountries:
    """Rows rejected because their cell in the region column names no country.

    cells: the most common cells, masked unless show_values was set, and how many rows have each.
    """

    kind: ClassVar = "unknown-countries"
    count: int
    column: str
    cells: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class TimezonesKept:
    """The list already has the time zone column that was asked for; only its empty cells are filled."""

    kind: ClassVar = "timezones-kept"
    column: str


@dataclass(frozen=True, slots=True)
class OptOutsUnused:
    """Columns in which some rows say not to call the person, though none of these rows is clean so far.

    Where some are clean, C011 says so.  columns: their names.
    """

    kind: ClassVar = "opt-outs-unused"
    columns: tuple[str, ...]


Note: TypeAlias = (
    LostPlus
    | TimezonesKept
    | OtherIdentifier
    | CostlyLines
    | OtherEncoding
    | OtherCountry
    | UnknownCountries
    | VariablesUnknown
    | OptOutsUnused
)
