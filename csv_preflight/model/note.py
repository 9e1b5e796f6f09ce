"""What is worth knowing of a run and is no rule's finding, as data."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, TypeAlias


@dataclass(frozen=True, slots=True)
class LostPlus:
    """Rejected numbers that begin with a country code, and have lost the + before it.

    column: the number of the phone column in the list, from 1.  region: the one that all of them are of, if it gives
    all of them back when it is named as the default region.  region_column: the column that says each row's country,
    where there is one that is not used.
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
    """A list that is plainly in another encoding than the one that was named."""

    kind: ClassVar = "other-encoding"
    encoding: str
    named: str


@dataclass(frozen=True, slots=True)
class VariablesUnknown:
    """A destination that wants every variable of the template filled, and nobody said which there are."""

    kind: ClassVar = "variables-unknown"
    profile: str


@dataclass(frozen=True, slots=True)
class OtherCountry:
    """Clean numbers with a country code that is not that of the country that their row says.

    column: the name of the column that says it.
    """

    kind: ClassVar = "other-country"
    count: int
    column: str


@dataclass(frozen=True, slots=True)
class UnknownCountries:
    """Rows that are rejected since the region column names no country in them.

    cells: what is in them, as it may be shown, and in how many rows, the commonest first; not all where there are many.
    """

    kind: ClassVar = "unknown-countries"
    count: int
    column: str
    cells: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class TimezonesKept:
    """A list that already has the column of time zones that was asked for: only its empty cells are filled."""

    kind: ClassVar = "timezones-kept"
    column: str


Note: TypeAlias = (
    LostPlus
    | TimezonesKept
    | OtherIdentifier
    | CostlyLines
    | OtherEncoding
    | OtherCountry
    | UnknownCountries
    | VariablesUnknown
)
