"""The roles of columns."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Protocol

from csv_preflight.model.opt_out import OptOutColumn
from csv_preflight.model.writing import Writing


class Added(StrEnum):
    """A column that the source does not have and the clean file gets."""

    EXTENSION = "extension"
    CALLING_CODE = "calling-code"
    TIMEZONE = "timezone"


# A column of the clean file: its index in the source, or one that is added.
Column = int | Added

# The columns of the rejects file after those of the source, and the one before them if the list has several files.
FILE_COLUMN = "preflight_file"
REJECTS_COLUMNS = ("preflight_line", "preflight_code", "preflight_reason", "preflight_raw")


class ReadsCountries(Protocol):
    """How the cells of a column of countries are read."""

    def regions(self, cell: str) -> tuple[str, ...]:
        """Return the regions that a cell may mean."""


@dataclass(frozen=True, slots=True)
class Stated:
    """The column of each row's country: its index and name, and how its cells are read.

    named_so: whether the user or the column's name says that it holds countries.  is_empty: whether nothing else says
    so, since the first rows have nothing in it.
    """

    column: int
    name: str
    context: ReadsCountries
    named_so: bool = True
    is_empty: bool = False


@dataclass(frozen=True, slots=True)
class OtherPhone:
    """A phone column used where those before it have no number that can be called: its index and name."""

    index: int
    name: str


@dataclass(frozen=True, slots=True)
class Layout:
    """The role of each column, by its index in the source, and the names of the columns in the clean file.

    written: indices of the source columns in the clean file, in order; added: the columns after them; names: of both,
    in the clean file.  renames: new name by old name.  shown: indices of the source columns in the rejects file.
    extension, calling_code, timezone: columns that the run fills.  is_rejects: the source is a rejects file; raw: index
    of its column preflight_raw, if it still has that.  stated: the column of each row's country: the region column if
    one was named, else one that clearly holds countries.  opt_outs: the columns that say who must not be called;
    likely_opt_outs: those that were not named, but whose names suggest it.  variables: of the template, each with its
    column.  other_phones: phone columns after the first, in order; the number that is used is written in the first.
    labels: by phone column, the column with the kinds of its numbers.  writing: by phone column, how the list writes
    its numbers, once the first batch is read.  several: the list has several files.
    """

    phone: int
    identifier: int | None
    region: int | None
    extension: Column | None
    written: tuple[int, ...]
    names: tuple[str, ...]
    renames: Mapping[str, str]
    is_rejects: bool = False
    raw: int | None = None
    stated: Stated | None = None
    opt_outs: tuple[OptOutColumn, ...] = ()
    likely_opt_outs: tuple[OptOutColumn, ...] = ()
    writing: Mapping[int, Writing] = field(default_factory=dict)
    shown: tuple[int, ...] = ()
    added: tuple[Added, ...] = ()
    calling_code: Column | None = None
    timezone: Column | None = None
    variables: tuple[tuple[str, Column], ...] = ()
    several: bool = False
    other_phones: tuple[OtherPhone, ...] = ()
    labels: Mapping[int, int] = field(default_factory=dict)

    @property
    def phones(self) -> tuple[int, ...]:
        """The phone columns, in the order in which they count."""
        return (self.phone, *(other.index for other in self.other_phones))

    def with_phone(self, index: int) -> Layout:
        """Return the layout of a list whose only phone column is this one."""
        return replace(self, phone=index, other_phones=())

    @property
    def indices(self) -> tuple[Column, ...]:
        """The columns of the clean file, one for each of the names."""
        return (*self.written, *self.added)

    @property
    def rejects_columns(self) -> tuple[str, ...]:
        """The columns of the rejects file after those of the source."""
        return (FILE_COLUMN, *REJECTS_COLUMNS) if self.several else REJECTS_COLUMNS

    @property
    def columns(self) -> dict[Column, str]:
        """The columns of the clean file, with their names there."""
        return dict(zip(self.indices, self.names, strict=True))

    def written_as(self, index: int | None) -> str | None:
        """Return the name of a source column in the clean file, None for None."""
        return None if index is None else self.names[self.written.index(index)]


def source_index(column: Column) -> int | None:
    """Return the index of a column in the source; None if it is added."""
    return column if isinstance(column, int) else None
