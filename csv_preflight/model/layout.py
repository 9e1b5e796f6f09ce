"""Which column is what."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from csv_preflight.model.opt_out import OptOutColumn

if TYPE_CHECKING:
    from csv_preflight.countries import Context

# The columns that the rejects file has behind those of the source.
REJECTS_COLUMNS = ("preflight_line", "preflight_code", "preflight_reason", "preflight_raw")


@dataclass(frozen=True, slots=True)
class Layout:
    """Which column is what, by its index in the source, and under which names the columns are written.

    written: indices of the source columns that are written, in order; names: their names then, and the name of
    the extension column last where it is added.  extension: its index in the source, -1 where it is added.  raw: index
    of preflight_raw in a rejects file, -1 where that column was removed; None in any other list.  countries: how the
    cells of the region column are read.  opt_outs: the columns that say who must not be called; likely_opt_outs: those
    that nobody named, and whose names sound like it.
    """

    phone: int
    identifier: int | None
    region: int | None
    extension: int | None
    written: tuple[int, ...]
    names: tuple[str, ...]
    renames: Mapping[str, str]
    raw: int | None = None
    countries: Context | None = None
    opt_outs: tuple[OptOutColumn, ...] = ()
    likely_opt_outs: tuple[OptOutColumn, ...] = ()
