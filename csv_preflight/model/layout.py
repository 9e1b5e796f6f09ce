"""Which column is what."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from csv_preflight.model.opt_out import OptOutColumn
from csv_preflight.model.writing import Writing

if TYPE_CHECKING:
    from csv_preflight.countries import Context

# The columns that the rejects file has behind those of the source.
REJECTS_COLUMNS = ("preflight_line", "preflight_code", "preflight_reason", "preflight_raw")


@dataclass(frozen=True, slots=True)
class Stated:
    """The column that says which country each row is of, by its index and name, and how its cells are read.

    is_told: whether the user or the column's name says that it holds countries.
    """

    column: int
    name: str
    context: Context
    is_told: bool = True


@dataclass(frozen=True, slots=True)
class Layout:
    """Which column is what, by its index in the source, and under which names the columns are written.

    written: indices of the source columns that are written, in order; names: their names then, and the name of
    the extension column last where it is added.  extension: its index in the source, -1 where it is added.  raw: index
    of preflight_raw in a rejects file, -1 where that column was removed; None in any other list.  stated: the
    column of each row's country: the region column where one was named, else one that plainly holds countries.
    opt_outs: the columns that say who must not be called; likely_opt_outs: those that nobody named, and whose names
    sound like it.  writing: how the list writes its numbers, once its first batch was read.
    """

    phone: int
    identifier: int | None
    region: int | None
    extension: int | None
    written: tuple[int, ...]
    names: tuple[str, ...]
    renames: Mapping[str, str]
    raw: int | None = None
    stated: Stated | None = None
    opt_outs: tuple[OptOutColumn, ...] = ()
    likely_opt_outs: tuple[OptOutColumn, ...] = ()
    writing: Writing | None = None

    def written_as(self, index: int | None) -> str | None:
        """Return the name under which a column of the source is written; None for none."""
        return None if index is None else self.names[self.written.index(index)]
