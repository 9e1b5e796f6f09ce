"""What is worth knowing of a run and is no rule's finding, as data."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, TypeAlias


@dataclass(frozen=True, slots=True)
class LostPlus:
    """Rejected numbers that begin with a country code, and have lost the + before it.

    column: the number of the phone column in the list, from 1.  region: the one that all of them are of, if it gives
    all of them back when it is named as the default region.
    """

    kind: ClassVar = "lost-plus"
    count: int
    column: int
    region: str | None = None


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


Note: TypeAlias = LostPlus | OtherIdentifier | CostlyLines | OtherEncoding | VariablesUnknown
